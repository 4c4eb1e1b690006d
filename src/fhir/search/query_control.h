// Parameters that shape the answer rather than select: _sort, _count, _include …
// (http://hl7.org/fhir/R4/search.html#modifying).
#pragma once
#include <string>

#include "fhir/search/query.h"

namespace witmed::fhir {

// False when `name` is none of them. Throws Rejection(400) naming the parameter.
bool control_parameter(SearchQuery& query, const ExtractSettings& settings, const std::string& name, const std::string& value);

}  // namespace witmed::fhir
