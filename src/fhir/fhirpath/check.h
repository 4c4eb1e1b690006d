// What can be said of an expression by the types alone, before any resource is seen.
#pragma once
#include <string>

#include "fhir/fhirpath/ast.h"

namespace witmed::fhir {

// Throws PathError(semantic) for what cannot be right: a name that no element there has, a path that starts
// on another type, an argument of the wrong type, first() and the like of what has no order.
void check_program(const Expression::Program& program);

// "HumanName[]", "boolean", "Quantity|string"; empty when not known.
std::string static_type_text(const Expression::Program& program);

}  // namespace witmed::fhir
