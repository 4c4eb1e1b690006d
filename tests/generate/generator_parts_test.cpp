// The small parts under the county: numbers with check digits, dates, decimals, growth, the kidney equation.
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <set>

#include "base/error.h"
#include "generate/body.h"
#include "generate/file_sink.h"
#include "generate/growth.h"
#include "generate/household.h"
#include "generate/identity.h"
#include "generate/names.h"

namespace witmed::generate {
namespace {

TEST(Identity, CheckDigitOfTheStandardsExample) {
  // GB 11643-1999, 4.2 example: 11010519491231002X.
  EXPECT_EQ(resident_check_digit("11010519491231002"), 'X');
  EXPECT_EQ(resident_check_digit("44052418800101001"), '4');
}

TEST(Identity, OrganisationAndInstitutionCheckCharacters) {
  EXPECT_EQ(organisation_check_character("D2143569"), 'X');  // GB 11714-1997, example
  // A published code of a large company: 91350100M000100Y43 is the example of GB 32100-2015.
  EXPECT_EQ(institution_check_character("91350100M000100Y4"), '3');
  std::string code = institution_code("12", county_codes()[0].code, 47010001);
  ASSERT_EQ(code.size(), 18u);
  EXPECT_EQ(institution_check_character(std::string_view(code).substr(0, 17)), code[17]);
  EXPECT_EQ(organisation_check_character(std::string_view(code).substr(8, 8)), code[16]);
}

TEST(Identity, ANumberOfFifteenDigitsIsThatOfEighteenWithoutCenturyAndCheckDigit) {
  EXPECT_EQ(old_resident_number("11010519491231002X"), "110105491231002");
}

// So that nobody has it: the county of the number began after he was born, or next to nobody is registered
// there.
TEST(Identity, NumbersAreOfCountiesThatBeganLaterOrOfIslands) {
  std::set<std::string_view> islands;
  for (const CountyCode& code : island_codes()) islands.insert(code.code);
  for (uint64_t seed = 1; seed < 40; ++seed) {
    Numbering numbering(seed);
    NumberOffice office(numbering);
    for (int32_t year = 1930; year < 2026; ++year) {
      std::string number = office.issue(day_of({year, 5, 6}), true, static_cast<uint32_t>(seed % 60));
      if (islands.count(std::string_view(number).substr(0, 6))) continue;
      auto codes = county_codes();
      auto code = std::find_if(codes.begin(), codes.end(),
                               [&](const CountyCode& c) { return number.starts_with(c.code); });
      ASSERT_NE(code, codes.end()) << number;
      ASSERT_LT(year, code->since) << number;
    }
  }
}

TEST(Identity, NumbersOfOneBirthdayNeverRepeat) {
  Numbering numbering(3);
  NumberOffice office(numbering);
  std::set<std::string> seen;
  for (int i = 0; i < 1200; ++i)
    ASSERT_TRUE(seen.insert(office.issue(12345, i % 2 == 0, i % 3 == 0 ? i : 0)).second) << i;
}

TEST(Calendar, DaysAndMonths) {
  EXPECT_EQ(parse_day("1970-01-01"), 0);
  EXPECT_EQ(parse_day("2026-01-01"), 20454);
  std::string text;
  append_moment(text, Moment{parse_day("2024-02-29"), 1430}.plus(15));
  EXPECT_EQ(text, "2024-03-01T00:05:00+08:00");
  EXPECT_EQ(add_months(parse_day("2024-01-31"), 1), parse_day("2024-02-29"));
  EXPECT_EQ(add_months(parse_day("2024-03-15"), -15), parse_day("2022-12-15"));
  EXPECT_EQ(age_on(parse_day("2000-02-29"), parse_day("2018-02-28")), 17);
  EXPECT_EQ(age_on(parse_day("2000-02-29"), parse_day("2018-03-01")), 18);
  for (const char* wrong : {"2024-02-30", "2023-02-29", "2024-13-01", "24-01-01", "2024/01/01", ""}) {
    EXPECT_THROW(parse_day(wrong), Failure) << wrong;
  }
}

TEST(JsonText, DecimalsRoundAwayFromZero) {
  auto text = [](Milli value, int decimals) {
    std::string out;
    put_decimal(out, value, decimals);
    return out;
  };
  EXPECT_EQ(text(5650, 1), "5.7");
  EXPECT_EQ(text(5649, 1), "5.6");
  EXPECT_EQ(text(9995, 2), "10.00");
  EXPECT_EQ(text(120400, 0), "120");
  EXPECT_EQ(text(-1250, 1), "-1.3");
  EXPECT_EQ(text(5, 3), "0.005");
  EXPECT_EQ(rounded(5650, 1), 5700);
}

TEST(Kidney, EquationByTablesIsNearTheFormula) {
  for (bool male : {true, false}) {
    for (int32_t creatinine = 40; creatinine <= 900; creatinine += 7) {
      double kappa = male ? 79.6 : 61.9, alpha = male ? -0.411 : -0.329, ratio = creatinine / kappa;
      double exact = 141 * std::pow(std::min(ratio, 1.0), alpha) * std::pow(std::max(ratio, 1.0), -1.209) *
                     std::pow(0.993, 65) * (male ? 1 : 1.018);
      ASSERT_NEAR(egfr_from_creatinine(creatinine * 1000, male, 65), exact, 1.3) << creatinine;
    }
  }
}

TEST(Growth, GrowsToTheAdult) {
  Milli last = 0;
  for (int32_t day = 0; day < 19 * 365; day += 30) {
    Milli height = growth::height(true, day, 172'700);
    ASSERT_GE(height, last);
    last = height;
  }
  EXPECT_EQ(last, 172'700);
}

TEST(Names, CarryPinyinAndEra) {
  Random random(1);
  for (int i = 0; i < 2000; ++i) {
    Name name = han_name(random, draw_surname(random), i % 2 == 0, 1940 + i % 85);
    ASSERT_FALSE(name.family.empty());
    ASSERT_FALSE(name.given.empty());
    ASSERT_TRUE(name.family_pinyin[0] >= 'A' && name.family_pinyin[0] <= 'Z') << name.text();
    ASSERT_TRUE(name.given_pinyin[0] >= 'A' && name.given_pinyin[0] <= 'Z') << name.text();
  }
  EXPECT_NE(dotted_name(random, true).given.find("·"), std::string::npos);
}

TEST(Settings, OutOfRangeIsRefused) {
  struct Nothing : Sink {
    void resource(std::string_view, std::string_view) override {}
  } nothing;
  EXPECT_THROW(generate({.residents = 0}, nothing), Failure);
  EXPECT_THROW(generate({.years = 0}, nothing), Failure);
  EXPECT_THROW(generate({.years = 31}, nothing), Failure);
  EXPECT_THROW(generate({.as_of = "1999-01-01"}, nothing), Failure);
  EXPECT_THROW(generate({.as_of = "tomorrow"}, nothing), Failure);
}

TEST(FileSink, WritesAFileATypeAndRefusesAFullFolder) {
  auto folder = std::filesystem::temp_directory_path() / ("witmed-county-" + std::to_string(::getpid()));
  std::filesystem::remove_all(folder);
  FileSink sink(folder);
  Totals totals = generate({.residents = 5, .years = 1}, sink);
  sink.close();
  uint64_t lines = 0;
  uint64_t bytes = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().filename() == "truth.csv") continue;
    EXPECT_EQ(entry.path().extension(), ".ndjson");
    bytes += entry.file_size();
    std::ifstream file(entry.path());
    for (std::string line; std::getline(file, line);) {
      ASSERT_EQ(line.find("{\"resourceType\":\"" + entry.path().stem().string() + "\""), 0u);
      ++lines;
    }
  }
  EXPECT_EQ(lines, totals.resources);
  EXPECT_EQ(bytes, sink.bytes());
  std::ifstream truth(folder / "truth.csv");
  std::string head;
  std::getline(truth, head);
  EXPECT_EQ(head, "patient,person,field,fault,truth");
  size_t patients = 0;
  for (std::string line; std::getline(truth, line);) patients += line.ends_with(",,,");
  EXPECT_GE(patients, 5u);
  EXPECT_THROW(FileSink{folder}, Failure);
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace witmed::generate
