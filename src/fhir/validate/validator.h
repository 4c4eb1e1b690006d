// Is this resource valid? Structure, what R4 says beyond it, and profiles (docs/validation.md).
#pragma once
#include <vector>

#include "fhir/validate/world.h"

namespace witmed::fhir {

// Issues in the order of their places, one for each fault; empty: nothing to say against it.
std::vector<Issue> validate(const Document& document, const World& world, const ValidateOptions& options = {});

}  // namespace witmed::fhir
