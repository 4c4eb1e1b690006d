// The doses of the county against the national immunisation programme: its own rules, and the programme's
// schedules in ../shared/data where they are.
#include "generate/vaccine_table.h"

#include <gtest/gtest.h>
#include <simdjson.h>

#include <set>
#include <tuple>

#include "conformance/shared_data.h"

namespace witmed::generate {
namespace {

using Given = std::set<std::tuple<std::string, int64_t, int64_t>>;  // vaccine, number, months

Given given_to(Civil birth, bool male) {
  Given given;
  for (const Dose& dose : doses()) {
    if (dose.meant_for(day_of(birth), male)) given.insert({std::string(dose.code), dose.number, dose.months});
  }
  return given;
}

// The schedule's doses, without those of the vaccines that the county does not use (inactivated instead of
// live against encephalitis and hepatitis A).
Given scheduled(simdjson::dom::element file, std::string_view version) {
  Given doses;
  for (simdjson::dom::object row : file["versions"][version].get_array()) {
    std::string_view option;
    if (!row["option"].get(option) && option.ends_with("-alt")) continue;
    std::string_view code = row["code"];
    doses.insert(
        {std::string(code == "2vHPV" ? "HPV" : code), int64_t(row["dose_no"]), int64_t(row["age_months"])});
  }
  return doses;
}

TEST(VaccineTable, DosesAndAgesAreThoseOfTheProgramme) {
  const auto path = conformance::shared_data() / "cn/vaccine/nip_schedule.json";
  if (!std::filesystem::exists(path)) GTEST_SKIP() << "../shared/data/cn/vaccine is not here";
  simdjson::dom::parser parser;
  simdjson::dom::element file = parser.load(path.string());
  Given boy = given_to({2022, 5, 6}, true);
  EXPECT_EQ(boy, scheduled(file, "cn-nip-2021"));
  EXPECT_EQ(given_to({2025, 5, 6}, true), scheduled(file, "cn-nip-2025"));
  EXPECT_EQ(given_to({2025, 5, 6}, false), scheduled(file, "cn-nip-2026"));
}

// From 2025-11-10, girls of 13 born on 2011-11-10 or later.
TEST(VaccineTable, PapillomaVaccineIsForGirlsBornSinceTheDayTheProgrammeNames) {
  for (const Dose& dose : doses()) {
    if (dose.code != "HPV") continue;
    EXPECT_TRUE(dose.meant_for(day_of({2011, 11, 10}), false));
    EXPECT_FALSE(dose.meant_for(day_of({2011, 11, 9}), false));
    EXPECT_FALSE(dose.meant_for(day_of({2012, 1, 1}), true));
    EXPECT_GE(dose.due(day_of({2011, 11, 10})), day_of({2025, 11, 10}));
    EXPECT_EQ(dose.due(day_of({2014, 2, 3})), day_of({2027, dose.number == 1 ? 2 : 8, 3}));
  }
}

}  // namespace
}  // namespace witmed::generate
