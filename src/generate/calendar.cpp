#include "generate/calendar.h"

#include <algorithm>

#include "base/error.h"

namespace witmed::generate {
namespace {

// Day count over 400-year eras (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms").
constexpr Day days_from_civil(int32_t y, int32_t m, int32_t d) {
  y -= m <= 2;
  int32_t era = (y >= 0 ? y : y - 399) / 400;
  int32_t yoe = y - era * 400;
  int32_t doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
  int32_t doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
  return era * 146097 + doe - 719468;
}

void append_two(std::string& out, int32_t value) {
  out += static_cast<char>('0' + value / 10);
  out += static_cast<char>('0' + value % 10);
}

void append_four(std::string& out, int32_t value) {
  append_two(out, value / 100);
  append_two(out, value % 100);
}

int32_t days_in_month(int32_t year, int32_t month) {
  int32_t next = month == 12 ? days_from_civil(year + 1, 1, 1) : days_from_civil(year, month + 1, 1);
  return next - days_from_civil(year, month, 1);
}

}  // namespace

Moment Moment::plus(int32_t minutes) const {
  int32_t at = minute + minutes;
  int32_t days = at >= 0 ? at / 1440 : -((1439 - at) / 1440);
  return {day + days, at - days * 1440};
}

Day day_of(Civil date) { return days_from_civil(date.year, date.month, date.day); }

Civil civil_of(Day day) {
  int32_t z = day + 719468;
  int32_t era = (z >= 0 ? z : z - 146096) / 146097;
  int32_t doe = z - era * 146097;
  int32_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
  int32_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
  int32_t mp = (5 * doy + 2) / 153;
  int32_t month = mp < 10 ? mp + 3 : mp - 9;
  return {yoe + era * 400 + (month <= 2), month, doy - (153 * mp + 2) / 5 + 1};
}

Day parse_day(std::string_view text) {
  auto digit = [&](size_t at) { return text[at] >= '0' && text[at] <= '9' ? text[at] - '0' : -10000; };
  auto fault = [&] { return Failure("not a date (YYYY-MM-DD): " + std::string(text)); };
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') throw fault();
  Civil date{digit(0) * 1000 + digit(1) * 100 + digit(2) * 10 + digit(3), digit(5) * 10 + digit(6),
             digit(8) * 10 + digit(9)};
  if (date.year < 1900 || date.month < 1 || date.month > 12 || date.day < 1) throw fault();
  if (date.day > days_in_month(date.year, date.month)) throw fault();
  return day_of(date);
}

int32_t age_on(Day birth, Day day) {
  Civil from = civil_of(birth);
  Civil to = civil_of(day);
  bool before = to.month < from.month || (to.month == from.month && to.day < from.day);
  return to.year - from.year - (before ? 1 : 0);
}

Day add_months(Day day, int32_t months) {
  Civil date = civil_of(day);
  int32_t index = date.year * 12 + date.month - 1 + months;
  int32_t year = index / 12;
  int32_t month = index % 12 + 1;
  return day_of({year, month, std::min(date.day, days_in_month(year, month))});
}

void append_date(std::string& out, Day day) {
  Civil date = civil_of(day);
  append_four(out, date.year);
  out += '-';
  append_two(out, date.month);
  out += '-';
  append_two(out, date.day);
}

void append_moment(std::string& out, Moment at) {
  append_date(out, at.day);
  out += 'T';
  append_two(out, at.minute / 60);
  out += ':';
  append_two(out, at.minute % 60);
  out += ":00+08:00";
}

void append_compact_date(std::string& out, Day day) {
  Civil date = civil_of(day);
  append_four(out, date.year);
  append_two(out, date.month);
  append_two(out, date.day);
}

}  // namespace witmed::generate
