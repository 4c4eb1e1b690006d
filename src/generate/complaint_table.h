// Passing illnesses that bring people to the clinic for a day.
#pragma once
#include <cstdint>
#include <span>
#include <string_view>

#include "generate/body.h"
#include "generate/drug_table.h"
#include "generate/place.h"

namespace witmed::generate {

enum class Sex : uint8_t { any, men, women };

struct Complaint {
  std::string_view icd;
  std::string_view zh;
  std::string_view en;
  Acute acute;
  Department department;         // at the county hospital
  uint32_t child, adult, elder;  // relative frequency below 14, to 60, above
  Sex sex;
  Drug drugs[3];
  int32_t days;             // until it is over, and days of medicine
  uint32_t blood_permille;  // chance of a blood count
};
std::span<const Complaint> complaints();

}  // namespace witmed::generate
