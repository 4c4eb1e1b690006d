// Where a text that is no JSON breaks, in the terms of the resource that it was to be.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace witmed::fhir {

// FHIRPath of the object around `offset`, "Patient.name[0]", as far as the text before it can be read; empty when nothing names the resource.
std::string object_around(std::string_view text, uint32_t offset);

}  // namespace witmed::fhir
