// How common each disease is by age and sex, how many people there are of each age, and how many children
// women bear: the figures the county is made to, with the publications they come from. docs/region.md prints
// them.
#pragma once
#include <cstdint>
#include <span>
#include <string_view>

#include "generate/person.h"

namespace witmed::generate {

// A publication. `key` is how rows name it.
struct Publication {
  std::string_view key;
  std::string_view text;     // name of the survey, journal, year
  std::string_view checked;  // what of it was compared with the abstract, and the address of the abstract
};
std::span<const Publication> publications();

// Bands of age: 3 to 17 (younger children get no chronic disease), 18, 25, 35, 45, 55, 65, 75 and above.
inline constexpr int32_t kAgeBands = 8;
inline constexpr int32_t kBandStart[kAgeBands + 1] = {3, 18, 25, 35, 45, 55, 65, 75, 105};
int32_t band_of_age(int32_t age);

// Living with the disease, per hundred thousand of that age and sex. The publications give margins (see
// Anchor); how a margin divides over the cells is an assumption of the model.
struct PrevalenceRow {
  Disease disease;
  std::string_view publication;  // empty: the whole row is an assumption of the model
  int32_t men[kAgeBands];
  int32_t women[kAgeBands];
};
const PrevalenceRow& prevalence_of(Disease disease);

// A figure as it was published, which the cells, weighted with the pyramid, come back to.
struct Anchor {
  Disease disease;
  std::string_view publication;
  char sex;             // 'm', 'f' or 'b' for both
  int32_t from, until;  // ages, the second not included
  int32_t per_hundred_thousand;
  std::string_view note;
  bool read = false;  // where Publication::checked says; else written from memory
};
std::span<const Anchor> anchors();

// The census of 2020: people in ten thousands by five years of age; the last group is 85 and above. Men to
// women come to the census's 105.07 in all (111.3 among the youngest, as at birth); by age they are an
// assumption.
struct PyramidRow {
  int32_t from;
  int32_t people;
  int32_t men_per_thousand_women;
};
std::span<const PyramidRow> pyramid();
inline int32_t pyramid_men(const PyramidRow& row) {
  return static_cast<int32_t>(int64_t{row.people} * row.men_per_thousand_women /
                              (1000 + row.men_per_thousand_women));
}

// Births a year for a hundred thousand women of an age, the census of 2020.
struct FertilityRow {
  int32_t from;  // five years of age
  int32_t births;
};
std::span<const FertilityRow> fertility();

// Yearly risk of death, per hundred thousand (assumption of the model, set to about 7.9 deaths a year for a
// thousand people, as the statistical communiqué for 2023 gives).
struct MortalityRow {
  int32_t until;  // age, not included
  int32_t men;
  int32_t women;
};
std::span<const MortalityRow> mortality();

}  // namespace witmed::generate
