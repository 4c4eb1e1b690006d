#include "terminology/book/tokens.h"

namespace witmed::terminology {

std::string plain_code(std::string_view code) {
  std::string out;
  for (char c : code)
    if (const char plain = plain_character(c)) out.push_back(plain);
  return out;
}

int compare_plain(std::string_view code, std::string_view plain, bool prefix) {
  size_t at = 0;
  for (char raw : code) {
    const char c = plain_character(raw);
    if (c == '\0') continue;
    if (at == plain.size()) return prefix ? 0 : 1;
    if (c != plain[at]) return c < plain[at] ? -1 : 1;
    ++at;
  }
  return at == plain.size() ? 0 : -1;
}

}  // namespace witmed::terminology
