// Text as string search compares it (http://hl7.org/fhir/R4/search.html#string).
#include <utf8proc.h>

#include "fhir/fold.h"
#include "fhir/search/query.h"

namespace witmed::fhir {
namespace {

bool is_ascii_punctuation(char c) { return std::string_view("!\"#%&'()*,-./:;?@[\\]_{}").find(c) != std::string_view::npos; }

bool is_punctuation(utf8proc_int32_t code) {
  const auto category = utf8proc_category(code);
  return category >= UTF8PROC_CATEGORY_PC && category <= UTF8PROC_CATEGORY_PO;
}

// Might hold punctuation: anything but letters, digits, spaces and the common Chinese characters.
bool may_hold_punctuation(std::string_view text) {
  for (char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80 ? is_ascii_punctuation(c) : byte == 0xc2 || byte == 0xe2 || byte == 0xe3 || byte == 0xef || byte >= 0xf0) return true;
  }
  return false;
}

void append_single_spaced(std::string_view piece, std::string& out) {
  for (char c : piece)
    if (c != ' ' || (!out.empty() && out.back() != ' ')) out += c;
}

}  // namespace

std::string normalize_text(std::string_view text) {
  std::string folded = fold_text(text);
  if (!may_hold_punctuation(folded)) return folded;
  std::string out;
  out.reserve(folded.size());
  const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(folded.data());
  for (size_t at = 0; at < folded.size();) {
    utf8proc_int32_t code = 0;
    const auto size = utf8proc_iterate(bytes + at, static_cast<utf8proc_ssize_t>(folded.size() - at), &code);
    if (size <= 0) return folded;
    if (!is_punctuation(code)) append_single_spaced(std::string_view(folded).substr(at, static_cast<size_t>(size)), out);
    at += static_cast<size_t>(size);
  }
  while (out.ends_with(' ')) out.pop_back();
  return out.empty() ? folded : out;
}

}  // namespace witmed::fhir
