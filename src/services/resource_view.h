// Reading FHIR elements leniently: what is absent or of another shape gives nothing, for a record from
// outside may lack anything.
#pragma once
#include <string>
#include <string_view>

#include "fhir/json/document.h"

namespace witmed::services {

std::string text_of(fhir::Node node);                         // of a string; else empty
fhir::Node at(fhir::Node object, std::string_view key);       // nothing when it is no object
std::string member(fhir::Node object, std::string_view key);  // text of a member
std::string target(fhir::Node reference,
                   std::string_view type);        // id of what is referred to, when it is of that type
std::string first_code(fhir::Node concept_node);  // of coding[0..]
bool has_code(fhir::Node concept_node, std::string_view code);
std::string name_of(fhir::Node concept_node);  // text, else a display, else the code

// Items of an array; a single value stands for itself.
template <typename Visit>
void each_item(fhir::Node list, Visit visit) {
  if (!list) return;
  if (list.kind() != fhir::Kind::array) return visit(list);
  for (fhir::Node item : list) visit(item);
}
inline fhir::Node first_item(fhir::Node list) {
  if (!list || list.kind() != fhir::Kind::array) return list;
  for (fhir::Node item : list) return item;
  return {};
}

}  // namespace witmed::services
