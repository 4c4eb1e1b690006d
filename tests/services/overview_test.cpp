// The overview: what is kept by following changes equals what a count from the start gives; a few figures by
// hand.
#include "services/overview/overview.h"

#include <gtest/gtest.h>

#include "base/time.h"
#include "services/changing_region.h"
#include "services/overview/figures.h"
#include "services/overview/tally.h"

namespace witmed::services {
namespace {

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

// Looked at now and then: the figures that were kept equal those counted anew.
TEST(Overview, WhatIsKeptEqualsACountFromTheStart) {
  record::TestRecord record;
  ARegionThatChanges region(record);
  Overview kept(*record, at_once());
  for (int round = 0; round < 300; ++round) {
    region.change();
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
