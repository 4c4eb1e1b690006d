// Numbers that identify people and institutions: formally right, and nobody's (docs/region.md says why).
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

#include "generate/calendar.h"

namespace witmed::generate {

// A county code of GB/T 2260 that began late: no identity number of somebody born before that year has it.
struct CountyCode {
  std::string_view code;
  std::string_view zh;
  int32_t since;  // year; the one before where the exact date is not certain
};
std::span<const CountyCode> county_codes();
// Codes of islands where next to nobody is registered: for those born too late for county_codes().
std::span<const CountyCode> island_codes();

// What a seed decides about numbers, so that two counties share none (identity numbers: hardly any).
struct Numbering {
  explicit Numbering(uint64_t seed);
  std::string tag;    // the seed in base 36: part of every id
  uint32_t home = 0;  // index into the first half of county_codes()
  uint32_t salt = 0;
  std::string_view home_code() const { return county_codes()[home].code; }
  std::string card_number(uint32_t person) const;       // 居民健康卡号
  std::string insurance_number(uint32_t person) const;  // 个人医保编号
  std::string telephone(uint32_t serial) const;  // eleven digits beginning 100: no operator has that segment
};

// GB 11643-1999 (ISO 7064 MOD 11-2): the 18th character of the first 17 digits.
char resident_check_digit(std::string_view seventeen);
// Region, birth date, sequence (0 … 999; odd is male), check digit.
std::string resident_number(std::string_view region, Day birth, uint32_t sequence);
// The number of 15 digits that people had before 1999: without century and check digit. 18 digits in.
std::string old_resident_number(std::string_view number);
// GB 32100-2015: the 18th character of the first 17; the alphabet has no I, O, S, V, Z.
char institution_check_character(std::string_view seventeen);
// GB 11714-1997: the 9th character of an organisation code, over its first 8.
char organisation_check_character(std::string_view eight);
// A unified social credit code: `kind` "11" authority, "12" public institution, "91" company; serial below
// 10^8.
std::string institution_code(std::string_view kind, std::string_view region, uint32_t serial);

// Hands out identity numbers that never repeat within a county; memory is a counter for each birth date and
// sex.
class NumberOffice {
 public:
  explicit NumberOffice(const Numbering& numbering) : numbering_(numbering) {}
  // `origin`: 0 for born here, else the number of another county.
  std::string issue(Day birth, bool male, uint32_t origin);

 private:
  const Numbering& numbering_;
  std::unordered_map<int32_t, uint32_t> issued_;
};

}  // namespace witmed::generate
