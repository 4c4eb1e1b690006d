// Structural validation of a resource against R4 (http://hl7.org/fhir/R4/validation.html): names, JSON types,
// cardinality, primitive formats, choice types, resource types of references, empty objects and arrays. On
// every write.
#pragma once
#include <vector>

#include "fhir/json/document.h"

namespace witmed::fhir {

class Faults;

// Issues with FHIRPath, line and column; empty = valid. One issue for each fault, at most `limit` of them.
std::vector<Issue> validate_structure(const Document& document, size_t limit = 100);
// The same for a resource inside a document (an entry of a Bundle).
std::vector<Issue> validate_structure(Node resource, size_t limit = 100);
// The same into what gathers other findings too.
void check_structure(Node resource, Faults& faults);

}  // namespace witmed::fhir
