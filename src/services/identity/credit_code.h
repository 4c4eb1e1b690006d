// 法人和其他组织统一社会信用代码 GB 32100-2015: eighteen characters; the ninth to seventeenth are the organisation code of
// GB 11714-1997 with a check character of its own.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace witmed::identity {

enum class CreditCodeFault : uint8_t { none, length, characters, organisation_check, check };

struct CreditCode {
  CreditCodeFault fault = CreditCodeFault::none;
  std::string code;    // upper case
  std::string region;  // six digits of the registering authority
  bool valid() const { return fault == CreditCodeFault::none; }
};

CreditCode read_credit_code(std::string_view text);
char credit_check_character(std::string_view seventeen);       // of characters of the alphabet, without I O S V Z
char organisation_check_character(std::string_view eight);     // digits and upper-case letters

}  // namespace witmed::identity
