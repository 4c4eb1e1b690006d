// Which medicines a chronic disease gets here: by what the resident has, how well it is controlled, and how
// his kidneys do.
#pragma once
#include <vector>

#include "generate/drug_table.h"
#include "generate/person.h"

namespace witmed::generate {

struct Control {
  bool pressure_high = false;  // last reading 150 or more
  bool glucose_high = false;   // last fasting value 8.5 or more
  int32_t kidney = 90;         // eGFR
};

// Medicines of one disease on a day, in the order they were added; may be empty.
std::vector<Drug> regimen(const Person& person, Disease disease, Day day, const Control& control);

// What may be given instead: no penicillin to the allergic, no quinolone below 18, little in pregnancy.
// Drug::none where nothing may.
Drug safe(const Person& person, Drug drug, Day day, bool pregnant);

}  // namespace witmed::generate
