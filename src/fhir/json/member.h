// Members of an object by name, where what is absent or of another shape counts as nothing.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "fhir/json/document.h"

namespace witmed::fhir {

std::string text_of(Node owner, std::string_view key);                // of a string, number or boolean; else empty
std::vector<Node> items_of(Node owner, std::string_view key);         // the objects in a list
std::vector<std::string> texts_of(Node owner, std::string_view key);  // the strings in a list

}  // namespace witmed::fhir
