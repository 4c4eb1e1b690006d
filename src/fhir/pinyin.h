// How Chinese characters are read, in pinyin without tones.
#pragma once
#include <string>
#include <vector>

namespace witmed::fhir {

// Readings of one character, the usual one first; ü as people type it: "lü" is lu and lv. Empty for other characters.
// The usual reading is ICU's (Unihan kMandarin); the list of those that have several is our own, made for words of
// medicine (unverified against a dictionary). Slow at the first question about a character; thread-safe.
std::vector<std::string> pinyin_of(char32_t character);

}  // namespace witmed::fhir
