// The recorded life of one resident: his visits in order, each written out with what was measured, found and
// prescribed.
#pragma once
#include "generate/chart.h"
#include "generate/schedule.h"

namespace witmed::generate {

// Writes everything about the resident; returns the number of resources.
uint64_t write_life(const Household& household, const Person& person, const Place& place,
                    const Window& window, uint64_t seed, Sink& sink);

}  // namespace witmed::generate
