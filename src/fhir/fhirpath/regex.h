// Regular expressions of FHIRPath (PCRE-like, run by ICU), bounded in time and stack whatever the pattern.
#pragma once
#include <string>
#include <string_view>

namespace witmed::fhir {

// Throw PathError(execution) for a pattern that is none, or one that takes too long on this text.
// Flags: "i" without case, "m" multi-line.
bool regex_finds(std::string_view text, std::string_view pattern, std::string_view flags, bool whole);
std::string regex_replace(std::string_view text, std::string_view pattern, std::string_view with,
                          std::string_view flags);

}  // namespace witmed::fhir
