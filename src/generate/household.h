// Households: who lives together, of which ages, with names and numbers. Together they make the age pyramid
// and the births of the tables in prevalence_table.h.
#pragma once
#include "generate/cradle.h"
#include "generate/identity.h"
#include "generate/person.h"
#include "generate/pyramid_fit.h"
#include "generate/random.h"

namespace witmed::generate {

// What households of one county share while they are made, one after another.
struct Registry {
  Registry(uint64_t seed, const Window& window, const Numbering& numbering)
      : window(window), numbering(numbering), office(numbering), cradle(seed, window) {}
  Window window;
  const Numbering& numbering;
  NumberOffice office;
  PyramidFit pyramid;
  Cradle cradle;
};

// A household with at most `places` members; `first_number` is the number of its first member. Members have
// everything but diseases; deaths, departures, arrivals and deliveries lie inside the window.
Household make_household(Random& random, Registry& registry, uint32_t places, uint32_t first_number);

}  // namespace witmed::generate
