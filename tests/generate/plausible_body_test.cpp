// What must hold of disease, measurements and treatment over the years.
#include "generate/county_checks.h"

namespace witmed::generate {
namespace {

using Onset = std::map<std::string, std::string>;

auto with(const Onset& onset) {
  return [&onset](const Resident& p, const Item& item) { return had(onset, p, item.start); };
}
auto without(const Onset& onset) {
  return [&onset](const Resident& p, const Item&) {
    return !onset.count(p.id) && age_at(p, "2026-01-01") >= 18;
  };
}
// On the list for at least so many days.
auto after(const Onset& onset, int32_t days) {
  return [&onset, days](const Resident& p, const Item& item) {
    auto found = onset.find(p.id);
    return found != onset.end() &&
           parse_day(item.start.substr(0, 10)) >= parse_day(found->second.substr(0, 10)) + days;
  };
}
auto on_the_day(const Onset& onset) {
  return [&onset](const Resident& p, const Item& item) {
    auto found = onset.find(p.id);
    return found != onset.end() && found->second.substr(0, 10) == item.start.substr(0, 10);
  };
}

// Reason of the encounter an item belongs to, by its first diagnosis.
const std::map<std::string, std::string>& reasons() {
  static const std::map<std::string, std::string> made = [] {
    std::map<std::string, std::string> reason;
    each("Condition", [&](const Resident&, const Item& item) {
      if (item.category == "encounter-diagnosis") reason[item.encounter] = item.code;
    });
    return reason;
  }();
  return made;
}
auto in_illness(std::string_view icd) {
  return [icd](const Resident&, const Item& item) {
    auto found = reasons().find(item.encounter);
    return found != reasons().end() && found->second == icd;
  };
}

void only_with_disease(std::string_view drug, std::string_view icd) {
  auto onset = onset_of(icd);
  int found = 0;
  each("MedicationRequest", [&](const Resident& p, const Item& item) {
    if (item.code != drug) return;
    ++found;
    EXPECT_TRUE(had(onset, p, item.start)) << item.id;
  });
  EXPECT_GE(found, 1) << drug;
}

TEST(Plausible, NoMenWithDiseasesOfWomen) {
  each("Condition", [](const Resident& p, const Item& item) {
    if (item.code == "C53.900" || item.code == "C50.900") {
      EXPECT_EQ(p.true_gender, "female") << item.id;
    }
  });
}

TEST(Plausible, HaemoglobinIsHigherInMen) {
  EXPECT_GT(
      mean("718-7", [](const Resident& p,
                       const Item&) { return p.true_gender == "male" && age_at(p, "2026-01-01") >= 18; }),
      mean("718-7", [](const Resident& p, const Item&) { return p.true_gender == "female"; }) + 8);
}

TEST(Plausible, MenAreTallerThanWomen) {
  auto grown = [](const Resident& p, const Item& item) { return age_at(p, item.start) >= 20; };
  EXPECT_GT(mean("8302-2",
                 [&](const Resident& p, const Item& i) { return grown(p, i) && p.true_gender == "male"; }),
            mean("8302-2", [&](const Resident& p, const Item& i) {
              return grown(p, i) && p.true_gender == "female";
            }) + 8);
}

TEST(Plausible, UrateIsHigherInMen) {
  EXPECT_GT(mean("14933-6", [](const Resident& p, const Item&) { return p.true_gender == "male"; }),
            mean("14933-6", [](const Resident& p, const Item&) { return p.true_gender == "female"; }) + 30);
}

TEST(Plausible, FiltrationFallsOverTheYearsOfKidneyDisease) {
  auto onset = onset_of("N18.900");
  double late = mean("62238-1", after(onset, 6 * 365));
  double early = mean("62238-1", [&](const Resident& p, const Item& i) {
    return had(onset, p, i.start) && !after(onset, 2 * 365)(p, i);
  });
  EXPECT_LT(late, early);
}

TEST(Plausible, FiltrationIsLowerWithKidneyDisease) {
  auto onset = onset_of("N18.900");
  EXPECT_LT(mean("62238-1", with(onset)), mean("62238-1", without(onset)) - 15);
}

TEST(Plausible, UreaFollowsCreatinine) { EXPECT_GT(correlation(pairs("14682-9", "22664-7")), 0.6); }

TEST(Plausible, PotassiumFollowsTheKidneys) { EXPECT_GT(correlation(pairs("14682-9", "2823-3")), 0.3); }

TEST(Plausible, AlbuminLeaksThroughDiseasedKidneys) {
  auto onset = onset_of("N18.900");
  EXPECT_GT(mean("14959-1", with(onset)), 3 * mean("14959-1", without(onset)));
}

TEST(Plausible, OxygenIsLowerWithCopd) {
  auto onset = onset_of("J44.900");
  EXPECT_LT(mean("59408-5", with(onset)), 96.5);
}

TEST(Plausible, ForcedExpirationIsLowWithCopd) {
  auto onset = onset_of("J44.900");
  EXPECT_LT(mean("19926-5", with(onset)), 65);
}

TEST(Plausible, CholesterolFallsUnderTreatment) {
  auto onset = onset_of("E78.500");
  EXPECT_LT(mean("22748-8", after(onset, 200)), mean("22748-8", on_the_day(onset)) - 0.4);
}

TEST(Plausible, GlucoseFallsUnderTreatment) {
  auto onset = onset_of("E11.900");
  EXPECT_LT(mean("14771-0", after(onset, 200)), mean("14771-0", on_the_day(onset), 10) - 0.5);
}

TEST(Plausible, PressureIsHigherInWinter) {
  auto month = [](const Item& item) { return std::stoi(item.start.substr(5, 2)); };
  auto grown = [](const Resident& p, const Item& item) {
    return age_at(p, item.start) >= 18 && item.systolic > 0;
  };
  EXPECT_GT(mean("85354-9", [&](const Resident& p,
                                const Item& i) { return grown(p, i) && (month(i) <= 2 || month(i) == 12); }),
            mean("85354-9", [&](const Resident& p, const Item& i) {
              return grown(p, i) && month(i) >= 6 && month(i) <= 8;
            }) + 3);
}

TEST(Plausible, WhiteCellsRiseWithInfection) {
  auto examined = [](const Resident&, const Item& item) { return !reasons().count(item.encounter); };
  EXPECT_GT(mean("6690-2", in_illness("J20.900")), mean("6690-2", examined) + 3);
}

TEST(Plausible, ReactiveProteinRisesWithBacteria) { EXPECT_GT(mean("1988-5", in_illness("J20.900")), 30); }

TEST(Plausible, TroponinRisesInInfarctionOnly) {
  each("Observation", [](const Resident&, const Item& item) {
    if (item.code == "89579-7" && item.value > 1000) {
      EXPECT_EQ(reasons().at(item.encounter), "I21.900") << item.id;
    }
  });
}

TEST(Plausible, HepatitisRaisesLiverEnzymes) {
  auto onset = onset_of("B18.100");
  EXPECT_GT(mean("1742-6", with(onset)), mean("1742-6", without(onset)) + 10);
}

TEST(Plausible, WomenGainWeightWithChild) {
  std::map<std::string, std::vector<double>> weights;
  std::map<std::string, std::string> antenatal;
  each("Encounter", [&](const Resident&, const Item& item) {
    if (item.code == "antenatal") antenatal[item.id] = item.start;
  });
  each("Observation", [&](const Resident& p, const Item& item) {
    if (item.code == "29463-7" && antenatal.count(item.encounter)) weights[p.id].push_back(item.value);
  });
  int gained = 0, women = 0;
  for (const auto& [id, values] : weights) {
    if (values.size() != 5) continue;
    ++women;
    gained += values.back() > values.front() + 3;
  }
  EXPECT_GE(women, 5);
  EXPECT_EQ(gained, women);
}

TEST(Plausible, InsulinIsForDiabetes) { only_with_disease("A10AE04", "E11.900"); }
TEST(Plausible, SertralineIsForDepression) { only_with_disease("N06AB06", "F32.900"); }
TEST(Plausible, EntecavirIsForHepatitis) { only_with_disease("J05AF10", "B18.100"); }
TEST(Plausible, TamsulosinIsForTheProstate) { only_with_disease("G04CA02", "N40.x00"); }

TEST(Plausible, NoMetforminForFailedKidneys) {
  std::map<std::string, double> kidney;
  each("Observation", [&](const Resident& p, const Item& item) {
    if (item.code == "62238-1") kidney[p.id] = item.value;
  });
  each("MedicationRequest", [&](const Resident& p, const Item& item) {
    auto found = kidney.find(p.id);
    if (item.code == "A10BA02" && found != kidney.end() && item.start >= "2025-06") {
      EXPECT_GE(found->second, 25) << item.id;
    }
  });
}

TEST(Plausible, WhatOneInstitutionFoundStandsWithAll) {
  std::map<std::string, std::set<std::string>> problems;
  each("Condition", [&](const Resident& p, const Item& item) {
    if (item.category == "problem-list-item") problems[p.id].insert(item.code);
  });
  for (const auto& [person, ids] : county().of_person) {
    for (const std::string& id : ids) EXPECT_EQ(problems[id], problems[ids.front()]) << id;
  }
}

}  // namespace
}  // namespace witmed::generate
