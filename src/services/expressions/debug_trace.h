// Each step of an evaluation as the "debug-trace" parameter of FHIRPath Lab's server API: what every node of
// the tree gave, by its position in the expression.
#pragma once
#include <string_view>

#include "fhir/fhirpath/places.h"
#include "services/expressions/parts.h"

namespace witmed::services::expressions {

// `context`: where the expression was evaluated, empty for the whole resource. What was left out stands in
// extensions urn:witmed:left-out, of the parameter (steps) and of a step (values).
fhir::Value debug_trace(const Subject& subject, std::string_view context, const fhir::Steps& steps,
                        const fhir::Places& places);

}  // namespace witmed::services::expressions
