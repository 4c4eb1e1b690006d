// Gathers what validation finds, each with its place. Only faulty documents come here, so it may take its
// time.
#pragma once
#include <string>
#include <vector>

#include "fhir/json/document.h"

namespace witmed::fhir {

struct Fault {
  Node at;           // what the expression names: the value at fault, or the object that lacks something
  const char* code;  // issue-type
  std::string rule;  // its key, for programs: "element-unknown", "obs-6"
  std::string en, zh;
  Severity severity = Severity::error;
  Node shown;  // where line and column point, when not at `at`
};

class Faults {
 public:
  // At most `limit` errors; warnings, where they are wanted, fill what errors leave of it.
  explicit Faults(size_t limit, bool warnings = true) : limit_(limit), warnings_(warnings) {}
  // Only counts: for asking whether something is valid without wanting to know why.
  static Faults muted() {
    Faults faults(1, false);
    faults.muted_ = true;
    return faults;
  }
  bool is_muted() const { return muted_; }
  bool full() const { return errors_ >= limit_; }
  size_t errors() const { return errors_; }
  // What was found at this place, or within it, is forgotten.
  void forget(Node node);
  // Is there an error at this place, or within it?
  bool within(Node node) const;
  // In the order of their places.
  std::vector<Issue> take();

  [[gnu::cold]] void add(Fault fault);
  // The same for an error, as most are.
  [[gnu::cold]] void add(Node at, const char* code, std::string rule, std::string en, std::string zh) {
    add(Fault{at, code, std::move(rule), std::move(en), std::move(zh), Severity::error, {}});
  }

 private:
  size_t limit_, errors_ = 0;
  bool warnings_, muted_ = false;
  std::vector<Fault> found_;
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
