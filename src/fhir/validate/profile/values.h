// Values of a resource as a profile sees them: occurrences of an element, whatever alternative of a choice they are.
#pragma once
#include <vector>

#include "fhir/json/document.h"
#include "fhir/validate/profile/profile.h"
#include "fhir/validate/run.h"

namespace witmed::fhir {

struct Occurrence {
  Node node;     // the value; of a primitive that has only extensions, nothing
  Node sibling;  // of a primitive: its "_name" object
  TypeId type = 0;
  const Element* element = nullptr;  // nullptr at the root
  Node place() const { return node ? node : sibling; }
};

// The type of a value that R4 leaves to it: a resource says its own.
TypeId actual_type(Node node, TypeId declared);

// Of an element (FHIRPath name) of `owner`, in the order of the document.
std::vector<Occurrence> occurrences(const Occurrence& owner, NameId name);

// Along the path of a discriminator; `standing` becomes that of the target where the path resolves a reference.
std::vector<Occurrence> follow(const Occurrence& from, const std::vector<Step>& path, Run& run, const Standing& standing);

}  // namespace witmed::fhir
