#include "terminology/display.h"

#include <unicode/unistr.h>

#include <algorithm>

#include "base/text.h"

namespace witmed::terminology {
namespace {

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::string single_spaced(std::string_view text) {
  std::string out;
  for (const char c : trim(text)) {
    const bool space = c == ' ' || c == '\t' || c == '\r' || c == '\n';
    if (space && out.ends_with(' ')) continue;
    out.push_back(space ? ' ' : c);
  }
  return out;
}

}  // namespace

bool same_display(std::string_view a, std::string_view b) {
  if (a == b) return true;
  if (is_ascii(a) && is_ascii(b)) return equal_nocase(a, b);
  const auto wide = [](std::string_view text) {
    return icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
  };
  return wide(a).caseCompare(wide(b), 0) == 0;
}

bool same_words(std::string_view a, std::string_view b) { return same_display(single_spaced(a), single_spaced(b)); }

}  // namespace witmed::terminology
