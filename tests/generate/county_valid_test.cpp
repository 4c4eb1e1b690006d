// Every generated resource is valid R4, judged by the platform's own validator as a write is, and by the published profiles of what it measures.
#include <gtest/gtest.h>

#include "fhir/validate/profile/registry.h"
#include "fhir/validate/validator.h"
#include "generate/county.h"

namespace witmed::generate {
namespace {

class ValidatingSink : public Sink {
 public:
  ValidatingSink() { options.warnings = options.publishing = false; }
  void resource(std::string_view type, std::string_view json) override {
    ++checked;
    fhir::Document document = fhir::Document::parse(json);
    for (const fhir::Issue& issue : fhir::validate(document, {nullptr, &registry, nullptr}, options)) {
      if (issue.severity < fhir::Severity::error) continue;
      if (++faults <= 5)
        ADD_FAILURE() << type << ": " << issue.expression << ": " << issue.en << "\n" << json;
    }
  }
  const fhir::ProfileRegistry registry;
  fhir::ValidateOptions options;
  uint64_t checked = 0;
  uint64_t faults = 0;
};

TEST(CountyValid, EveryResourceKeepsTheRulesOfR4) {
  ValidatingSink sink;
  generate({.residents = 200, .seed = 11}, sink);
  EXPECT_GT(sink.checked, 40'000u);
  EXPECT_EQ(sink.faults, 0u);
}

}  // namespace
}  // namespace witmed::generate
