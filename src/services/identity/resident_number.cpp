#include "services/identity/resident_number.h"

#include "fhir/temporal.h"

namespace witmed::identity {
namespace {

bool digits(std::string_view text) {
  for (char c : text)
    if (c < '0' || c > '9') return false;
  return !text.empty();
}

int number_of(std::string_view digits) {
  int value = 0;
  for (char c : digits) value = value * 10 + (c - '0');
  return value;
}

bool is_day(std::string_view date) {  // "19850307"
  return number_of(date.substr(0, 4)) >= 1800 &&
         fhir::is_valid_day(number_of(date.substr(0, 4)), static_cast<unsigned>(number_of(date.substr(4, 2))),
                            static_cast<unsigned>(number_of(date.substr(6, 2))));
}

std::string_view century_of(std::string_view fifteen) { return fifteen.substr(12, 3) >= "996" ? "18" : "19"; }

ResidentNumber faulty(ResidentNumber read, NumberFault fault) {
  read.fault = fault;
  return read;
}

}  // namespace

char resident_check_character(std::string_view seventeen) {
  constexpr int kWeight[17] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  int sum = 0;
  for (size_t i = 0; i < 17; ++i) sum += (seventeen[i] - '0') * kWeight[i];
  return "10X98765432"[sum % 11];
}

std::string from_first_generation(std::string_view fifteen) {
  std::string number(fifteen.substr(0, 6));
  number += century_of(fifteen);
  number += fifteen.substr(6);
  number += resident_check_character(number);
  return number;
}

std::optional<std::string> to_first_generation(std::string_view eighteen) {
  const std::string_view century = eighteen.substr(6, 2);
  const bool kept_for_the_old = eighteen.substr(14, 3) >= "996";
  if (century != (kept_for_the_old ? "18" : "19")) return std::nullopt;
  std::string number(eighteen.substr(0, 6));
  number += eighteen.substr(8, 9);
  return number;
}

ResidentNumber read_resident_number(std::string_view text) {
  ResidentNumber read;
  read.number = plain_document_number(text);
  const std::string& n = read.number;
  if (n.size() != 18 && n.size() != 15) return faulty(std::move(read), NumberFault::length);
  read.first_generation = n.size() == 15;
  const bool readable = read.first_generation ? digits(n)
                                              : digits(std::string_view(n).substr(0, 17)) &&
                                                    (digits(std::string_view(n).substr(17)) || n[17] == 'X');
  if (!readable) return faulty(std::move(read), NumberFault::characters);
  if (read.first_generation) read.number = from_first_generation(n);
  read.region = n.substr(0, 6);
  read.male = (n[16] - '0') % 2 == 1;
  const std::string date = n.substr(6, 8);
  if (!is_day(date)) return faulty(std::move(read), NumberFault::date);
  read.birth_date = date.substr(0, 4) + "-" + date.substr(4, 2) + "-" + date.substr(6, 2);
  if (resident_check_character(n) != n[17]) return faulty(std::move(read), NumberFault::check);
  return read;
}

std::string plain_document_number(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    auto c = static_cast<unsigned char>(text[i]);
    // U+FF01 … U+FF5E are ASCII in full width: EF BC 81 … EF BD 9E.
    if (c == 0xef && i + 2 < text.size() && (text[i + 1] == '\xbc' || text[i + 1] == '\xbd')) {
      const int low = static_cast<unsigned char>(text[i + 2]);
      const int ascii = text[i + 1] == '\xbc' ? low - 0x80 + 0x20 : low - 0x80 + 0x60;
      if (ascii > 0x20 && ascii < 0x7f) {
        c = static_cast<unsigned char>(ascii);
        i += 2;
      }
    } else if (c == 0xe3 && text.substr(i, 3) == "\u3000") {
      i += 2;
      continue;
    }
    if (c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '-') continue;
    if (c >= 'a' && c <= 'z') c = static_cast<unsigned char>(c - 'a' + 'A');
    out.push_back(static_cast<char>(c));
  }
  return out;
}

}  // namespace witmed::identity
