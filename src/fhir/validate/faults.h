// Gathers what validation finds, each with its place. Only faulty documents come here, so it may take its
// time.
#pragma once
#include <string>
#include <vector>

#include "fhir/json/document.h"

namespace witmed::fhir {

class Faults {
 public:
  explicit Faults(size_t limit) : limit_(limit) {}
  bool full() const { return issues_.size() >= limit_; }
  std::vector<Issue> take() { return std::move(issues_); }

  // `code` is an issue-type; `at` is the value at fault, or the object that lacks something.
  [[gnu::cold]] void add(Node at, const char* code, std::string en, std::string zh);

 private:
  size_t limit_;
  std::vector<Issue> issues_;
};

// A value as messages show it: as written, cut at 40 characters.
std::string excerpt(Node node);
// "number", "an array" …; in Chinese
struct KindName {
  const char *en, *zh;
};
KindName kind_name(Kind kind);

}  // namespace witmed::fhir
