// What an expression may ask of the record: the targets of references, and who listens to trace().
#pragma once
#include <deque>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "fhir/fhirpath/fhirpath.h"
#include "record/record.h"

namespace witmed::services::expressions {

class RecordHost : public fhir::Host {
 public:
  RecordHost(const record::Record& record, const record::AccessContext& access)
      : record_(record), access_(access) {}

  // Throws Rejection(400) when an expression asks for more than kTargets.
  fhir::Node resolve(std::string_view reference) override;
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
  struct Target {
    std::string reference;
    std::optional<fhir::Document> document;
  };
  std::deque<Target> targets_;
  std::vector<Trace> traces_;
  size_t traced_ = 0;
};

}  // namespace witmed::services::expressions
