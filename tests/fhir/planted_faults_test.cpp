// Faults of our own, one per kind of rule (planted_faults/): each is found at its place, and nothing else is reported.
#include <gtest/gtest.h>

#include "fhir/planted_faults/planted_faults.h"
#include "fhir/validate/validate.h"

namespace witmed::fhir::planted {
namespace {

const Catalogue& catalogue() {
  static const Catalogue read = read_catalogue(WITMED_SOURCE_DIR "/tests/fhir/planted_faults");
  return read;
}

std::string severity_name(Severity severity) {
  switch (severity) {
    case Severity::information: return "information";
    case Severity::warning: return "warning";
    default: return "error";
  }
}

std::vector<std::string> findings(const std::string& text, const std::vector<std::string>&) {
  std::vector<std::string> out;
  try {
    const Document document = Document::parse(text);
    for (const Issue& issue : validate_structure(document))
      out.push_back(severity_name(issue.severity) + " " + (issue.rule ? issue.rule : issue.code) + " " + (issue.expression.empty() ? "$this" : issue.expression));
  } catch (const Rejection& rejection) {
    for (const Issue& issue : rejection.issues)
      out.push_back("refused " + std::string(issue.code) + " " + std::to_string(issue.line) + ":" + std::to_string(issue.column));
  }
  return out;
}

TEST(PlantedFaults, SoundResourcesAreSound) {
  for (const Sound& sound : catalogue().resources)
    EXPECT_EQ(findings(sound.text, sound.profiles), std::vector<std::string>()) << sound.where << " " << sound.name;
  EXPECT_GT(catalogue().resources.size(), 10u);
}

}  // namespace
}  // namespace witmed::fhir::planted
