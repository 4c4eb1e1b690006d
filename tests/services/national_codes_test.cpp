// What the code knows of documents, sexes and nationalities is what fhir/ tells the world.
#include <gtest/gtest.h>

#include "fhir/profile_files.h"
#include "services/identity/code_tables.h"
#include "services/identity/document.h"

namespace witmed::identity {
namespace {

using fhir::ProfileFile;
using fhir::Value;

Value terminology(const std::string& path) {
  for (ProfileFile& file : fhir::profile_files("terminology"))
    if (file.path == "terminology/" + path + ".json") return std::move(file.resource);
  ADD_FAILURE() << "no fhir/terminology/" << path << ".json";
  return {};
}

std::string chinese(const Value& concept_) {
  for (const Value& each : concept_.at("designation").items())
    if (each.text("language") == "zh-CN") return std::string(each.text("value"));
  return {};
}

TEST(NationalCodes, NationalitiesAreThoseOfTheCodeSystem) {
  const Value system = terminology("code-systems/ethnicity");
  const auto& concepts = system.at("concept").items();
  ASSERT_EQ(concepts.size(), nationalities().size());
  for (size_t i = 0; i < concepts.size(); ++i) {
    EXPECT_EQ(concepts[i].text("code"), nationalities()[i].code);
    EXPECT_EQ(chinese(concepts[i]), nationalities()[i].zh);
  }
}

TEST(NationalCodes, SexesMapAsTheCodeMapsThem) {
  const Value map = terminology("concept-maps/sex");
  const auto& elements = map.at("group").items().front().at("element").items();
  ASSERT_EQ(elements.size(), sex_codes().size());
  for (const Value& element : elements) {
    const SexCode* sex = sex_code(element.text("code"));
    ASSERT_NE(sex, nullptr);
    EXPECT_EQ(element.at("target").items().front().text("code"), sex->gender);
  }
}

TEST(NationalCodes, DocumentsAreThoseOfTheCodeSystemAndItsNamingSystems) {
  const Value system = terminology("code-systems/identity-document");
  const auto& concepts = system.at("concept").items();
  ASSERT_EQ(concepts.size(), document_kinds().size());
  for (size_t i = 0; i < concepts.size(); ++i) {
    const DocumentKind& kind = document_kinds()[i];
    EXPECT_EQ(concepts[i].text("code"), kind.code);
    EXPECT_EQ(concepts[i].text("display"), kind.en);
    EXPECT_EQ(chinese(concepts[i]), kind.zh);
    bool named = false;
    for (const ProfileFile& file : fhir::profile_files("terminology/naming-systems")) {
      for (const Value& id : file.resource.at("uniqueId").items()) {
        if (id.text("value") != kind.system) continue;
        named = true;
        const auto& coding = file.resource.at("type").at("coding").items();
        EXPECT_EQ(coding.empty() ? std::string_view() : coding.front().text("code"), kind.type) << kind.code;
      }
    }
    EXPECT_TRUE(named) << kind.system;
  }
}

}  // namespace
}  // namespace witmed::identity
