// Characters of a text, as words and search look at them.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace witmed::fhir {

enum class Script : uint8_t { none, letter, han };  // letter: digits and marks too
Script script(char32_t character);

// The character at `at`, which moves behind it; a byte that begins none is itself a character of script none.
char32_t next_character(std::string_view text, size_t& at);
void append_character(std::string& out, char32_t character);

}  // namespace witmed::fhir
