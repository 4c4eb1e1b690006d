// Days and minutes of the county: proleptic Gregorian, always at +08:00 (China Standard Time; no summer time
// since 1991).
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace witmed::generate {

using Day = int32_t;  // days since 1970-01-01
inline constexpr Day kNever = INT32_MAX;

struct Civil {
  int32_t year;
  int32_t month;  // 1 … 12
  int32_t day;    // 1 … 31
};

// A minute of a day; minutes may run over midnight.
struct Moment {
  Day day;
  int32_t minute;  // since midnight, 0 … 1439
  Moment plus(int32_t minutes) const;
  bool operator==(const Moment&) const = default;
};

Day day_of(Civil date);
Civil civil_of(Day day);
// "2026-01-01"; throws Failure on anything else.
Day parse_day(std::string_view text);
// Whole years from birth to day, as a birthday counts them.
int32_t age_on(Day birth, Day day);
// The same day some months on (or back); the last day of a shorter month.
Day add_months(Day day, int32_t months);

void append_date(std::string& out, Day day);          // 2024-05-06
void append_moment(std::string& out, Moment at);      // 2024-05-06T08:30:00+08:00
void append_compact_date(std::string& out, Day day);  // 20240506

}  // namespace witmed::generate
