#include "fhir/script.h"

#include <utf8proc.h>

namespace witmed::fhir {

Script script(char32_t c) {
  if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ? Script::letter : Script::none;
  const bool han = (c >= 0x3400 && c <= 0x9fff) || (c >= 0x20000 && c <= 0x3ffff) || (c >= 0xf900 && c <= 0xfaff) || c == 0x3007;
  if (han) return Script::han;
  const auto category = utf8proc_category(static_cast<utf8proc_int32_t>(c));
  const bool letter = (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO) || category == UTF8PROC_CATEGORY_ND ||
                      (category >= UTF8PROC_CATEGORY_MN && category <= UTF8PROC_CATEGORY_ME);
  return letter ? Script::letter : Script::none;
}

char32_t next_character(std::string_view text, size_t& at) {
  const auto byte = static_cast<uint8_t>(text[at]);
  if (byte < 0x80) return ++at, byte;
  utf8proc_int32_t code = 0;
  const auto size = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()) + at,
                                     static_cast<utf8proc_ssize_t>(text.size() - at), &code);
  if (size <= 0) return ++at, 0xFFFD;
  at += static_cast<size_t>(size);
  return static_cast<char32_t>(code);
}

void append_character(std::string& out, char32_t character) {
  utf8proc_uint8_t bytes[4];
  const auto size = utf8proc_encode_char(static_cast<utf8proc_int32_t>(character), bytes);
  out.append(reinterpret_cast<const char*>(bytes), static_cast<size_t>(size));
}

}  // namespace witmed::fhir
