// Reasons to lie in hospital.
#pragma once
#include <cstdint>
#include <span>
#include <string_view>

#include "generate/body.h"
#include "generate/complaint_table.h"
#include "generate/drug_table.h"
#include "generate/measure_table.h"
#include "generate/person.h"
#include "generate/place.h"

namespace witmed::generate {

struct Operation {
  std::string_view icd9;  // ICD-9-CM-3, insurance edition; empty for none
  std::string_view zh;
  std::string_view en;
};

struct Stay {
  std::string_view icd;
  std::string_view zh;
  std::string_view en;
  Acute acute;
  Department department;
  bool emergency;
  int32_t days;      // about
  uint32_t risk[4];  // a year per hundred thousand: below 15, to 45, to 65, above
  Sex sex;
  Disease only_with;  // the risk is that of people with this disease; Disease::count: of anybody
  Operation operation;
  Operation examination;
  Drug drugs[3];
  Drug home[2];  // to take home
  const Panel* panels[3];
};
std::span<const Stay> stays();

}  // namespace witmed::generate
