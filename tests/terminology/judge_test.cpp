// Judging codes by R4's own terminology, and by what is put above it.
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "terminology/library.h"

namespace witmed::terminology {
namespace {

using fhir::Known;

const Library& r4() {
  static const Library library({delivered_shelf()});
  return library;
}

std::shared_ptr<Shelf> shelf_of(std::initializer_list<std::string> resources) {
  auto shelf = std::make_shared<Shelf>();
  for (const std::string& each : resources) EXPECT_TRUE(shelf->put(std::make_shared<const std::string>(each)));
  return shelf;
}

constexpr std::string_view kGender = "http://hl7.org/fhir/administrative-gender";
constexpr std::string_view kGenders = "http://hl7.org/fhir/ValueSet/administrative-gender";

TEST(TerminologyJudge, KnowsR4sValueSets) {
  EXPECT_EQ(r4().judge({kGender, {}, "male", {}}, kGenders).member, Known::yes);
  EXPECT_EQ(r4().judge({kGender, {}, "m", {}}, kGenders).member, Known::no);
  EXPECT_EQ(r4().judge({{}, {}, "male", {}}, kGenders).member, Known::yes) << "a code takes the system of the value set";
  EXPECT_EQ(r4().judge({kGender, {}, "male", {}}, std::string(kGenders) + "|4.0.1").member, Known::yes);
  EXPECT_EQ(r4().judge({"http://example.org", {}, "male", {}}, kGenders).member, Known::no);
}

TEST(TerminologyJudge, UnknownIsNotNo) {
  EXPECT_EQ(r4().judge({kGender, {}, "male", {}}, "http://example.org/ValueSet/none").member, Known::unknown);
  EXPECT_EQ(r4().judge({"http://example.org/none", {}, "x", {}}, {}).exists, Known::unknown);
  // SNOMED CT is named, but not here.
  const auto verdict = r4().judge({"http://snomed.info/sct", {}, "73211009", {}}, "http://hl7.org/fhir/ValueSet/condition-code");
  EXPECT_EQ(verdict.member, Known::unknown);
  EXPECT_EQ(verdict.exists, Known::unknown);
}

TEST(TerminologyJudge, TellsDisplays) {
  auto verdict = r4().judge({kGender, {}, "male", "Male"}, kGenders);
  EXPECT_EQ(verdict.display, Known::yes);
  EXPECT_EQ(r4().judge({kGender, {}, "male", "MALE"}, kGenders).display, Known::yes) << "case does not matter";
  verdict = r4().judge({kGender, {}, "male", "Female"}, kGenders);
  EXPECT_EQ(verdict.display, Known::no);
  EXPECT_EQ(verdict.right, "Male");
}

TEST(TerminologyJudge, FollowsFiltersAndHierarchy) {
  const std::string_view acts = "http://terminology.hl7.org/CodeSystem/v3-ActCode";
  const std::string_view encounters = "http://terminology.hl7.org/ValueSet/v3-ActEncounterCode";
  EXPECT_EQ(r4().judge({acts, {}, "AMB", {}}, encounters).member, Known::yes);
  EXPECT_EQ(r4().judge({acts, {}, "ACCTRECEIVABLE", {}}, encounters).member, Known::no);
  EXPECT_EQ(r4().subsumes(acts, "_ActEncounterCode", "AMB"), Known::yes);
  EXPECT_EQ(r4().subsumes(acts, "AMB", "_ActEncounterCode"), Known::no);
  EXPECT_EQ(r4().subsumes(acts, "AMB", "AMB"), Known::yes);
  EXPECT_EQ(r4().subsumes(acts, "AMB", "no-such-code"), Known::unknown);
}

TEST(TerminologyJudge, JudgesGrammars) {
  EXPECT_EQ(r4().judge({"http://unitsofmeasure.org", {}, "mm[Hg]", {}}, {}).exists, Known::yes);
  EXPECT_EQ(r4().judge({"http://unitsofmeasure.org", {}, "mmHgg", {}}, {}).exists, Known::no);
  EXPECT_EQ(r4().judge({{}, {}, "zh-CN", {}}, "http://hl7.org/fhir/ValueSet/all-languages").member, Known::yes);
  EXPECT_EQ(r4().judge({{}, {}, "zh_CN", {}}, "http://hl7.org/fhir/ValueSet/all-languages").member, Known::no);
  EXPECT_EQ(r4().judge({{}, {}, "application/pdf", {}}, "http://hl7.org/fhir/ValueSet/mimetypes").member, Known::yes);
  EXPECT_EQ(r4().judge({{}, {}, "pdf", {}}, "http://hl7.org/fhir/ValueSet/mimetypes").member, Known::no);
  EXPECT_EQ(r4().judge({"urn:iso:std:iso:4217", {}, "CNY", {}}, {}).exists, Known::yes);
  EXPECT_EQ(r4().judge({"urn:iso:std:iso:4217", {}, "XXY", {}}, {}).exists, Known::no);
  EXPECT_EQ(r4().judge({"urn:iso:std:iso:3166", {}, "CN", {}}, {}).exists, Known::yes);
}

TEST(TerminologyJudge, TakesTheNewerVersionUnlessOneIsNamed) {
  const auto system = [](const char* version, const char* code) {
    return std::string(R"({"resourceType":"CodeSystem","url":"urn:s","version":")") + version +
           R"(","status":"active","content":"complete","concept":[{"code":")" + code + R"("}]})";
  };
  const std::string set = R"({"resourceType":"ValueSet","url":"urn:v","status":"active","compose":{"include":[{"system":"urn:s"}]}})";
  const std::string old = R"({"resourceType":"ValueSet","url":"urn:o","status":"active","compose":{"include":[{"system":"urn:s","version":"1.9.0"}]}})";
  const Library library({shelf_of({system("1.10.0", "new"), system("1.9.0", "old"), set, old}), delivered_shelf()});
  EXPECT_EQ(library.judge({"urn:s", {}, "new", {}}, "urn:v").member, Known::yes);
  EXPECT_EQ(library.judge({"urn:s", {}, "old", {}}, "urn:v").member, Known::no);
  EXPECT_EQ(library.judge({"urn:s", {}, "old", {}}, "urn:o").member, Known::yes);
  EXPECT_EQ(library.judge({"urn:s", "1.9.0", "old", {}}, {}).exists, Known::yes);
}

TEST(TerminologyJudge, ValueSetsThatImportEachOtherEnd) {
  const auto set = [](const char* url, const char* import) {
    return std::string(R"({"resourceType":"ValueSet","url":")") + url + R"(","status":"active","compose":{"include":[{"valueSet":[")" + import + R"("]}]}})";
  };
  const Library library({shelf_of({set("urn:a", "urn:b"), set("urn:b", "urn:a")})});
  EXPECT_EQ(library.judge({"urn:s", {}, "x", {}}, "urn:a").member, Known::unknown);
}

TEST(TerminologyJudge, RaceWhileTheLibraryIsReplaced) {
  const std::string set = R"({"resourceType":"ValueSet","url":"urn:v","status":"active","compose":{"include":[{"system":"urn:s","concept":[{"code":"a"}]}]}})";
  std::shared_ptr<const Library> now = std::make_shared<const Library>(Library::Shelves{shelf_of({set}), delivered_shelf()});
  std::atomic<bool> stop{false};
  std::atomic<int> wrong{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 3; ++t)
    threads.emplace_back([&] {
      while (!stop) {
        const auto library = std::atomic_load(&now);
        wrong += library->judge({"urn:s", {}, "a", {}}, "urn:v").member != Known::yes;
        wrong += library->judge({kGender, {}, "male", {}}, kGenders).member != Known::yes;
      }
    });
  for (int i = 0; i < 50; ++i)
    std::atomic_store(&now, std::make_shared<const Library>(Library::Shelves{shelf_of({set}), delivered_shelf()}));
  stop = true;
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(wrong, 0);
}

}  // namespace
}  // namespace witmed::terminology
