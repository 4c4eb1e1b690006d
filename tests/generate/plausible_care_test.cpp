// What must hold of visits, vaccines, images, contracts and claims.
#include "generate/county_checks.h"

namespace witmed::generate {
namespace {

// Encounters by id.
const std::map<std::string, const Item*>& encounters() {
  static const std::map<std::string, const Item*> made = [] {
    std::map<std::string, const Item*> found;
    each("Encounter", [&](const Resident&, const Item& item) { found[item.id] = &item; });
    return found;
  }();
  return made;
}

// Doses of each vaccine of the residents born between two dates who are that many months old by the end.
std::map<std::string, std::map<std::string, int>> doses_of(const std::string& from,
                                                           const std::string& until) {
  std::map<std::string, std::map<std::string, int>> doses;
  each("Immunization", [&](const Resident& p, const Item& item) {
    if (p.true_birth >= from && p.true_birth < until) ++doses[p.person][item.code];
  });
  return doses;
}

std::string kind_of(const std::string& institution) {  // v, t, c, ch, rx …
  std::string kind = institution.substr(institution.find('-') + 1);
  while (!kind.empty() && std::isdigit(static_cast<unsigned char>(kind.back()))) kind.pop_back();
  return kind;
}

TEST(Plausible, FirstDoseAgainstHepatitisIsGivenOnTheDayOfBirth) {
  std::set<std::string> seen;
  each("Immunization", [&](const Resident& p, const Item& item) {
    if (item.code == "HepB" && p.true_birth > "2016-01-01" && seen.insert(p.person).second) {
      EXPECT_TRUE(item.start.starts_with(p.true_birth)) << item.id;
    }
  });
  EXPECT_GE(seen.size(), 10u);
}

TEST(Plausible, PolioVaccinesAreThoseOfTheirTime) {
  for (const auto& [person, doses] : doses_of("2020-01-01", "2024-06-01"))
    EXPECT_LE(doses.count("OPV"), 0u) << person;
  for (const auto& [person, doses] : doses_of("2020-01-01", "2024-06-01")) {
    if (doses.count("bOPV")) {
      EXPECT_EQ(doses.at("IPV"), 2) << person;
    }
  }
  for (const auto& [person, doses] : doses_of("2016-04-01", "2019-10-01")) {
    if (doses.count("bOPV")) {
      EXPECT_EQ(doses.count("IPV") ? doses.at("IPV") : 1, 1) << person;
    }
  }
}

TEST(Plausible, MeaslesVaccinesAreThoseOfTheirTime) {
  for (const auto& [person, doses] : doses_of("2016-01-02", "2019-10-01"))
    EXPECT_LE(doses.count("MMR") ? doses.at("MMR") : 0, 1) << person;
  for (const auto& [person, doses] : doses_of("2020-01-01", "2026-01-01"))
    EXPECT_EQ(doses.count("MR"), 0u) << person;
}

TEST(Plausible, WhoopingCoughVaccineStartsAtTwoMonthsSince2025) {
  each("Immunization", [](const Resident& p, const Item& item) {
    if (item.code != "DTaP") return;
    int32_t days = parse_day(item.start.substr(0, 10)) - parse_day(p.true_birth);
    if (p.true_birth < "2024-11-01") {
      EXPECT_GE(days, 88) << item.id;
    }
    if (p.true_birth >= "2024-11-01") {
      EXPECT_GE(days, 58) << item.id;
    }
  });
}

TEST(Plausible, DosesOfAVaccineAreFourWeeksApartOrMore) {
  std::map<std::pair<std::string, std::string>, std::vector<Day>> given;
  each("Immunization", [&](const Resident& p, const Item& item) {
    given[{p.person, item.code}].push_back(parse_day(item.start.substr(0, 10)));
  });
  int intervals = 0;
  for (auto& [of, days] : given) {
    std::sort(days.begin(), days.end());
    for (size_t i = 1; i < days.size(); ++i, ++intervals)
      EXPECT_GE(days[i] - days[i - 1], 28) << of.first << " " << of.second;
  }
  EXPECT_GE(intervals, 200);
}

TEST(Plausible, PapillomaVaccineIsGivenToGirlsOfThirteenSinceNovember2025) {
  each("Immunization", [](const Resident& p, const Item& item) {
    if (item.code != "HPV") return;
    EXPECT_EQ(p.true_gender, "female") << item.id;
    EXPECT_GE(age_at(p, item.start), 13) << item.id;
    EXPECT_GE(item.start, "2025-11-10") << item.id;
  });
}

TEST(Plausible, HypertensionIsFollowedUpAboutFourTimesAYear) {
  auto onset = onset_of("I10.x00");
  std::map<std::string, int> visits;
  each("Encounter", [&](const Resident& p, const Item& item) {
    if (item.code == "follow-up" && item.start >= "2025" && had(onset, p, "2024-12-31")) ++visits[p.id];
  });
  double sum = 0;
  for (const auto& [id, count] : visits) sum += count;
  ASSERT_GE(visits.size(), 50u);
  EXPECT_NEAR(sum / visits.size(), 3.7, 0.6);
}

TEST(Plausible, OldPeopleAreExaminedNearlyEveryYear) {
  std::set<std::string> examined, old;
  each("Encounter", [&](const Resident& p, const Item& item) {
    if (!p.first() || age_at(p, item.start) < 67 || !p.active) return;
    old.insert(p.id);
    if (item.code == "check-up" && item.start >= "2025") examined.insert(p.id);
  });
  EXPECT_GT(examined.size(), old.size() * 7 / 10);
}

TEST(Plausible, PeopleLieInHospitalsNotInVillageClinics) {
  for (const auto& [id, item] : encounters()) {
    if (item->class_code == "IMP") {
      EXPECT_TRUE(kind_of(item->place).starts_with("c")) << item->place;
    }
  }
}

TEST(Plausible, ChildrenAreBornInHospitals) {
  int births = 0;
  each("Condition", [&](const Resident&, const Item& item) {
    if (item.code != "O80.000" && item.code != "O82.000") return;
    ++births;
    EXPECT_EQ(encounters().at(item.encounter)->class_code, "IMP");
  });
  EXPECT_GE(births, 8);
}

TEST(Plausible, DialysisIsTwiceAWeek) {
  std::map<std::string, std::vector<int32_t>> days;
  each("Encounter", [&](const Resident& p, const Item& item) {
    if (item.code == "dialysis") days[p.id].push_back(parse_day(item.start.substr(0, 10)));
  });
  for (const auto& [id, dates] : days) {
    if (dates.size() < 20) continue;
    EXPECT_NEAR(double(dates.back() - dates.front()) / (dates.size() - 1), 3.5, 0.6) << id;
  }
}

TEST(Plausible, EveryStudyOfImagesHasItsReport) {
  int studies = 0, reports = 0;
  each("ImagingStudy", [&](const Resident&, const Item&) { ++studies; });
  each("DiagnosticReport", [&](const Resident&, const Item& item) { reports += item.category == "RAD"; });
  EXPECT_GE(studies, 50);
  EXPECT_EQ(studies, reports);
}

TEST(Plausible, VillageClinicsMakeNoImages) {
  each("ImagingStudy", [](const Resident&, const Item& item) {
    EXPECT_NE(kind_of(encounters().at(item.encounter)->place), "v") << item.id;
  });
}

TEST(Plausible, ClaimsAreOfAVisitOfTheSamePersonAtThePlaceThatAsks) {
  int claims = 0;
  each("Claim", [&](const Resident& p, const Item& item) {
    ++claims;
    const Item* visit = encounters().at(item.encounter);
    EXPECT_EQ(visit->patient, p.id) << item.id;
    EXPECT_EQ(visit->place, item.place) << item.id;
  });
  EXPECT_GE(claims, 1000);
}

TEST(Plausible, InsurerAndPatientTogetherPayTheClaim) {
  std::map<std::string, double> total;
  each("Claim", [&](const Resident&, const Item& item) { total[item.id] = item.money; });
  size_t explained = 0;
  each("ExplanationOfBenefit", [&](const Resident&, const Item& item) {
    ++explained;
    EXPECT_NEAR(item.money + item.copay, total.at(item.code), 0.005) << item.id;
    EXPECT_GE(item.money, 0);
    EXPECT_GT(item.copay, 0);
  });
  EXPECT_EQ(explained, total.size());
}

TEST(Plausible, PublicHealthServicesAreFree) {
  const std::set<std::string> free{"immunization", "check-up", "child-check", "antenatal"};
  each("Claim", [&](const Resident&, const Item& item) {
    EXPECT_FALSE(free.count(encounters().at(item.encounter)->code)) << item.id;
  });
}

TEST(Plausible, AStayCostsMoreThanAVisit) {
  double stay = 0, visit = 0, stays = 0, visits = 0;
  each("Claim", [&](const Resident&, const Item& item) {
    bool in = encounters().at(item.encounter)->class_code == "IMP";
    (in ? stay : visit) += item.money, ++(in ? stays : visits);
  });
  EXPECT_GT(stay / stays, 5 * visit / visits);
}

TEST(Plausible, OldAndChronicallyIllHaveAFamilyDoctor) {
  std::set<std::string> contracted, old;
  each("Contract", [&](const Resident& p, const Item&) { contracted.insert(p.id); });
  for (const auto& [id, p] : county().residents) {
    if (p.first() && p.active && age_at(p, "2026-01-01") >= 72) old.insert(id);
  }
  for (const std::string& id : old) EXPECT_TRUE(contracted.count(id)) << id;
  EXPECT_GT(contracted.size(), county().of_person.size() * 4 / 10);
}

TEST(Plausible, AContractHasAnEpisodeAndATeam) {
  int contracts = 0, episodes = 0, teams = 0;
  each("Contract", [&](const Resident&, const Item&) { ++contracts; });
  each("EpisodeOfCare", [&](const Resident&, const Item&) { ++episodes; });
  each("CareTeam", [&](const Resident&, const Item&) { ++teams; });
  EXPECT_EQ(contracts, episodes);
  EXPECT_EQ(contracts, teams);
}

}  // namespace
}  // namespace witmed::generate
