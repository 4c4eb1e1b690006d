// The resource of a household.
#pragma once
#include "generate/county.h"
#include "generate/person.h"
#include "generate/place.h"

namespace witmed::generate {

// A Group of the household's members, each by the Patient of his own township. `as_of`: the first day after
// the record; who has died or left by then is inactive in it.
void write_household(const Household& household, const Place& place, Day as_of, Sink& sink);

}  // namespace witmed::generate
