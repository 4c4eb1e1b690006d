// Values that have an order: numbers, dates and times as precise as both are, quantities across units.
#pragma once
#include <optional>

#include "fhir/json/document.h"

namespace witmed::fhir {

// <0, 0, >0 of `a`, which has that type, and `b`, of the same kind. 0 also where one spans the other: 2022-06-30 is neither before nor
// after 2022-06. Nothing when they have no order: other kinds, units that do not measure the same.
std::optional<int> order(Node a, Node b, TypeId type);

}  // namespace witmed::fhir
