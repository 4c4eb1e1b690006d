// How institutions know one person: several Patients with old telephones, slips of typing, missing papers.
// What is wrong with each stands in its faults; the person keeps the truth.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "generate/household.h"
#include "generate/place.h"

namespace witmed::generate {

struct Fault {
  std::string_view field;  // "name", "identifier", "birthDate", "gender", "telecom", "address"
  std::string_view kind;   // "slip", "stale", "missing", "old", "variant", "newborn"
  std::string truth;
};

enum class Paper : uint8_t { none, resident_number, old_number };

// One Patient.
struct Identity {
  const Institution* keeper = nullptr;  // who registered it; nullptr for the person's own township and clinic
  std::string owner;                    // in the ids of everything recorded under it
  std::string subject;                  // the JSON of a Reference to the Patient
  std::string family, given;
  Paper paper = Paper::resident_number;
  std::string number;
  std::string birth_certificate;  // empty: none
  Day birth = 0;
  bool male = false;
  std::string telephone;
  std::string old_village;  // address before the last move, empty: none
  bool insured = true;
  bool newborn_name = false;  // 李秀英之女: the mother's name
  Day registered = 0;
  std::vector<Fault> faults;
};

// The first is the one of his own township; up to three.
inline constexpr size_t kMostIdentities = 3;
std::vector<Identity> identities_of(const Household& household, const Person& person, const Place& place,
                                    const Window& window, uint64_t seed);

}  // namespace witmed::generate
