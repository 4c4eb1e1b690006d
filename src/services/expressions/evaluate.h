// $fhirpath: a FHIRPath expression on a resource, in the parameters that FHIRPath Lab sends and shows
// (docs/fhirpath.md).
#pragma once
#include "services/operation.h"

namespace witmed::services::expressions {

Plan evaluate(const Request& request);

}  // namespace witmed::services::expressions
