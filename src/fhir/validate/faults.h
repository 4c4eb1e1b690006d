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
  bool full() const { return found_.size() >= limit_; }
  // In the order of their places.
  std::vector<Issue> take();

  // `code` is an issue-type; `at` is the value at fault, or the object that lacks something.
  [[gnu::cold]] void add(Node at, const char* code, std::string en, std::string zh);

 private:
  struct Found {
    Node at;
    Issue issue;
  };
  size_t limit_;
  std::vector<Found> found_;
};

// The property of the type that `written` most likely means: at most two letters differ; empty when none is
// near.
std::string_view nearest_name(std::string_view written, const Type& type);

// A value as messages show it: as written, cut at 40 characters.
std::string excerpt(Node node);
// "number", "an array" …; in Chinese
struct KindName {
  const char *en, *zh;
};
KindName kind_name(Kind kind);

}  // namespace witmed::fhir
