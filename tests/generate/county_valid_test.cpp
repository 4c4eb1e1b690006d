// Every generated resource is structurally valid R4, judged by the platform's own validator.
#include <gtest/gtest.h>

#include "fhir/validate/validate.h"
#include "generate/county.h"

namespace witmed::generate {
namespace {

class ValidatingSink : public Sink {
 public:
  void resource(std::string_view type, std::string_view json) override {
    ++checked;
    fhir::Document document = fhir::Document::parse(json);
    for (const fhir::Issue& issue : fhir::validate_structure(document)) {
      if (++faults <= 5)
        ADD_FAILURE() << type << ": " << issue.expression << ": " << issue.en << "\n" << json;
    }
  }
  uint64_t checked = 0;
  uint64_t faults = 0;
};

TEST(CountyValid, EveryResourceHasTheStructureOfR4) {
  ValidatingSink sink;
  generate({.residents = 200, .seed = 11}, sink);
  EXPECT_GT(sink.checked, 40'000u);
  EXPECT_EQ(sink.faults, 0u);
}

}  // namespace
}  // namespace witmed::generate
