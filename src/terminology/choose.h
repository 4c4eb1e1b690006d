// What the filters of an include choose in a code system (http://hl7.org/fhir/R4/valueset-filter-operator.html).
#pragma once
#include <span>

#include "terminology/concept_bits.h"
#include "terminology/value_set.h"

namespace witmed::terminology {

// Why a filter cannot be understood.
struct FilterFault {
  enum class Why : uint8_t { no_value, not_understood, bad_regex, too_costly } why;
  size_t index;  // of the filter
};

// Throws FilterFault. `deadline`: steady-clock microseconds, 0 = none; past it Rejection(503).
ConceptBits choose(const CodeSystem& book, std::span<const Filter> filters, int64_t deadline);

// Throws Rejection(503) past the deadline; for loops that may be long.
void check_deadline(int64_t deadline);

}  // namespace witmed::terminology
