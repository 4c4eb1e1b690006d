// Birth dates as they are told, and ages as they are said.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace witmed::identity {

enum class ToldDate : uint8_t {
  empty,
  day,        // "1985-03-07", also 1985/3/7, 1985.3.7, 1985年3月7日, 19850307
  partial,    // year, or year and month
  lunar,      // 农历 …: kept as text; a lunar date is never turned into a day by guessing
  ambiguous,  // 3/7/1985 or 850307: which is which?
  impossible  // no such day, or words
};
struct BirthDate {
  ToldDate kind = ToldDate::empty;
  std::string date;  // FHIR date for day and partial
  std::string text;  // as told
};
BirthDate read_birth_date(std::string_view text);

// Whole years, months and days between two FHIR days, as people count: born on the 31st, a shorter month is over on the
// first of the next, so that nobody is counted older than they are. `known` is false when a date is not a day or `at` is before the birth.
struct Age {
  bool known = false;
  int years = 0, months = 0, days = 0;
  int64_t total_days = 0;
};
Age age_on(std::string_view birth_date, std::string_view at);
// Days under a month; months and days under a year; years and months under three; then years.
std::string age_text_zh(const Age& age);
std::string age_text_en(const Age& age);

}  // namespace witmed::identity
