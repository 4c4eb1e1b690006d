// Splitting and escapes of search values (http://hl7.org/fhir/R4/search.html#escaping).
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace witmed::fhir {

// Parts between separators that are not escaped by "\"; the parts keep their escapes.
std::vector<std::string_view> split_escaped(std::string_view text, char separator);

// "\," "\|" "\$" "\\" stand for the character itself.
std::string unescape_value(std::string_view text);

}  // namespace witmed::fhir
