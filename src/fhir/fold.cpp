#include "fhir/fold.h"

#include <utf8proc.h>

#include <cstdlib>

namespace witmed::fhir {
namespace {

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

// The three bytes at `at`: the common Chinese characters and their commas, which have no case, accent or compatibility form
// (0: as they are), and letters, digits and marks of full width (their ASCII form). -1: something else.
int plain_wide(std::string_view text, size_t at) {
  if (at + 2 >= text.size()) return -1;
  const auto a = static_cast<unsigned char>(text[at]), b = static_cast<unsigned char>(text[at + 1]),
             c = static_cast<unsigned char>(text[at + 2]);
  if (a >= 0xE5 && a <= 0xE9) return 0;
  if (a == 0xE4) return b >= 0xB8 ? 0 : -1;
  if (a == 0xE3) return b != 0x80 || c > 0x91 ? -1 : c == 0x80 ? ' ' : 0;
  if (a == 0xEF && b == 0xBC && c > 0x80 && c < 0xC0) return c - 0x60;
  if (a == 0xEF && b == 0xBD && c >= 0x80 && c < 0x9F) return c - 0x20;
  return -1;
}

// Text of ASCII and what plain_wide() knows. False: there is something else.
bool fold_plain(std::string_view text, std::string& out) {
  bool pending = false;
  for (size_t i = 0; i < text.size(); ++i) {
    int c = static_cast<unsigned char>(text[i]);
    const bool wide = c >= 0x80;
    if (wide && (c = plain_wide(text, i)) < 0) return false;
    if (c != 0 && is_space(static_cast<char>(c))) {
      pending = !out.empty();
    } else {
      if (pending) out += ' ';
      pending = false;
      if (wide && c == 0) out.append(text, i, 3);
      else out += static_cast<char>(c >= 'A' && c <= 'Z' ? c | 32 : c);
    }
    if (wide) i += 2;
  }
  return true;
}

utf8proc_int32_t one_dot(utf8proc_int32_t code, void*) {
  switch (code) {
    case 0x0387:
    case 0x1427:
    case 0x2022:
    case 0x2027:
    case 0x2219:
    case 0x22C5:
    case 0x2E31:
    case 0x30FB:
    case 0xFF65: return 0xB7;
    default: return code;
  }
}

}  // namespace

std::string fold_text(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  fold_text(text, out);
  return out;
}

void fold_text(std::string_view text, std::string& out) {
  out.clear();
  if (fold_plain(text, out)) return;
  utf8proc_uint8_t* mapped = nullptr;
  auto options = utf8proc_option_t(UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD |
                                   UTF8PROC_STRIPMARK | UTF8PROC_IGNORE);
  auto size = utf8proc_map_custom(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                  utf8proc_ssize_t(text.size()), &mapped, options, one_dot, nullptr);
  out.clear();
  if (size < 0) {
    out = text;
    return;
  }
  bool pending = false;
  for (utf8proc_ssize_t i = 0; i < size; ++i) {
    char c = char(mapped[i]);
    if (is_space(c)) {
      pending = !out.empty();
      continue;
    }
    if (pending) out += ' ';
    pending = false;
    out += c;
  }
  std::free(mapped);
}

}  // namespace witmed::fhir
