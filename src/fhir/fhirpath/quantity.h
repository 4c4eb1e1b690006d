// Quantities from one unit to another (http://hl7.org/fhirpath/N1/#quantity), in decimals where the units
// allow.
#pragma once
#include <optional>
#include <string_view>

#include "fhir/fhirpath/decimal.h"

namespace witmed::fhir {

// `number` of unit `from`, in `to`: UCUM codes, or calendar words of a fixed length. A ratio such as 1000 or
// 1/60 is exact; others are as exact as 15 digits. Nothing when the units do not measure the same.
std::optional<Decimal> converted(const Decimal& number, std::string_view from, std::string_view to);

// Do both measure the same?
bool commensurable(std::string_view a, std::string_view b);

// UCUM code of a calendar word that has a fixed length ("week" → "wk"), else the unit itself.
std::string_view definite_unit(std::string_view unit);
// The same for every calendar word: "month" → "mo".
std::string_view nominal_unit(std::string_view unit);
// "year" and "month": calendar words whose length depends on the date.
bool is_indefinite(std::string_view unit);

}  // namespace witmed::fhir
