// JSON strings: what stands between the quotes, and back. Input is valid UTF-8 without control characters.
#pragma once
#include <string>
#include <string_view>

namespace witmed::fhir {

// Offset of the first bad escape (unknown letter, broken \u, lone surrogate), npos when all are good.
// `body` is the text between the quotes, from anywhere at or before its first backslash.
size_t bad_escape(std::string_view body);

// The text that the body of a string stands for. All escapes must be good.
void unescape(std::string_view body, std::string& out);

}  // namespace witmed::fhir
