// Characters of a text, as words and search look at them.
#pragma once
#include <cstdint>
#include <string_view>

namespace witmed::fhir {

enum class Script : uint8_t { none, letter, han };  // letter: digits and marks too

Script script_of_other(char32_t character);  // of what is neither ASCII nor a common Chinese character
inline Script script(char32_t c) {
  if (c >= 0x4e00 && c <= 0x9fff) return Script::han;
  if (c >= 0x80) return script_of_other(c);
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ? Script::letter : Script::none;
}

// The character at `at`, which moves behind it; a byte that begins none is itself a character of script none.
char32_t next_other_character(std::string_view text, size_t& at);
inline char32_t next_character(std::string_view text, size_t& at) {
  const auto byte = [&](size_t i) { return static_cast<uint8_t>(text[at + i]); };
  if (byte(0) < 0x80) return static_cast<uint8_t>(text[at++]);
  if (byte(0) > 0xE0 && byte(0) < 0xED && at + 2 < text.size() && (byte(1) & 0xC0) == 0x80 && (byte(2) & 0xC0) == 0x80) {
    const char32_t c = (byte(0) & 0xFu) << 12 | (byte(1) & 0x3Fu) << 6 | (byte(2) & 0x3Fu);
    at += 3;
    return c;
  }
  return next_other_character(text, at);
}

}  // namespace witmed::fhir
