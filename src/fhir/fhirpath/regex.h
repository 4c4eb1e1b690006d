// Regular expressions of FHIRPath (PCRE-like, run by ICU). Backtracking counts as steps of the evaluation, so
// no pattern takes longer than the evaluation may, on any text.
#pragma once
#include <string>
#include <string_view>

namespace witmed::fhir {

class Machine;

// Throw PathError(execution) for a pattern that is none, or when the steps are used up.
// Flags: "i" without case, "m" multi-line.
bool regex_finds(Machine& machine, std::string_view text, std::string_view pattern, std::string_view flags,
                 bool whole);
std::string regex_replace(Machine& machine, std::string_view text, std::string_view pattern,
                          std::string_view with, std::string_view flags);

}  // namespace witmed::fhir
