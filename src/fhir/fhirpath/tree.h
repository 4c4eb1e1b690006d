// The tree of an expression as JSON, in the shape of FHIRPath Lab's server API.
#pragma once
#include <string>

#include "fhir/fhirpath/ast.h"

namespace witmed::fhir {

std::string tree_text(const Expression::Program& program);

}  // namespace witmed::fhir
