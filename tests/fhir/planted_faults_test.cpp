// Faults of our own, one per kind of rule (planted_faults/): each is found at its place, and nothing else is reported. Judged with all
// that R4 and the project define, and the profiles of planted_faults/profiles/.
#include <gtest/gtest.h>

#include "fhir/planted_faults/planted_faults.h"
#include "fhir/profile_files.h"
#include "fhir/validate/profile/registry.h"
#include "fhir/validate/validator.h"
#include "terminology/library.h"

namespace witmed::fhir::planted {
namespace {

const std::filesystem::path kFolder = std::filesystem::path(WITMED_SOURCE_DIR) / "tests/fhir/planted_faults";

const Catalogue& catalogue() {
  static const Catalogue read = read_catalogue(kFolder);
  return read;
}

struct Judge {
  Judge() {
    library = std::make_unique<terminology::Library>(terminology::Library::Shelves{terminology::delivered_shelf()});
    for (const auto& entry : std::filesystem::directory_iterator(kFolder / "profiles"))
      profiles.put(entry.path().stem().string(), file_text(entry.path()));
    world.terminology = library.get();
    world.profiles = &profiles;
  }
  std::unique_ptr<terminology::Library> library;
  ProfileRegistry profiles;
  World world;
};

std::string severity_name(Severity severity) {
  switch (severity) {
    case Severity::information: return "information";
    case Severity::warning: return "warning";
    default: return "error";
  }
}

std::vector<std::string> findings(const std::string& text, const std::vector<std::string>& profiles) {
  static const Judge judge;
  std::vector<std::string> out;
  ValidateOptions options;
  options.against = profiles;
  try {
    const Document document = Document::parse(text);
    for (const Issue& issue : validate(document, judge.world, options))
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

TEST(PlantedFaults, EachIsFoundAtItsPlaceAndNothingElse) {
  for (const Fault& fault : catalogue().faults) {
    const Sound& sound = catalogue().resources[fault.resource];
    SCOPED_TRACE(fault.where + " " + fault.name + fault.why);
    try {
      EXPECT_EQ(findings(planted(sound, fault), sound.profiles), std::vector<std::string>{fault.expected});
    } catch (const std::exception& error) {
      ADD_FAILURE() << error.what();
    }
  }
  std::cout << catalogue().faults.size() << " planted faults\n";
}

// The rules of the project's own profiles, each of which somebody must have planted a fault for.
TEST(PlantedFaults, EveryRuleOfTheChineseProfilesIsAmongThem) {
  std::string expected;
  for (const Fault& fault : catalogue().faults) expected += "\n" + fault.expected + " ";
  for (const ProfileFile& file : profile_files("profiles"))
    for (const Value& element : file.resource.at("differential").at("element").items())
      for (const Value& rule : element.at("constraint").items()) {
        const std::string line = "\n" + std::string(rule.text("severity")) + " " + std::string(rule.text("key")) + " ";
        EXPECT_NE(expected.find(line), expected.npos) << file.path << ": no planted fault for " << rule.text("key");
      }
}

}  // namespace
}  // namespace witmed::fhir::planted
