// 公民身份号码 GB 11643: eighteen characters with a check character, the fifteen digits of the first generation, and the
// numbers built like it: 港澳台居民居住证 (regions 81, 82, 83) and 外国人永久居留身份证 of 2023 (beginning with 9).
// Source: GB 11643-1999 with ISO 7064 MOD 11-2; the two later documents as widely published, not verified against their text.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace witmed::identity {

enum class NumberFault : uint8_t {
  none,
  length,      // neither 18 nor 15 characters
  characters,  // something else than digits, and X at the end
  date,        // no such day
  check        // the last character does not agree: a slip of typing
};

struct ResidentNumber {
  NumberFault fault = NumberFault::none;
  std::string number;      // 18 characters, X in upper case; made of a 15-digit one where that is what was written
  std::string region;      // six digits of GB/T 2260 as they stood when it was given: may be abolished since
  std::string birth_date;  // "1985-03-07"
  bool male = false;       // the 17th digit is odd
  bool first_generation = false;  // 15 digits were written
  bool valid() const { return fault == NumberFault::none; }
};

// Spaces and full-width digits are read as what they mean; nothing else is guessed.
ResidentNumber read_resident_number(std::string_view text);

// The 18th character of seventeen digits.
char resident_check_character(std::string_view seventeen);

// 18 characters of a valid 15-digit number. The sequence numbers 996–999 were kept for people born before 1900.
std::string from_first_generation(std::string_view fifteen);
// The 15-digit form of a valid number, when there can have been one: born 19xx, or 18xx with 996–999.
std::optional<std::string> to_first_generation(std::string_view eighteen);

// ASCII of what was typed into a box for numbers: full-width forms narrowed, spaces and hyphens dropped, upper case.
std::string plain_document_number(std::string_view text);

}  // namespace witmed::identity
