// Names of people: Chinese surnames by frequency, given names by decade and sex, a few names of other
// nationalities.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "generate/random.h"

namespace witmed::generate {

struct Ethnicity {
  std::string_view code;  // GB/T 3304-1991, two digits
  std::string_view zh;
};

// All strings are UTF-8; pinyin has no tones ("Wang Jianguo").
struct Name {
  std::string family;  // empty where a people uses no surname
  std::string given;
  std::string family_pinyin;
  std::string given_pinyin;
  Ethnicity ethnicity;
  std::string text() const { return family + given; }
};

// Index of a surname in the frequency table, drawn by frequency.
uint32_t draw_surname(Random& random);
// A Han name with that surname, as it was given to a boy or girl of that year.
Name han_name(Random& random, uint32_t surname, bool male, int32_t birth_year);
// A name with the separating dot (U+00B7) as Uygur and Tibetan residents bear it.
Name dotted_name(Random& random, bool male);

}  // namespace witmed::generate
