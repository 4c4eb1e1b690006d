// What must hold of the people of a county and of how institutions know them.
#include "generate/county_checks.h"
#include "generate/identity.h"

namespace witmed::generate {
namespace {

template <class Visit>
void each_patient(Visit visit) {
  for (const auto& [id, patient] : county().residents) visit(patient);
}

// Share of the people of whom one Patient at least is as `is` says, in a hundred.
template <class Is>
double share_of_people(Is is) {
  double found = 0;
  for (const auto& [person, ids] : county().of_person) {
    found += std::any_of(ids.begin(), ids.end(),
                         [&](const std::string& id) { return is(county().residents.at(id)); });
  }
  return 100 * found / county().of_person.size();
}

const Resident& home(const std::string& person) { return county().residents.at("p" + person); }

TEST(Plausible, EveryPersonIsKnownToHisTownship) {
  for (const auto& [person, ids] : county().of_person) EXPECT_EQ(ids.front(), "p" + person);
}

TEST(Plausible, FifteenInAHundredAreKnownToTwoInstitutions) {
  double several = 0;
  for (const auto& [person, ids] : county().of_person) several += ids.size() > 1;
  EXPECT_GE(100 * several / county().of_person.size(), 15);
}

TEST(Plausible, TwentyInAHundredHaveATelephoneThatIsNoLongerTheirs) {
  EXPECT_GE(share_of_people([](const Resident& p) { return p.faults.count("telecom") != 0; }), 20);
}

TEST(Plausible, FiveInAHundredAreMistypedSomewhere) {
  EXPECT_GE(share_of_people([](const Resident& p) {
              return std::any_of(p.faults.begin(), p.faults.end(),
                                 [](const auto& f) { return f.second.first == "slip"; });
            }),
            5);
}

TEST(Plausible, WhatTheTruthCallsAFaultIsOne) {
  each_patient([](const Resident& p) {
    for (const auto& [field, fault] : p.faults) {
      const std::string& shown = field == "telecom"     ? p.phone
                                 : field == "name"      ? p.name
                                 : field == "birthDate" ? p.birth
                                 : field == "gender"    ? p.gender
                                                        : p.number;
      EXPECT_NE(shown, fault.second) << p.id << " " << field;
      EXPECT_FALSE(fault.second.empty()) << p.id;
    }
  });
}

TEST(Plausible, WhatIsNotAFaultIsTheSameEverywhere) {
  each_patient([](const Resident& p) {
    const Resident& first = home(p.person);
    auto same = [&](const char* field, const std::string& a, const std::string& b) {
      if (!p.faults.count(field) && !first.faults.count(field)) {
        EXPECT_EQ(a, b) << p.id << " " << field;
      }
    };
    same("name", p.name, first.name), same("birthDate", p.birth, first.birth),
        same("gender", p.gender, first.gender);
    same("identifier", p.number, first.number);
  });
}

TEST(Plausible, IdentityNumbersCarryBirthDateSexAndCheckDigit) {
  each_patient([](const Resident& p) {
    if (p.faults.count("identifier")) return;
    ASSERT_EQ(p.number.size(), 18u) << p.id;
    std::string birth = p.true_birth.substr(0, 4) + p.true_birth.substr(5, 2) + p.true_birth.substr(8, 2);
    EXPECT_EQ(p.number.substr(6, 8), birth);
    EXPECT_EQ((p.number[16] - '0') % 2 == 1, p.true_gender == "male") << p.number;
    EXPECT_EQ(resident_check_digit(std::string_view(p.number).substr(0, 17)), p.number[17]);
  });
}

TEST(Plausible, OldNumbersHaveFifteenDigits) {
  int old = 0;
  each_patient([&](const Resident& p) {
    auto fault = p.faults.find("identifier");
    if (fault == p.faults.end() || fault->second.first != "old") return;
    ++old;
    EXPECT_EQ(p.number, old_resident_number(fault->second.second));
    EXPECT_LT(p.true_birth, "1984");
  });
  EXPECT_GE(old, 3);
}

TEST(Plausible, NoTwoPeopleHaveOneNumberOrTelephone) {
  std::set<std::string> numbers, telephones;
  for (const auto& [person, ids] : county().of_person) {
    const Resident& p = home(person);
    if (!p.number.empty()) {
      EXPECT_TRUE(numbers.insert(p.number).second) << p.number;
    }
    if (!p.phone.empty()) {
      EXPECT_TRUE(telephones.insert(p.phone).second) << p.phone;
    }
    EXPECT_TRUE(p.phone.empty() || (p.phone.size() == 11 && p.phone.starts_with("100"))) << p.phone;
  }
}

TEST(Plausible, NewbornsAreInTheMaternityWardByTheirMothersName) {
  int newborn = 0;
  each_patient([&](const Resident& p) {
    auto fault = p.faults.find("name");
    if (fault == p.faults.end() || fault->second.first != "newborn") return;
    ++newborn;
    EXPECT_NE(p.name.find(p.true_gender == "male" ? "之子" : "之女"), std::string::npos) << p.name;
    EXPECT_TRUE(p.number.empty());
  });
  EXPECT_GE(newborn, 3);
}

TEST(Plausible, TwinsShareBirthdayAndHouse) {
  each_patient([](const Resident& p) {
    if (p.twin != 2 || !p.first()) return;
    int others = 0;
    each_patient([&](const Resident& q) {
      others += q.twin == 1 && q.first() && q.true_birth == p.true_birth && q.address == p.address;
    });
    EXPECT_EQ(others, 1) << p.id;
  });
}

TEST(Plausible, EveryChildHasAGuardian) {
  std::set<std::string> guarded;
  each("RelatedPerson",
       [&](const Resident& p, const Item& item) { item.guardian ? guarded.insert(p.id).second : false; });
  each_patient([&](const Resident& p) {
    if (p.first() && age_at(p, "2026-01-01") < 18) {
      EXPECT_TRUE(guarded.count(p.id)) << p.id;
    }
  });
}

TEST(Plausible, GrownUpsHaveNoGuardian) {
  each("RelatedPerson", [](const Resident& p, const Item& item) {
    if (item.guardian) {
      EXPECT_LT(age_at(p, "2026-01-01"), 18) << p.id;
    }
  });
}

TEST(Plausible, MothersAreEighteenToFiftyYearsOlderThanTheirChildren) {
  each("RelatedPerson", [](const Resident& p, const Item& item) {
    if (item.code != "MTH") return;
    int32_t age = age_on(parse_day(item.birth), parse_day(p.true_birth));
    EXPECT_TRUE(age >= 18 && age <= 50) << p.id << ": " << age;
  });
}

TEST(Plausible, HusbandsAreMenAndWivesWomen) {
  each("RelatedPerson", [](const Resident& p, const Item& item) {
    if (item.code == "WIFE") {
      EXPECT_EQ(p.true_gender, "male") << p.id;
    }
    if (item.code == "HUSB") {
      EXPECT_EQ(p.true_gender, "female") << p.id;
    }
  });
}

TEST(Plausible, ChildrenHaveNoTelephoneOfTheirOwn) {
  each_patient([](const Resident& p) {
    if (p.first() && age_at(p, "2026-01-01") < 13) {
      EXPECT_EQ(p.phone, "") << p.id;
    }
  });
}

}  // namespace
}  // namespace witmed::generate
