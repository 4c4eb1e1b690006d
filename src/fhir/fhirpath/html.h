// Narrative (http://hl7.org/fhir/R4/narrative.html#xhtml): which XHTML a resource may carry.
#pragma once
#include <string_view>

namespace witmed::fhir {

// One well-formed <div> with only the elements and attributes that FHIR allows, and something to read in it.
bool is_safe_narrative(std::string_view html);

}  // namespace witmed::fhir
