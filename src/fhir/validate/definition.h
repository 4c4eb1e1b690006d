// What R4's rules leave unsaid about definitions: a profile that cannot be compiled, a code system that miscounts itself …
#pragma once
#include "fhir/validate/run.h"

namespace witmed::fhir {

void check_definition(Run& run, Node resource, TypeId type);

}  // namespace witmed::fhir
