// Characters of given names by era and sex, with their readings.
#pragma once
#include <cstdint>
#include <span>
#include <string_view>

namespace witmed::generate {

struct Syllable {
  std::string_view hanzi;
  std::string_view pinyin;  // lower case, no tone
};

struct SyllablePool {
  std::span<const Syllable> first;   // of a name of two characters
  std::span<const Syllable> second;  // and the only one of a name of one
};

struct Era {
  int32_t until;  // births before this year
  uint32_t one_character_permille;
  SyllablePool men;
  SyllablePool women;
};

const Era& era_of(int32_t birth_year);
// Characters that trip software: outside GBK, or outside the Basic Multilingual Plane.
std::span<const Syllable> rare_syllables();

}  // namespace witmed::generate
