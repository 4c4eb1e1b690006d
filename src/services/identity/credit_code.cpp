#include "services/identity/credit_code.h"

#include "services/identity/resident_number.h"

namespace witmed::identity {
namespace {

constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";  // GB 32100-2015: no I, O, S, V, Z

CreditCode faulty(CreditCode read, CreditCodeFault fault) {
  read.fault = fault;
  return read;
}

}  // namespace

char credit_check_character(std::string_view seventeen) {
  size_t sum = 0, weight = 1;  // 3 to the power of the place, modulo 31
  for (char c : seventeen.substr(0, 17)) {
    sum += kAlphabet.find(c) * weight;
    weight = weight * 3 % 31;
  }
  return kAlphabet[(31 - sum % 31) % 31];
}

char organisation_check_character(std::string_view eight) {
  constexpr int kWeight[8] = {3, 7, 9, 10, 5, 8, 4, 2};
  int sum = 0;
  for (size_t i = 0; i < 8; ++i) sum += (eight[i] <= '9' ? eight[i] - '0' : eight[i] - 'A' + 10) * kWeight[i];
  const int check = (11 - sum % 11) % 11;
  return check == 10 ? 'X' : static_cast<char>('0' + check);
}

CreditCode read_credit_code(std::string_view text) {
  CreditCode read;
  read.code = plain_document_number(text);
  if (read.code.size() != 18) return faulty(std::move(read), CreditCodeFault::length);
  for (char c : read.code)
    if (kAlphabet.find(c) == std::string_view::npos) return faulty(std::move(read), CreditCodeFault::characters);
  read.region = read.code.substr(2, 6);
  for (char c : read.region)
    if (c > '9') return faulty(std::move(read), CreditCodeFault::characters);
  const std::string_view code = read.code;
  if (credit_check_character(code) != code[17]) return faulty(std::move(read), CreditCodeFault::check);
  if (organisation_check_character(code.substr(8, 8)) != code[16])
    return faulty(std::move(read), CreditCodeFault::organisation_check);
  return read;
}

}  // namespace witmed::identity
