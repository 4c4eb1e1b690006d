// Characters (code points) of UTF-8 text that is known to be valid.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace witmed::fhir {

inline void append_utf8(std::string& out, uint32_t code) {
  if (code < 0x80) {
    out += char(code);
  } else if (code < 0x800) {
    out += char(0xC0 | (code >> 6));
    out += char(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    out += char(0xE0 | (code >> 12));
    out += char(0x80 | ((code >> 6) & 0x3F));
    out += char(0x80 | (code & 0x3F));
  } else {
    out += char(0xF0 | (code >> 18));
    out += char(0x80 | ((code >> 12) & 0x3F));
    out += char(0x80 | ((code >> 6) & 0x3F));
    out += char(0x80 | (code & 0x3F));
  }
}

inline bool begins_character(char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }

inline size_t count_characters(std::string_view text) {
  size_t count = 0;
  for (char c : text) count += begins_character(c);
  return count;
}

// Byte offset of the n-th character; the length of the text when it has fewer.
inline size_t byte_of_character(std::string_view text, size_t n) {
  size_t at = 0;
  for (; at < text.size(); ++at) {
    if (begins_character(text[at]) && n-- == 0) break;
  }
  return at;
}

}  // namespace witmed::fhir
