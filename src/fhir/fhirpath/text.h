// Text as `~` sees it: case, accents and runs of white space make no difference.
#pragma once
#include <string>
#include <string_view>

namespace witmed::fhir {

std::string fold_for_equivalence(std::string_view text);
std::string to_upper(std::string_view text);
std::string to_lower(std::string_view text);

}  // namespace witmed::fhir
