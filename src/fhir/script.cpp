#include "fhir/script.h"

#include <utf8proc.h>

namespace witmed::fhir {

Script script_of_other(char32_t c) {
  const bool han = (c >= 0x3400 && c <= 0x9fff) || (c >= 0x20000 && c <= 0x3ffff) || (c >= 0xf900 && c <= 0xfaff) || c == 0x3007;
  if (han) return Script::han;
  const auto category = utf8proc_category(static_cast<utf8proc_int32_t>(c));
  const bool letter = (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO) || category == UTF8PROC_CATEGORY_ND ||
                      (category >= UTF8PROC_CATEGORY_MN && category <= UTF8PROC_CATEGORY_ME);
  return letter ? Script::letter : Script::none;
}

char32_t next_other_character(std::string_view text, size_t& at) {
  utf8proc_int32_t code = 0;
  const auto size = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()) + at,
                                     static_cast<utf8proc_ssize_t>(text.size() - at), &code);
  if (size <= 0) return ++at, 0xFFFD;
  at += static_cast<size_t>(size);
  return static_cast<char32_t>(code);
}

}  // namespace witmed::fhir
