// Households: who lives together, of which ages, with names and numbers.
#pragma once
#include <unordered_map>

#include "generate/person.h"
#include "generate/random.h"

namespace witmed::generate {

// Hands out identity numbers that never repeat; memory is a counter for each birth date and sex.
class NumberOffice {
 public:
  std::string issue(Day birth, bool male);

 private:
  std::unordered_map<int32_t, uint32_t> issued_;
};

struct Window {
  Day start;  // first recorded day
  Day end;    // nothing happens on or after this day
};

// A household with at most `places` members; `first_number` is the number of its first member. Members have
// everything but diseases; deaths, departures and deliveries lie inside the window.
Household make_household(Random& random, const Window& window, uint32_t places, uint32_t first_number,
                         NumberOffice& office);

}  // namespace witmed::generate
