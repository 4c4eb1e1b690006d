// Extensions (http://hl7.org/fhir/R4/extensibility.html): are they defined, may they stand here, do they hold what they should?
#pragma once
#include "fhir/validate/run.h"

namespace witmed::fhir {

// The way from a resource down to a value: on the stack of the walk.
struct Where {
  const Element* element;  // nullptr at a resource
  const Type* type;
  const Where* above;
};

// `where` is what carries the extension; `element` is its `extension` or `modifierExtension`.
void check_extension(Run& run, Node extension, const Element& element, const Standing& standing, const Where& where);

}  // namespace witmed::fhir
