// Where an ElementDefinition belongs in a profile's tree: by its id, or by its path and what came before
// (http://hl7.org/fhir/R4/elementdefinition.html#id, #path).
#pragma once
#include "fhir/validate/profile/profile.h"

namespace witmed::fhir {

class PlaceFinder {
 public:
  PlaceFinder(Clause& root, TypeId type) : root_(root), type_(type) {}

  // The part, made where the tree does not have it yet. `latest`: segments ("component:systolic") of the element before; becomes this
  // one's. nullptr: the path leads nowhere, `problem` says where it ends.
  Clause* find(std::string_view path, std::string_view id, std::string_view slice_name, std::vector<std::string>& latest, std::string& problem);

 private:
  Clause* child(Clause& part, std::string_view name, std::string& problem);
  Clause* slice(Clause& part, std::string_view name);

  Clause& root_;
  TypeId type_;
};

// "$this", "code", "value.ofType(Quantity).unit", "resolve().code", "extension('url').value"; nothing for what is none of these.
std::optional<Discriminator> parse_discriminator(std::string_view type, std::string_view path);

// The element of a type by its FHIRPath name: of a choice the first alternative. A primitive has those of Element.
const Element* element_of(TypeId type, std::string_view base_name);

}  // namespace witmed::fhir
