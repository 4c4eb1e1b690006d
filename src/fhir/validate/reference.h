// What a Reference points to, as far as its text says (http://hl7.org/fhir/R4/references.html).
#pragma once
#include <string_view>

#include "fhir/json/document.h"
#include "fhir/validate/faults.h"

namespace witmed::fhir {

// The type in front of a relative reference: "Patient" of "Patient/1", "Patient/1/_history/2" and
// "Patient?identifier=x". Empty for "#id", for anything with a scheme (http:, urn:) and for a text without a
// type.
std::string_view type_in_reference(std::string_view reference);

// Reference.reference and Reference.type name resource types that R4 knows, the same, and one that the
// element allows.
void check_reference(Node reference, const Element& element, Faults& faults);

}  // namespace witmed::fhir
