// `_filter` (http://hl7.org/fhir/R4/search_filter.html), read into conditions:
//   filter  = term (("and" / "or") term)*             left to right, without precedence
//   term    = ["not"] "(" filter ")" / path SP operator SP value
//   path    = name ["[" filter "]"] ["." path]        a filter in brackets is about what the reference leads to
//   value   = JSON string / characters up to a space, ")" or "]"
// Values are never case sensitive; "loinc", "snomed", "rxnorm" and "ucum" stand for their systems.
#pragma once
#include "fhir/search/query_condition.h"

namespace witmed::fhir {

// Throws Rejection(400) that says where the text is wrong.
Condition parse_filter(ConditionReader& reader, std::span<const TypeId> types, std::string_view text);

}  // namespace witmed::fhir
