// What an expression may ask of the record and of terminology: the targets of references, what codes mean, and who listens to
// trace().
#pragma once
#include <deque>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "fhir/fhirpath/fhirpath.h"
#include "fhir/terminology.h"
#include "record/record.h"

namespace witmed::services::expressions {

class RecordHost : public fhir::Host {
 public:
  // Without `terminology` nothing is known of codes.
  RecordHost(const record::Record& record, const record::AccessContext& access, const fhir::Terminology* terminology)
      : record_(record), access_(access), terminology_(terminology) {}

  // Throws Rejection(400) when an expression asks for more than kTargets.
  fhir::Node resolve(std::string_view reference) override;
  std::optional<bool> member_of(const fhir::PathValue& coded, std::string_view value_set) override;
  std::optional<bool> subsumes(std::string_view system, std::string_view ancestor, std::string_view descendant) override;
  void trace(std::string_view name, const fhir::Collection& items) override;

  struct Trace {
    std::string name;
    fhir::Collection items;
  };
  // What trace() told since it was asked last.
  std::vector<Trace> take_traces() { return std::exchange(traces_, {}); }

 private:
  static constexpr size_t kTargets = 200;    // resources that one request reads
  static constexpr size_t kTraced = 10'000;  // items that all traces keep; what is beyond is not told

  const record::Record& record_;
  const record::AccessContext& access_;
  const fhir::Terminology* terminology_;
  struct Target {
    std::string reference;
    std::optional<fhir::Document> document;
  };
  std::deque<Target> targets_;
  std::vector<Trace> traces_;
  size_t traced_ = 0;
};

}  // namespace witmed::services::expressions
