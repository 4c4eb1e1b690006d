#include "fhir/fold.h"

#include <utf8proc.h>

#include <cstdlib>

namespace witmed::fhir {
namespace {

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

// ASCII, and the common Chinese characters, which have no case, accent or compatibility form. False:
// something else.
bool fold_plain(std::string_view text, std::string& out) {
  bool pending = false;
  for (size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    auto byte = static_cast<unsigned char>(c);
    if (is_space(c)) {
      pending = !out.empty();
      continue;
    }
    if (byte >= 0x80 &&
        (byte < 0xE4 || byte > 0xE9 ||
         (byte == 0xE4 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xB8))) {
      return false;
    }
    if (pending) out += ' ';
    pending = false;
    if (byte < 0x80) {
      out += c >= 'A' && c <= 'Z' ? char(c | 32) : c;
      continue;
    }
    if (i + 2 >= text.size()) return false;
    out.append(text, i, 3);
    i += 2;
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
  if (fold_plain(text, out)) return out;
  utf8proc_uint8_t* mapped = nullptr;
  auto options = utf8proc_option_t(UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD |
                                   UTF8PROC_STRIPMARK | UTF8PROC_IGNORE);
  auto size = utf8proc_map_custom(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                  utf8proc_ssize_t(text.size()), &mapped, options, one_dot, nullptr);
  if (size < 0) return std::string(text);
  out.clear();
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
  return out;
}

}  // namespace witmed::fhir
