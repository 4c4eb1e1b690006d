// The narrative of a resource (http://hl7.org/fhir/R4/narrative.html): a fragment of XHTML in one <div>.
#pragma once
#include <string_view>

namespace witmed::fhir {

// One <div>, every tag closed in order, no declaration, script, style sheet, form, frame or event attribute
// in it (txt-1). Does not look at the names of other tags and attributes.
bool is_narrative(std::string_view text);

// The first "&…;" that XML does not have, whose own are five names and all numbers; empty when there is none.
std::string_view foreign_entity(std::string_view text);

}  // namespace witmed::fhir
