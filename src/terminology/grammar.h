// Code systems without a list: their codes are made by a grammar or kept by another standard. Codes are judged by the grammar,
// by UCUM's table and by what ICU knows of languages, countries, currencies and time zones.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace witmed::terminology {

struct Grammar {
  std::string_view url, name, title_zh;
  // Is it a code? `language` (BCP 47) is wished for the display, which stays empty where there is none.
  bool (*judge)(std::string_view code, std::string_view language, std::string* display);
  // All codes, where they can be listed; else nullptr.
  std::vector<std::string> (*list)();
  bool case_sensitive;
};

// nullptr: not one of them.
const Grammar* find_grammar(std::string_view url);
std::vector<const Grammar*> grammars();

}  // namespace witmed::terminology
