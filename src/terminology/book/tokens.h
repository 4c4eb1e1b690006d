// How texts and codes are taken apart for search: the same for the index, for what is typed and for comparing the two.
#pragma once
#include <algorithm>
#include <string>
#include <string_view>

#include "fhir/script.h"

namespace witmed::terminology {

inline constexpr size_t kTokenBytes = 64;  // of a word; what stands behind is not looked at

// Runs of Chinese characters and words of other scripts, in order, of folded text: visit(std::string_view token, bool chinese).
template <class Visit>
void each_token(std::string_view folded, const Visit& visit) {
  using fhir::Script;
  Script run = Script::none;
  size_t begin = 0;
  const auto close = [&](size_t end) {
    if (run == Script::none) return;
    std::string_view token = folded.substr(begin, end - begin);
    if (run == Script::letter) token = token.substr(0, kTokenBytes);
    visit(token, run == Script::han);
  };
  for (size_t at = 0; at < folded.size();) {
    const size_t here = at;
    const Script script = fhir::script(fhir::next_character(folded, at));
    if (script == run) continue;
    close(here);
    run = script;
    begin = here;
  }
  close(folded.size());
}

// What a code is compared by: ASCII letters made small and digits; points, signs and all else left out.
inline char plain_character(char c) {
  if (c >= 'A' && c <= 'Z') return static_cast<char>(c | 0x20);
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? c : '\0';
}
std::string plain_code(std::string_view code);
// The plain form of `code` against `plain`: negative, 0 or positive like memcmp; `prefix`: only as many characters as `plain` has.
int compare_plain(std::string_view code, std::string_view plain, bool prefix);

}  // namespace witmed::terminology
