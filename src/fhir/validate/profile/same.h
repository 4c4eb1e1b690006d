// fixed[x] and pattern[x] (http://hl7.org/fhir/R4/elementdefinition-definitions.html#ElementDefinition.fixed_x_).
#pragma once
#include "fhir/json/document.h"

namespace witmed::fhir {

// Equal in everything, order of members aside. Numbers by their characters: "precision … SHALL be the same".
bool is_fixed(Node value, Node fixed);
// Holds everything that the pattern holds: members of objects, and for each item of its arrays one that matches.
bool matches_pattern(Node value, Node pattern);

}  // namespace witmed::fhir
