// Is this resource valid? Structure, what R4 says beyond it, and profiles (docs/validation.md).
#pragma once
#include <vector>

#include "fhir/validate/world.h"

namespace witmed::fhir {

enum class Contained : uint8_t { judged, ignored };  // ignored: what is wrong with contained resources is not told

// Issues in the order of their places, one for each fault; empty: nothing to say against it.
std::vector<Issue> validate(const Document& document, const World& world, const ValidateOptions& options = {},
                            Contained contained = Contained::judged);

}  // namespace witmed::fhir
