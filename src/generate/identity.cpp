#include "generate/identity.h"

#include <fmt/format.h>

namespace witmed::generate {
namespace {

constexpr std::string_view kInstitutionAlphabet =
    "0123456789ABCDEFGHJKLMNPQRTUWXY";  // GB 32100-2015, table 2

// Value of a character in an organisation code: digits, then A = 10 … Z = 35 (GB 11714).
int organisation_value(char c) { return c <= '9' ? c - '0' : c - 'A' + 10; }

}  // namespace

char resident_check_digit(std::string_view seventeen) {
  constexpr int kWeight[17] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  int sum = 0;
  for (int i = 0; i < 17; ++i) sum += (seventeen[i] - '0') * kWeight[i];
  return "10X98765432"[sum % 11];
}

std::string resident_number(std::string_view region, Day birth, uint32_t sequence) {
  std::string number(region);
  append_compact_date(number, birth);
  for (uint32_t place : {100u, 10u, 1u}) number += static_cast<char>('0' + sequence / place % 10);
  number += resident_check_digit(number);
  return number;
}

char institution_check_character(std::string_view seventeen) {
  constexpr int kWeight[17] = {1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28};
  int sum = 0;
  for (int i = 0; i < 17; ++i) sum += static_cast<int>(kInstitutionAlphabet.find(seventeen[i])) * kWeight[i];
  return kInstitutionAlphabet[(31 - sum % 31) % 31];
}

char organisation_check_character(std::string_view eight) {
  constexpr int kWeight[8] = {3, 7, 9, 10, 5, 8, 4, 2};
  int sum = 0;
  for (int i = 0; i < 8; ++i) sum += organisation_value(eight[i]) * kWeight[i];
  int check = (11 - sum % 11) % 11;
  return check == 10 ? 'X' : static_cast<char>('0' + check);
}

std::string institution_code(std::string_view region, uint32_t serial) {
  std::string organisation = fmt::format("{:08}", serial);
  organisation += organisation_check_character(organisation);
  std::string code = "12" + std::string(region) + organisation;
  code += institution_check_character(code);
  return code;
}

std::string telephone(uint32_t serial) { return fmt::format("100{:08}", serial % 100'000'000); }

}  // namespace witmed::generate
