// The numbers of the county as the registrar's own checks read them: identity numbers, counties,
// institutions.
#include <gtest/gtest.h>

#include "generate/county_record.h"
#include "services/identity/credit_code.h"
#include "services/identity/division.h"
#include "services/identity/resident_number.h"

namespace witmed::generate {
namespace {

TEST(CountyIdentity, NumbersWithoutFaultAreValidWithAKnownCounty) {
  int checked = 0;
  for (const auto& [id, person] : county().residents) {
    auto fault = person.faults.find("identifier");
    if (fault != person.faults.end() && fault->second.first != "old") continue;
    ++checked;
    auto number = identity::read_resident_number(person.number);
    ASSERT_TRUE(number.valid()) << person.number;
    EXPECT_EQ(number.birth_date, person.true_birth);
    EXPECT_EQ(number.male, person.true_gender == "male");
    EXPECT_EQ(number.first_generation, fault != person.faults.end());
    EXPECT_TRUE(identity::division_name(number.region)) << person.number;
  }
  EXPECT_GT(checked, 450);
}

TEST(CountyIdentity, MistypedNumbersAreCaughtByTheCheckDigit) {
  int slips = 0, caught = 0;
  for (const auto& [id, person] : county().residents) {
    auto fault = person.faults.find("identifier");
    if (fault == person.faults.end() || fault->second.first != "slip") continue;
    ++slips;
    auto number = identity::read_resident_number(person.number);
    caught += !number.valid() || number.first_generation;
  }
  EXPECT_GE(slips, 5);
  EXPECT_EQ(caught, slips);
}

TEST(CountyIdentity, EveryInstitutionHasAValidCreditCodeOfAKnownCounty) {
  std::set<std::string> codes;
  for (const auto& [id, json] : county().sources) {
    const std::string mark = R"("system":"urn:witmed:id:uscc","value":")";
    size_t at = json.find(mark);
    if (at == std::string::npos) continue;
    std::string text = json.substr(at + mark.size(), 18);
    auto code = identity::read_credit_code(text);
    EXPECT_TRUE(code.valid()) << id << " " << text;
    EXPECT_TRUE(identity::division_name(code.region)) << text;
    EXPECT_TRUE(codes.insert(text).second) << text;
  }
  EXPECT_GT(codes.size(), 30u);
}

TEST(CountyIdentity, EveryKindOfInstitutionIsThereHoweverFewTheResidents) {
  CountyRecord small;
  generate({.residents = 50, .seed = 4, .years = 1}, small);
  std::set<std::string> levels;
  size_t places = 0;
  for (const auto& [id, json] : small.sources) {
    ++places;
    const std::string mark = R"("system":"urn:witmed:cs:institution-level","code":")";
    size_t at = json.find(mark);
    if (at != std::string::npos)
      levels.insert(json.substr(at + mark.size(), json.find('"', at + mark.size()) - at - mark.size()));
  }
  EXPECT_EQ(levels, (std::set<std::string>{"village-clinic", "township-centre", "county-hospital",
                                           "county-chinese-hospital", "city-hospital", "pharmacy",
                                           "disease-control", "insurer", "health-commission"}));
  EXPECT_LT(places, 600u);
}

TEST(CountyIdentity, AFullCountyHasTwelveTownsAndAHundredVillages) {
  struct Names : Sink {
    void resource(std::string_view type, std::string_view json) override {
      if (type != "Organization") return;
      towns += json.find("township-centre") != std::string_view::npos;
      villages += json.find("village-clinic") != std::string_view::npos;
    }
    int towns = 0, villages = 0;
  } names;
  generate({.residents = 2000, .seed = 4, .years = 1}, names);
  EXPECT_EQ(names.towns, 12);
  EXPECT_EQ(names.villages, 100);
}

}  // namespace
}  // namespace witmed::generate
