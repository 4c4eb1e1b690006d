// The narrative of a resource (http://hl7.org/fhir/R4/narrative.html): a fragment of XHTML in one <div>.
#pragma once
#include <string_view>

namespace witmed::fhir {

// One <div>, every tag closed in order, no declaration, script, style sheet, form, frame or event attribute
// in it (txt-1). Does not look at the names of other tags and attributes.
bool is_narrative(std::string_view text);

}  // namespace witmed::fhir
