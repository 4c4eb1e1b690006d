// Who gets which chronic disease, and when: a yearly risk by age, sex and what he already has.
#pragma once
#include <string_view>

#include "generate/household.h"
#include "generate/person.h"

namespace witmed::generate {

struct DiseaseRow {
  Disease disease;
  std::string_view icd;  // ICD-10, insurance edition
  std::string_view zh;
  std::string_view en;
};
const DiseaseRow& row_of(Disease disease);

// Fills Person::onset, before and inside the window; nothing after the person's end.
void assign_diseases(Random& random, const Window& window, Person& person);

// The fullest record of a village, so that every village has one: diabetes and hypertension for many years,
// kidneys that fail, dialysis for the last ten months, blood pressure measured at home. About 2,000
// resources in ten years.
bool fits_long_illness(const Person& person, const Window& window);
void give_long_illness(const Window& window, Person& person);

}  // namespace witmed::generate
