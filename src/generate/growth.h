// How children grow: medians by age, scaled to what the child will be as an adult.
#pragma once
#include "generate/json_text.h"

namespace witmed::generate::growth {

// Thousandths of a centimetre at an age in days; `adult` is the height to come.
Milli height(bool male, int32_t age_days, Milli adult);
// Thousandths of kg/m2; reaches the adult set point at 18.
Milli body_mass_index(int32_t age_days, Milli adult);
// Head circumference, thousandths of a centimetre; up to six years.
Milli head(bool male, int32_t age_days);

}  // namespace witmed::generate::growth
