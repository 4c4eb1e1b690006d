// What the county writes conforms to the project's own profiles, but for the slips that are planted in it.
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "fhir/validate/profile/registry.h"
#include "fhir/validate/validator.h"
#include "generate/county.h"
#include "terminology/library.h"

namespace witmed::generate {
namespace {

const std::map<std::string_view, std::string> kProfileOf = {
    {"Patient", "resident"},     {"Practitioner", "practitioner"}, {"PractitionerRole", "practitioner-role"}, {"Encounter", "visit"},
    {"Condition", "diagnosis"},  {"MedicationRequest", "prescription"}, {"Immunization", "immunisation"},
};

std::string profile_of(std::string_view type, std::string_view json) {
  if (type == "Organization") return json.find(R"("code":"dept")") == json.npos ? "institution" : "department";
  if (type == "Observation") return json.find(R"("code":"laboratory")") == json.npos ? "vital-sign" : "laboratory";
  const auto found = kProfileOf.find(type);
  return found == kProfileOf.end() ? "" : found->second;
}

class ConformingSink : public Sink {
 public:
  ConformingSink() {
    library_ = std::make_unique<terminology::Library>(terminology::Library::Shelves{terminology::delivered_shelf()});
    world_.terminology = library_.get();
    world_.profiles = &profiles_;
  }

  void resource(std::string_view type, std::string_view json) override {
    const std::string profile = profile_of(type, json);
    if (profile.empty()) return;
    ++checked;
    fhir::ValidateOptions options;
    options.against = {"urn:witmed:profile:" + profile};
    const fhir::Document document = fhir::Document::parse(json);
    for (const fhir::Issue& issue : validate(document, world_, options)) {
      if (issue.severity < fhir::Severity::error) continue;
      found.emplace(std::string(type) + "/" + document.root()["id"].string(), std::string(issue.rule ? issue.rule : issue.code) + " " + issue.expression + ": " + issue.en);
    }
  }
  void truth(const Truth& row) override {
    if (row.field == "identifier" && row.fault == "slip") slips.insert("Patient/" + std::string(row.patient));
    if (row.field == "identifier" && row.fault == "old") old.insert("Patient/" + std::string(row.patient));
  }

  uint64_t checked = 0;
  std::multimap<std::string, std::string> found;
  std::set<std::string> slips, old;

 private:
  std::unique_ptr<terminology::Library> library_;
  fhir::ProfileRegistry profiles_;
  fhir::World world_;
};

TEST(CountyProfiles, WhatItWritesConformsButForItsSlips) {
  ConformingSink sink;
  generate({.residents = 120, .seed = 11, .years = 3}, sink);
  EXPECT_GT(sink.checked, 5'000u);
  int shown = 0;
  for (const auto& [id, issue] : sink.found)
    if (!sink.slips.contains(id) && ++shown <= 10) ADD_FAILURE() << id << ": " << issue;
  EXPECT_EQ(shown, 0);
  // A digit wrong, or two exchanged, is found by the check character every time; numbers of fifteen digits have none.
  for (const std::string& id : sink.slips) EXPECT_TRUE(sink.old.contains(id) || sink.found.contains(id)) << id;
  EXPECT_GT(sink.slips.size(), 0u);
}

}  // namespace
}  // namespace witmed::generate
