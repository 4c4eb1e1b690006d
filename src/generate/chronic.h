// Who gets which chronic disease, and since when: shares by age and sex after the table of
// prevalence_table.h, weighted by what a resident already has or does.
#pragma once
#include <array>
#include <string_view>

#include "generate/household.h"
#include "generate/person.h"
#include "generate/prevalence_table.h"

namespace witmed::generate {

struct DiseaseRow {
  Disease disease;
  std::string_view icd;  // ICD-10, insurance edition
  std::string_view zh;
  std::string_view en;
};
const DiseaseRow& row_of(Disease disease);

// Keeps the shares: of the people of a cell (age, sex, alive or gone) as many are ill as the table says, to
// within one, however few there are; who it is depends on risk. Memory is some kilobytes.
class DiseaseRegister {
 public:
  explicit DiseaseRegister(uint64_t seed);
  // Fills Person::onset, before and inside the window; nothing after the person's end.
  void assign(Random& random, const Window& window, Person& person);

 private:
  struct Cell {
    int64_t share = 0;  // owed illness, in hundred thousandths of a person
    int64_t people = 0;
    int64_t weight = 0;  // sum of the risks of the people so far, percent
  };
  bool ill(Disease disease, const Person& person, Day end, bool gone);

  std::array<std::array<std::array<std::array<Cell, kAgeBands>, 2>, kDiseases>, 2> cells_;
};

// One full record for each village of 1,500 residents: diabetes and hypertension for many years, kidneys that
// fail, dialysis for the last ten months, blood pressure measured at home. About 2,000 resources in ten
// years.
inline constexpr uint32_t kResidentsPerLongIllness = 1500;
bool fits_long_illness(const Person& person, const Window& window);
void give_long_illness(const Window& window, Person& person);

}  // namespace witmed::generate
