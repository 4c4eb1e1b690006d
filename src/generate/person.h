// A resident and a household, as the generator knows them before anything is written.
#pragma once
#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "generate/calendar.h"
#include "generate/names.h"

namespace witmed::generate {

enum class Disease : uint8_t {
  hypertension,
  diabetes,  // type 2
  dyslipidaemia,
  coronary,
  stroke,
  copd,
  kidney,  // chronic kidney disease, diabetic or hypertensive
  asthma,
  gastritis,
  osteoarthritis,
  hepatitis_b,
  goitre,
  prostate,
  osteoporosis,
  depression,
  lung_cancer,
  stomach_cancer,
  colorectal_cancer,
  liver_cancer,
  breast_cancer,
  thyroid_cancer,
  cervical_cancer,
  count,
};
inline constexpr bool is_cancer(Disease disease) { return disease >= Disease::lung_cancer; }
inline constexpr size_t kDiseases = static_cast<size_t>(Disease::count);

struct Person {
  uint32_t number = 0;  // 1 … residents; the base-36 form of it is in every id
  bool male = false;
  Day birth = 0;
  Day arrival = 0;  // moved in: the record begins; 0 for born here
  Day death = kNever;
  Day departure = kNever;  // moved away: the record ends
  Name name;
  std::string resident_number;  // as it should be: faults are in Identity
  std::string telephone;        // empty for children
  int32_t spouse = -1;          // indices into the household, -1 for nobody in it
  int32_t mother = -1;
  int32_t father = -1;
  int32_t twin = 0;  // 1 for the first, 2 for the second of twins
  bool smoker = false;
  uint32_t adherence = 70;           // how much of the treatment is taken, percent
  int32_t height = 165'000;          // as an adult, thousandths of a centimetre
  int32_t body_mass_index = 23'000;  // set point, thousandths of kg/m2
  uint32_t illness_permille = 1000;  // how often he falls ill, against the average
  int32_t severity = 100;            // of hypertension and diabetes, percent of the usual
  int32_t kidney_loss = 25;          // of kidney function a year once the kidneys are diseased, thousandths
  bool penicillin_allergy = false;
  bool home_monitor = false;         // measures blood pressure at home
  bool exemplary = false;            // the fullest record of a village: one identity, without faults
  std::vector<Day> deliveries;       // births given in the recorded years
  std::array<Day, kDiseases> onset;  // of diagnosis; kNever where healthy

  Person() { onset.fill(kNever); }
  bool has(Disease disease, Day day) const { return onset[static_cast<size_t>(disease)] <= day; }
  Day onset_of(Disease disease) const { return onset[static_cast<size_t>(disease)]; }
  bool has_cancer(Day day) const {
    return std::any_of(onset.begin() + static_cast<size_t>(Disease::lung_cancer), onset.end(),
                       [day](Day d) { return d <= day; });
  }
  // When the kidneys have failed: 61 % of the function at diagnosis is gone. kNever where they will not.
  Day dialysis_start() const {
    Day onset = onset_of(Disease::kidney);
    return onset == kNever ? kNever : onset + 365 * 610 / kidney_loss;
  }
  // Only where death is not kNever.
  Moment death_moment() const { return {death, static_cast<int32_t>(300 + number % 900)}; }
  // The first day of the record.
  Day start(Day window_start) const { return std::max({window_start, birth, arrival}); }
  // The first day after the record: death, departure, or never.
  Day end() const { return death < departure ? death : departure; }
};

struct Household {
  uint32_t village = 0;
  uint32_t door = 0;  // number of the house
  std::vector<Person> members;
};

}  // namespace witmed::generate
