// The overview: what is kept by following changes equals what a count from the start gives; a few figures by
// hand.
#include "services/overview/overview.h"

#include <gtest/gtest.h>

#include <random>

#include "base/time.h"
#include "record/test_record.h"
#include "services/overview/figures.h"
#include "services/overview/tally.h"

namespace witmed::services {
namespace {

OverviewSettings at_once() {
  OverviewSettings settings;
  settings.fresh_micros = 0;
  settings.wait_micros = settings.first_micros = 20'000'000;
  return settings;
}

// Without the moment: figures of two counts can be compared.
std::string figures(Overview& overview) {
  std::string text = *overview.text();
  size_t at = text.find("\"valueInstant\":\"");
  return at == std::string::npos ? text : text.erase(at, text.find('}', at) - at);
}

void put(record::TestRecord& record, const std::string& json) {
  const auto document = fhir::Document::parse(json);
  record::Operation operation;
  operation.verb = record::Operation::Verb::update;
  operation.type = document.resource_type();
  operation.id = document.root()["id"].string();
  operation.body = json;
  const auto outcome = record.commit({operation});
  ASSERT_FALSE(outcome.rejection) << outcome.rejection->issues[0].en << json;
}

std::string patient(const std::string& id, const std::string& gender, const std::string& birth, bool dead) {
  return R"({"resourceType":"Patient","id":")" + id + R"(","gender":")" + gender + R"(","birthDate":")" +
         birth + "\"" + (dead ? R"(,"deceasedBoolean":true)" : "") + "}";
}
std::string condition(const std::string& id, const std::string& of, const std::string& code,
                      const std::string& verified = "confirmed") {
  return R"({"resourceType":"Condition","id":")" + id + R"(","subject":{"reference":"Patient/)" + of +
         R"("},"verificationStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/condition-ver-status","code":")" +
         verified + R"("}]},"code":{"coding":[{"system":"http://hl7.org/fhir/sid/icd-10","code":")" + code +
         R"("}],"text":"病)" + code + "\"}}";
}
std::string visit(const std::string& id, const std::string& of, const std::string& start,
                  const std::string& where) {
  return R"({"resourceType":"Encounter","id":")" + id +
         R"(","status":"finished","class":{"code":"AMB"},"subject":{"reference":"Patient/)" + of +
         R"("},"period":{"start":")" + start + R"("},"serviceProvider":{"reference":"Organization/)" + where +
         "\"}}";
}

TEST(Overview, CategoriesOfChronicDisease) {
  EXPECT_EQ(chronic_category("E11.900"), "E11");
  EXPECT_EQ(chronic_category("I10"), "I10");
  EXPECT_EQ(chronic_category("I10x00"), "");  // no ICD-10 form
  EXPECT_EQ(chronic_category("J06.900"), "");
  EXPECT_EQ(chronic_category("8480-6"), "");
  EXPECT_EQ(chronic_category("E1"), "");
}

TEST(Overview, AgesTurnOnTheBirthday) {
  Tally tally;
  tally.resident("a", {static_cast<int32_t>(days_from_civil({2000, 2, 29})), Sex::male, true, true});
  auto age_on = [&](CivilDate day) {
    auto ages = tally.ages(static_cast<int32_t>(days_from_civil(day)));
    for (size_t age = 0; age < ages.size(); ++age)
      if (ages[age].male == 1) return static_cast<int>(age);
    return -1;
  };
  EXPECT_EQ(age_on({2025, 2, 28}), 24);
  EXPECT_EQ(age_on({2025, 3, 1}), 25);
  EXPECT_EQ(age_on({2000, 2, 28}), -1);  // not born
}

TEST(Overview, OnePersonOfTwoEntriesIsOne) {
  Tally tally;
  tally.diagnosis({"p", "E11.900", "2型糖尿病"}, 1);  // before the resident is known
  tally.resident("p", {static_cast<int32_t>(days_from_civil({1960, 5, 1})), Sex::female, true, true});
  tally.diagnosis({"p", "E11.2", "糖尿病肾病"}, 1);
  tally.diagnosis({"p", "E11.900", "2型糖尿病"}, 1);
  auto found = tally.diseases(2025, 10);
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].people, 1);
  EXPECT_EQ(found[0].name, "2型糖尿病");
  EXPECT_EQ(found[0].decades[6].female, 1);
  // A corrected year of birth moves the person; death takes it away.
  tally.resident("p", {static_cast<int32_t>(days_from_civil({1980, 5, 1})), Sex::female, true, true});
  EXPECT_EQ(tally.diseases(2025, 10)[0].decades[4].female, 1);
  tally.resident("p", {static_cast<int32_t>(days_from_civil({1980, 5, 1})), Sex::female, false, true});
  EXPECT_TRUE(tally.diseases(2025, 10).empty());
  tally.resident("p", {static_cast<int32_t>(days_from_civil({1980, 5, 1})), Sex::female, true, true});
  for (const char* code : {"E11.900", "E11.2", "E11.900"}) tally.diagnosis({"p", code, "x"}, -1);
  EXPECT_TRUE(tally.diseases(2025, 10).empty());
}

// Random changes by several kinds, looked at now and then: the figures that were kept equal those counted
// anew.
TEST(Overview, WhatIsKeptEqualsACountFromTheStart) {
  record::TestRecord record;
  std::mt19937 random(7);
  auto pick = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
  put(record, R"({"resourceType":"Organization","id":"o1","name":"县医院","type":[{"text":"县级医院"}]})");
  put(record,
      R"({"resourceType":"Organization","id":"o2","name":"内科","type":[{"coding":[{"code":"dept"}]}],"partOf":{"reference":"Organization/o1"}})");
  Overview kept(*record, at_once());
  const std::string codes[] = {"I10", "E11.900", "J06.900", "E11.2"};
  for (int round = 0; round < 300; ++round) {
    const std::string who = "p" + std::to_string(pick(12)), n = std::to_string(pick(30));
    switch (pick(6)) {
      case 0:
        put(record, patient(who, pick(2) ? "male" : "female", std::to_string(1930 + pick(90)) + "-06-15",
                            pick(5) == 0));
        break;
      case 1:
      case 2:
        put(record, condition("c" + n, who, codes[pick(4)], pick(6) == 0 ? "refuted" : "confirmed"));
        break;
      case 3:
        put(record, visit("e" + n, who, "2025-0" + std::to_string(1 + pick(9)) + "-03T08:00:00+08:00",
                          pick(2) ? "o1" : "o3"));
        break;
      case 4:
        record.commit({pick(2) ? record::del("Condition", "c" + n) : record::del("Encounter", "e" + n)});
        break;
      default:
        put(record,
            R"({"resourceType":"Location","id":"l1","managingOrganization":{"reference":"Organization/o1"},"position":{"longitude":103.)" +
                n + R"(,"latitude":25.5}})");
    }
    if (round % 60 != 59) continue;
    Overview anew(*record, at_once());
    const std::string expected = figures(anew);
    EXPECT_EQ(figures(kept), expected) << "round " << round;
    EXPECT_NE(expected.find("县医院"), std::string::npos);
    EXPECT_EQ(expected.find("\"valueString\":\"内科\""), std::string::npos);
    EXPECT_EQ(expected.find("\"valueInteger\":-"), std::string::npos) << "a negative figure";
  }
}

TEST(Overview, AnEmptyRecordHasFiguresToo) {
  record::TestRecord record;
  Overview overview(*record, at_once());
  const std::string text = *overview.text();
  EXPECT_NE(text.find(R"({"name":"residents","valueInteger":0})"), std::string::npos) << text;
  EXPECT_EQ(text.find("\"month\""), std::string::npos);
}

}  // namespace
}  // namespace witmed::services
