// People's names as they are kept: one field of at most 50 characters, any character of Unicode, the variants of the dot
// in minority names one ("·" U+00B7), nothing else changed.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace witmed::identity {

inline constexpr uint32_t kNameCharacters = 50;

struct PersonName {
  std::string text;    // as kept
  std::string family;  // where it can be told: a Chinese name without ·, by surnames of one and two characters
  std::string given;
  std::string fault_en, fault_zh;  // empty when nothing is wrong
};
PersonName read_name(std::string_view text);

uint32_t characters(std::string_view utf8);  // code points

// How alike two names are, 0 … 1: same characters, same sound, one character apart. 1 = equal as search sees them.
double name_likeness(std::string_view a, std::string_view b);

}  // namespace witmed::identity
