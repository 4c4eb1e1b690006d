// When a resident meets the health service, and why.
#pragma once
#include <vector>

#include "generate/household.h"

namespace witmed::generate {

enum class VisitKind : uint8_t {
  diagnosis,    // detail: Disease
  vaccination,  // detail: age in months the doses are due
  child_check,  // detail: age in months
  complaint,    // detail: index of complaints()
  follow_up,    // of chronic disease
  check_up,     // the yearly examination
  antenatal,    // detail: index of the delivery
  delivery,     // detail: index of the delivery
  stay,         // detail: index of stays()
  last_stay,    // the same; he dies in it
  dialysis,
  home_reading,  // blood pressure at home
};

struct Visit {
  Moment at;
  VisitKind kind;
  uint16_t detail;
};

// All visits inside the window and the person's life, in order of time.
std::vector<Visit> schedule(const Person& person, const Window& window, Random& random);

}  // namespace witmed::generate
