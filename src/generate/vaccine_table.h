// Doses of the national immunisation programme in the order children get them, by the programme of the day.
#pragma once
#include <cstdint>
#include <span>
#include <string_view>

#include "generate/calendar.h"

namespace witmed::generate {

struct Dose {
  std::string_view code;  // as the programme abbreviates the vaccine
  std::string_view zh;
  std::string_view target;  // the disease, zh
  int32_t number;           // of this vaccine's doses
  int32_t of;
  int32_t months;  // age due
  std::string_view route;
  int32_t from = 0;          // birth dates, yyyymmdd, for whom the programme has it so: this day …
  int32_t until = 99999999;  // … to the day before this one
  bool girls = false;        // only for them
  int32_t opens = 0;         // nobody gets it before this day, yyyymmdd
  bool meant_for(Day birth, bool male) const;
  Day due(Day birth) const;
};
std::span<const Dose> doses();

}  // namespace witmed::generate
