#include "base/time.h"

#include <array>
#include <cstring>

namespace witmed {
namespace {

constexpr int64_t kSecond = 1'000'000;
constexpr int64_t kDay = 86'400 * kSecond;
constexpr std::array<const char*, 7> kWeekdays = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::array<const char*, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                 "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

int64_t floor_div(int64_t a, int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }

void put_digits(char* at, uint64_t value, int digits) {
  for (int i = digits - 1; i >= 0; --i, value /= 10) at[i] = static_cast<char>('0' + value % 10);
}

// `count` decimal digits at `text[at]`, or -1.
int64_t take_digits(std::string_view text, size_t at, size_t count) {
  if (at + count > text.size()) return -1;
  int64_t value = 0;
  for (size_t i = at; i < at + count; ++i) {
    if (text[i] < '0' || text[i] > '9') return -1;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

unsigned days_in_month(int64_t year, unsigned month) {
  constexpr unsigned kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : kDays[month - 1];
}

std::optional<int64_t> make_instant(int64_t year, int64_t month, int64_t day, int64_t hour, int64_t minute,
                                    int64_t second) {
  if (year < 1 || month < 1 || month > 12 || day < 1 || hour < 0 || hour > 23 || minute < 0 || minute > 59 ||
      second < 0 || second > 60)
    return std::nullopt;
  if (day > days_in_month(year, static_cast<unsigned>(month))) return std::nullopt;
  int64_t days = days_from_civil({year, static_cast<unsigned>(month), static_cast<unsigned>(day)});
  return days * kDay + (hour * 3600 + minute * 60 + second) * kSecond;
}

// "Z", "+hh:mm" or "-hh:mm", whole: minutes east of UTC.
std::optional<int64_t> parse_zone(std::string_view zone) {
  if (zone == "Z") return 0;
  if (zone.size() != 6 || (zone[0] != '+' && zone[0] != '-') || zone[3] != ':') return std::nullopt;
  int64_t hours = take_digits(zone, 1, 2), minutes = take_digits(zone, 4, 2);
  if (hours < 0 || hours > 14 || minutes < 0 || minutes > 59) return std::nullopt;
  return (zone[0] == '-' ? -1 : 1) * (hours * 60 + minutes);
}

}  // namespace

// Days of a civil date by 400-year eras that begin on 1 March (H. Hinnant, "chrono-compatible low-level date
// algorithms").
int64_t days_from_civil(CivilDate date) {
  int64_t year = date.year - (date.month <= 2 ? 1 : 0);
  int64_t era = floor_div(year, 400);
  int64_t year_of_era = year - era * 400;
  int64_t month = date.month > 2 ? date.month - 3 : date.month + 9;
  int64_t day_of_year = (153 * month + 2) / 5 + date.day - 1;
  int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146'097 + day_of_era - 719'468;
}

CivilDate civil_from_days(int64_t days) {
  days += 719'468;
  int64_t era = floor_div(days, 146'097);
  int64_t day_of_era = days - era * 146'097;
  int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
  int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  int64_t month = (5 * day_of_year + 2) / 153;
  auto day = static_cast<unsigned>(day_of_year - (153 * month + 2) / 5 + 1);
  auto civil_month = static_cast<unsigned>(month < 10 ? month + 3 : month - 9);
  return {year_of_era + era * 400 + (civil_month <= 2 ? 1 : 0), civil_month, day};
}

void append_instant(std::string& out, int64_t micros, int digits, int zone_minutes) {
  micros += static_cast<int64_t>(zone_minutes) * 60 * kSecond;
  int64_t days = floor_div(micros, kDay);
  auto in_day = static_cast<uint64_t>(micros - days * kDay);
  CivilDate date = civil_from_days(days);
  uint64_t second = in_day / kSecond;
  char text[] = "0000-00-00T00:00:00.000000";
  put_digits(text, static_cast<uint64_t>(date.year), 4);
  put_digits(text + 5, date.month, 2);
  put_digits(text + 8, date.day, 2);
  put_digits(text + 11, second / 3600, 2);
  put_digits(text + 14, second / 60 % 60, 2);
  put_digits(text + 17, second % 60, 2);
  put_digits(text + 20, in_day % kSecond, 6);
  out.append(text, digits == 0 ? 19 : 20 + static_cast<size_t>(digits));
  if (zone_minutes == 0) {
    out += 'Z';
    return;
  }
  unsigned offset = static_cast<unsigned>(zone_minutes < 0 ? -zone_minutes : zone_minutes);
  char zone[] = "+00:00";
  if (zone_minutes < 0) zone[0] = '-';
  put_digits(zone + 1, offset / 60, 2);
  put_digits(zone + 4, offset % 60, 2);
  out.append(zone, 6);
}

std::string format_instant(int64_t micros, int digits, int zone_minutes) {
  std::string out;
  out.reserve(32);
  append_instant(out, micros, digits, zone_minutes);
  return out;
}

std::optional<int64_t> parse_instant(std::string_view text) {
  if (text.size() < 20 || text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' ||
      text[16] != ':')
    return std::nullopt;
  auto base = make_instant(take_digits(text, 0, 4), take_digits(text, 5, 2), take_digits(text, 8, 2),
                           take_digits(text, 11, 2), take_digits(text, 14, 2), take_digits(text, 17, 2));
  if (!base) return std::nullopt;
  size_t at = 19;
  int64_t fraction = 0;
  if (text[at] == '.') {
    int64_t unit = kSecond / 10;
    size_t begin = ++at;
    for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, unit /= 10)
      fraction += (text[at] - '0') * unit;
    if (at == begin) return std::nullopt;
  }
  auto zone = parse_zone(text.substr(at));
  if (!zone) return std::nullopt;
  return *base + fraction - *zone * 60 * kSecond;
}

std::string format_http_date(int64_t micros) {
  int64_t days = floor_div(micros, kDay);
  CivilDate date = civil_from_days(days);
  auto second = static_cast<uint64_t>((micros - days * kDay) / kSecond);
  char text[] = "Sun, 00 Jan 0000 00:00:00 GMT";
  std::memcpy(text, kWeekdays[static_cast<size_t>(days - floor_div(days + 4, 7) * 7 + 4)], 3);
  put_digits(text + 5, date.day, 2);
  std::memcpy(text + 8, kMonths[date.month - 1], 3);
  put_digits(text + 12, static_cast<uint64_t>(date.year), 4);
  put_digits(text + 17, second / 3600, 2);
  put_digits(text + 20, second / 60 % 60, 2);
  put_digits(text + 23, second % 60, 2);
  return {text, 29};
}

std::optional<int64_t> parse_http_date(std::string_view text) {
  if (text.size() != 29 || text.substr(25) != " GMT" || text[3] != ',') return std::nullopt;
  for (size_t month = 0; month < kMonths.size(); ++month) {
    if (text.substr(8, 3) != kMonths[month]) continue;
    return make_instant(take_digits(text, 12, 4), static_cast<int64_t>(month) + 1, take_digits(text, 5, 2),
                        take_digits(text, 17, 2), take_digits(text, 20, 2), take_digits(text, 23, 2));
  }
  return std::nullopt;
}

}  // namespace witmed
