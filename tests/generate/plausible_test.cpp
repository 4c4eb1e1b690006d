// What must hold of a believable life, over a whole county.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "generate/county_checks.h"

namespace witmed::generate {
namespace {

TEST(Plausible, NothingBeforeBirthOrAfterDeathOrInTheFuture) {
  each("", [](const Resident& person, const Item& item) {
    if (item.type == "Patient" || item.start.empty()) return;
    ASSERT_GE(item.start.substr(0, 10), person.true_birth) << item.id;
    ASSERT_LT(item.start.substr(0, 10), "2026-01-01") << item.id;
    ASSERT_LT(item.end.substr(0, 10), "2026-01-01") << item.id;
    if (!person.death.empty()) {
      ASSERT_LE(item.start, person.death) << item.id;
    }
    if (!item.end.empty()) {
      ASSERT_LE(item.start.substr(0, 10), item.end.substr(0, 10)) << item.id;
    }
    if (!person.death.empty() && !item.end.empty()) {
      ASSERT_LE(item.end, person.death) << item.id;
    }
  });
}

TEST(Plausible, SomeDieAndSomeMoveAway) {
  int dead = 0, gone = 0;
  for (const auto& [id, person] : county().residents) {
    if (!person.first()) continue;
    dead += !person.death.empty();
    gone += person.death.empty() && !person.active;
    if (!person.death.empty()) {
      ASSERT_FALSE(person.active);
    }
  }
  EXPECT_GE(dead, 18);
  EXPECT_LE(dead, 60);
  EXPECT_GE(gone, 1);
  EXPECT_LE(gone, 40);
}

TEST(Plausible, EncountersContainWhatHappenedInThem) {
  std::map<std::string, const Item*> encounters;
  each("Encounter", [&](const Resident&, const Item& item) {
    ASSERT_LT(item.start, item.end);
    encounters[item.id] = &item;
  });
  each("", [&](const Resident& person, const Item& item) {
    if (item.encounter.empty()) return;
    const Item* encounter = encounters.at(item.encounter);
    ASSERT_EQ(encounter->patient, person.id);
    if (item.type == "Condition") return;  // begins before it brings somebody to the doctor
    ASSERT_GE(item.start, encounter->start) << item.id;
    ASSERT_LE(item.start, encounter->end) << item.id;
  });
}

TEST(Plausible, NobodyIsInTwoPlacesAtOnce) {
  for (const auto& [id, indices] : county().of_resident) {
    std::vector<std::pair<std::string, std::string>> periods;
    for (size_t index : indices) {
      const Item& item = county().items[index];
      if (item.type == "Encounter") periods.emplace_back(item.start, item.end);
    }
    std::sort(periods.begin(), periods.end());
    for (size_t i = 1; i < periods.size(); ++i) ASSERT_GE(periods[i].first, periods[i - 1].second) << id;
  }
}

TEST(Plausible, OnlyWomenOfFertileAgeAreWithChild) {
  int deliveries = 0;
  each("Encounter", [&](const Resident& person, const Item& item) {
    if (item.code != "antenatal") return;
    ASSERT_EQ(person.true_gender, "female");
    ASSERT_GE(age_at(person, item.start), 17);
    ASSERT_LE(age_at(person, item.start), 45);
  });
  each("Condition", [&](const Resident& person, const Item& item) {
    if (item.code != "O80.000" && item.code != "O82.000") return;
    ++deliveries;
    ASSERT_EQ(person.true_gender, "female");
  });
  EXPECT_GE(deliveries, 10);
}

TEST(Plausible, EveryDeliveryIsTheBirthdayOfAChild) {
  std::set<std::string> birthdays;
  for (const auto& [id, person] : county().residents) birthdays.insert(person.true_birth);
  each("Condition", [&](const Resident&, const Item& item) {
    if (item.code == "O80.000" || item.code == "O82.000") {
      ASSERT_TRUE(birthdays.count(item.start.substr(0, 10)));
    }
  });
}

TEST(Plausible, DiseasesOfOneSexStayThere) {
  each("Condition", [](const Resident& person, const Item& item) {
    if (item.code == "N40.x00" || item.code == "K40.900") {
      ASSERT_EQ(person.true_gender, "male") << item.id;
    }
    if (item.code == "N76.000" || item.code == "N39.000") {
      ASSERT_EQ(person.true_gender, "female") << item.id;
    }
  });
}

TEST(Plausible, ChildrenHaveNoDiseasesOfAge) {
  for (std::string_view icd : {"I10.x00", "I25.103", "I63.900", "J44.900", "M81.900", "H25.900"}) {
    each("Condition", [&](const Resident& person, const Item& item) {
      if (item.code == icd) {
        ASSERT_GE(age_at(person, item.start), 18) << icd;
      }
    });
  }
}

TEST(Plausible, PrevalenceOfHypertensionRisesWithAge) {
  auto onset = onset_of("I10.x00");
  int count[3] = {}, ill[3] = {};
  for (const auto& [id, person] : county().residents) {
    int32_t age = age_at(person, "2026-01-01");
    if (age < 20) continue;
    int band = age < 45 ? 0 : age < 65 ? 1 : 2;
    ++count[band];
    ill[band] += onset.count(id) != 0;
  }
  double young = double(ill[0]) / count[0], middle = double(ill[1]) / count[1],
         old = double(ill[2]) / count[2];
  EXPECT_LT(young, middle);
  EXPECT_LT(middle, old);
  EXPECT_NEAR(old, 0.48, 0.15);
}

TEST(Plausible, HypertensionIsHighAtDiagnosisAndFallsUnderTreatment) {
  auto onset = onset_of("I10.x00");
  auto diagnosed = [&](const Resident& person, const Item& item) {
    auto found = onset.find(person.id);
    return found != onset.end() && item.start.substr(0, 10) == found->second.substr(0, 10);
  };
  auto treated = [&](const Resident& person, const Item& item) {
    auto found = onset.find(person.id);
    return found != onset.end() &&
           parse_day(item.start.substr(0, 10)) > parse_day(found->second.substr(0, 10)) + 200;
  };
  double before = mean("85354-9", diagnosed);
  double after = mean("85354-9", treated);
  EXPECT_GT(before, 140);
  EXPECT_LT(after, before - 8);
}

TEST(Plausible, SystolicIsAboveDiastolic) {
  each("Observation", [](const Resident&, const Item& item) {
    if (item.code == "85354-9") {
      ASSERT_GE(item.systolic, item.diastolic + 20) << item.id;
    }
  });
}

TEST(Plausible, GlycatedHaemoglobinFollowsGlucose) {
  auto points = pairs("14771-0", "4548-4");
  ASSERT_GE(points.size(), 100u);
  EXPECT_GT(correlation(points), 0.75);
}

TEST(Plausible, GlucoseIsHigherInDiabetes) {
  auto onset = onset_of("E11.900");
  auto known = [&](const Resident& person, const Item& item) {
    auto found = onset.find(person.id);
    return found != onset.end() && found->second <= item.start;
  };
  double with = mean("14771-0", known);
  double without =
      mean("14771-0", [&](const Resident& person, const Item&) { return !onset.count(person.id); });
  EXPECT_GT(with, without + 1.2);
  EXPECT_NEAR(without, 5.3, 0.5);
}

TEST(Plausible, HaemoglobinFallsWithTheKidneys) {
  std::vector<double> failing, healthy;
  std::map<std::string, double> kidney;  // last eGFR of a resident
  each("Observation", [&](const Resident& person, const Item& item) {
    if (item.code == "62238-1") kidney[person.id] = item.value;
    if (item.code != "718-7" || !kidney.count(person.id)) return;
    if (kidney[person.id] < 30) failing.push_back(item.value);
    if (kidney[person.id] > 80) healthy.push_back(item.value);
  });
  ASSERT_GE(failing.size(), 15u);
  ASSERT_GE(healthy.size(), 100u);
  auto average = [](const std::vector<double>& v) {
    return std::accumulate(v.begin(), v.end(), 0.0) / v.size();
  };
  EXPECT_LT(average(failing), average(healthy) - 15);
}

TEST(Plausible, FiltrationRateFollowsCreatinine) {
  EXPECT_LT(correlation(pairs("14682-9", "62238-1")), -0.5);
}

TEST(Plausible, CholesterolPartsDoNotExceedTheWhole) {
  auto points = pairs("14647-2", "22748-8");
  ASSERT_GE(points.size(), 100u);
  for (auto [total, ldl] : points) ASSERT_LT(ldl, total);
  EXPECT_GT(correlation(points), 0.7);
}

TEST(Plausible, HaematocritFollowsHaemoglobin) {
  for (auto [haemoglobin, haematocrit] : pairs("718-7", "4544-3"))
    ASSERT_NEAR(haemoglobin * 0.295, haematocrit, 0.2);
}

TEST(Plausible, BodyMassIndexIsThatOfHeightAndWeight) {
  for (const auto& [id, indices] : county().of_resident) {
    std::map<std::string, std::pair<double, double>> size;
    for (size_t index : indices) {
      const Item& item = county().items[index];
      if (item.type != "Observation") continue;
      if (item.code == "8302-2") size[item.start].first = item.value / 100;
      if (item.code == "29463-7") size[item.start].second = item.value;
      auto found = size.find(item.start);
      if (item.code != "39156-5" || found == size.end() || found->second.first == 0) continue;
      ASSERT_NEAR(item.value, found->second.second / found->second.first / found->second.first, 0.06)
          << item.id;
    }
  }
}

TEST(Plausible, ChildrenGrowAndNeverShrink) {
  for (const auto& [id, person] : county().residents) {
    double last = 0;
    for (size_t index : county().of_resident.at(id)) {
      const Item& item = county().items[index];
      if (item.code != "8302-2" || item.type != "Observation" || age_at(person, item.start) >= 17) continue;
      ASSERT_GE(item.value, last) << item.id;
      last = item.value;
    }
  }
}

TEST(Plausible, VaccinesComeInOrderAndOnlyToChildren) {
  for (const auto& [id, person] : county().residents) {
    std::map<std::string, std::string> last;
    for (size_t index : county().of_resident.at(id)) {
      const Item& item = county().items[index];
      if (item.type != "Immunization") continue;
      ASSERT_LT(age_at(person, item.start), item.code == "HPV" ? 15 : 7) << item.id;
      ASSERT_LT(last[item.code], item.start) << item.id;
      last[item.code] = item.start;
    }
  }
}

TEST(Plausible, NobodyAllergicToPenicillinGetsAmoxicillin) {
  std::set<std::string> allergic;
  each("AllergyIntolerance", [&](const Resident& person, const Item&) { allergic.insert(person.id); });
  ASSERT_FALSE(allergic.empty());
  each("MedicationRequest", [&](const Resident& person, const Item& item) {
    if (item.code == "J01CA04") {
      ASSERT_FALSE(allergic.count(person.id)) << item.id;
    }
  });
}

TEST(Plausible, NoQuinoloneBelowEighteen) {
  each("MedicationRequest", [](const Resident& person, const Item& item) {
    if (item.code == "J01MA12") {
      ASSERT_GE(age_at(person, item.start), 18) << item.id;
    }
  });
}

TEST(Plausible, DrugsOfAChronicDiseaseNeedTheDisease) {
  auto onset = onset_of("E11.900");
  each("MedicationRequest", [&](const Resident& person, const Item& item) {
    if (item.code != "A10BA02" && item.code != "A10BB12") return;
    ASSERT_TRUE(onset.count(person.id)) << item.id;
    ASSERT_LE(onset[person.id].substr(0, 10), item.start.substr(0, 10)) << item.id;
  });
}

TEST(Plausible, FeverComesWithInfection) {
  double infected = 0, other = 0;
  int many_infected = 0, many_other = 0;
  std::map<std::string, std::string> reason;
  each("Condition", [&](const Resident&, const Item& item) { reason[item.encounter] = item.code; });
  each("Observation", [&](const Resident&, const Item& item) {
    if (item.code != "8310-5" || item.encounter.empty()) return;
    bool bronchitis = reason[item.encounter] == "J20.900";
    (bronchitis ? infected : other) += item.value;
    ++(bronchitis ? many_infected : many_other);
    ASSERT_GE(item.value, 35.0);
    ASSERT_LE(item.value, 41.0);
  });
  ASSERT_GE(many_infected, 20);
  EXPECT_GT(infected / many_infected, other / many_other + 0.8);
}

TEST(Plausible, AResidentHasSomeHundredResources) {
  std::vector<size_t> counts;
  for (const auto& [id, indices] : county().of_resident) counts.push_back(indices.size());
  std::sort(counts.begin(), counts.end());
  double average = double(std::accumulate(counts.begin(), counts.end(), size_t{0})) / counts.size();
  EXPECT_NEAR(average, 350, 70);
  EXPECT_NEAR(counts[counts.size() / 2], 270, 90);
  EXPECT_GT(counts.back(), 1800u);
  EXPECT_LT(counts.back(), 4000u);
}

TEST(Plausible, DialysisComesWithFailedKidneys) {
  int sessions = 0;
  std::map<std::string, double> kidney;
  each("Observation", [&](const Resident& person, const Item& item) {
    if (item.code == "62238-1") kidney[person.id] = item.value;
  });
  each("Encounter", [&](const Resident& person, const Item& item) {
    if (item.code != "dialysis") return;
    ++sessions;
    ASSERT_TRUE(kidney.count(person.id)) << person.id;
    ASSERT_LT(kidney[person.id], 15) << person.id;
  });
  EXPECT_GE(sessions, 70);
}

TEST(Plausible, AllLevelsOfCareWriteIntoTheRecord) {
  std::map<std::string, int> encounters;  // by kind of institution: v, t, c, ch
  for (const auto& [from, to] : county().references) {
    if (!from.starts_with("Encounter/") || !to.starts_with("Organization/")) continue;
    std::string kind = to.substr(to.find('-') + 1);
    while (std::isdigit(static_cast<unsigned char>(kind.back())) && !kind.starts_with("c")) kind.pop_back();
    ++encounters[kind];
  }
  for (const char* kind : {"v", "t", "c1", "c2", "ch"}) EXPECT_GT(encounters[kind], 100) << kind;
}

}  // namespace
}  // namespace witmed::generate
