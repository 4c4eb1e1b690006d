// System values as text.
#pragma once
#include <string>
#include <string_view>

#include "fhir/fhirpath/item.h"

namespace witmed::fhir {

// As toString() writes it: "5.40 'mg'", "1 week", "true".
std::string text_of(const Item& value);

// "year" … "millisecond": a duration of the calendar, not of UCUM.
bool is_calendar_word(std::string_view unit);

}  // namespace witmed::fhir
