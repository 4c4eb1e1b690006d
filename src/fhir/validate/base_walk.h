// What R4 says of any resource beyond its structure: invariants, bindings, references, contained resources, ids, extensions, Bundles.
// Assumes nothing of the structure: what is malformed is passed over, having been told by check_structure.
#pragma once
#include "fhir/validate/run.h"

namespace witmed::fhir {

void check_base(Node resource, Run& run);

}  // namespace witmed::fhir
