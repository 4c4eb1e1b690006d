#include "fhir/temporal.h"

#include <fmt/format.h>

#include <chrono>

namespace witmed::fhir {
namespace {

using Precision = Temporal::Precision;
constexpr int64_t kSecond = 1'000'000;

// Reads fixed-width numbers and separators from the front of a text.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  bool end() const { return at_ == text_.size(); }
  char peek() const { return end() ? '\0' : text_[at_]; }
  bool take(char c) {
    if (peek() != c) return false;
    ++at_;
    return true;
  }
  bool digit() const { return peek() >= '0' && peek() <= '9'; }

  template <typename Number>
  bool number(int width, int low, int high, Number& out) {
    int value = 0;
    for (int i = 0; i < width; ++i, ++at_) {
      if (!digit()) return false;
      value = value * 10 + (peek() - '0');
    }
    if (value < low || value > high) return false;
    out = static_cast<Number>(value);
    return true;
  }

  bool fraction(Temporal& value) {
    uint32_t scale = 100'000;
    if (!digit()) return false;
    for (; digit(); ++at_) {
      if (value.fraction_digits < 6) {
        value.microsecond += uint32_t(peek() - '0') * scale;
        scale /= 10;
        ++value.fraction_digits;
      }
    }
    value.precision = Precision::fraction;
    return true;
  }

 private:
  std::string_view text_;
  size_t at_ = 0;
};

bool scan_clock(Scanner& in, Temporal& value) {
  if (!in.number(2, 0, 24, value.hour)) return false;
  value.precision = Precision::hour;
  if (in.take(':')) {
    if (!in.number(2, 0, 59, value.minute)) return false;
    value.precision = Precision::minute;
    if (in.take(':')) {
      if (!in.number(2, 0, 60, value.second)) return false;
      value.precision = Precision::second;
      if (value.second == 60) {  // a leap second: FHIR allows it, the calendar here does not know it
        value.second = 59;
        value.leap_second = true;
      }
      if (in.take('.') && !in.fraction(value)) return false;
    }
  }
  return value.hour < 24;
}

bool scan_zone(Scanner& in, Temporal& value) {
  if (in.end()) return true;
  value.has_zone = true;
  if (in.take('Z')) return true;
  int sign = in.take('-') ? -1 : 1;
  if (sign == 1 && !in.take('+')) return false;
  int hours = 0, minutes = 0;
  if (!in.number(2, 0, 14, hours) || !in.take(':') || !in.number(2, 0, 59, minutes)) return false;
  value.zone_minutes = static_cast<int16_t>(sign * (hours * 60 + minutes));
  return true;
}

int64_t unit_of(const Temporal& value) {
  switch (value.precision) {
    case Precision::hour: return 3600 * kSecond;
    case Precision::minute: return 60 * kSecond;
    case Precision::second: return kSecond;
    default: break;
  }
  int64_t unit = kSecond;
  for (int i = 0; i < value.fraction_digits; ++i) unit /= 10;
  return unit;
}

int64_t days(int32_t year, unsigned month, unsigned day) {
  using namespace std::chrono;
  return sys_days(std::chrono::year(year) / month / day).time_since_epoch().count();
}

}  // namespace

bool is_valid_day(int32_t year, unsigned month, unsigned day) {
  using namespace std::chrono;
  return (std::chrono::year(year) / month / day).ok();
}

unsigned days_in_month(int32_t year, unsigned month) {
  using namespace std::chrono;
  return unsigned((std::chrono::year(year) / month / last).day());
}

std::optional<Temporal> parse_date_time(std::string_view text) {
  Temporal value;
  Scanner in(text);
  if (!in.number(4, 1, 9999, value.year)) return std::nullopt;
  if (in.end()) return value;
  if (!in.take('-') || !in.number(2, 1, 12, value.month)) return std::nullopt;
  value.precision = Precision::month;
  if (in.end()) return value;
  if (!in.take('-') || !in.number(2, 1, 31, value.day)) return std::nullopt;
  if (!is_valid_day(value.year, value.month, value.day)) return std::nullopt;
  value.precision = Precision::day;
  if (in.end()) return value;
  if (!in.take('T') || !scan_clock(in, value) || !scan_zone(in, value) || !in.end()) return std::nullopt;
  return value;
}

std::optional<Temporal> parse_time(std::string_view text) {
  Temporal value;
  Scanner in(text);
  if (!scan_clock(in, value) || !in.end()) return std::nullopt;
  return value;
}

int64_t instant(const Temporal& value, int zone_minutes) {
  int zone = value.has_zone ? value.zone_minutes : zone_minutes;
  int64_t seconds = days(value.year, value.month, value.day) * 86'400 + value.hour * 3600 +
                    value.minute * 60 + value.second - zone * 60;
  return seconds * kSecond + value.microsecond;
}

Span span(const Temporal& value, int zone_minutes) {
  int64_t low = instant(value, zone_minutes);
  if (value.precision > Precision::day) return {low, low + unit_of(value)};
  int64_t first = days(value.year, value.month, value.day);
  int64_t after = first + 1;
  if (value.precision == Precision::year) after = days(value.year + 1, 1, 1);
  if (value.precision == Precision::month) after = first + days_in_month(value.year, value.month);
  return {low, low + (after - first) * 86'400 * kSecond};
}

Temporal from_instant(int64_t microseconds, int zone_minutes) {
  using namespace std::chrono;
  sys_time<std::chrono::microseconds> time{std::chrono::microseconds(microseconds) + minutes(zone_minutes)};
  sys_days day = floor<std::chrono::days>(time);
  year_month_day date(day);
  hh_mm_ss clock(time - day);
  Temporal value;
  value.year = int(date.year());
  value.month = uint8_t(unsigned(date.month()));
  value.day = uint8_t(unsigned(date.day()));
  value.hour = uint8_t(clock.hours().count());
  value.minute = uint8_t(clock.minutes().count());
  value.second = uint8_t(clock.seconds().count());
  value.microsecond = uint32_t(clock.subseconds().count());
  value.fraction_digits = 6;
  value.precision = Precision::fraction;
  value.has_zone = true;
  value.zone_minutes = int16_t(zone_minutes);
  return value;
}

std::string to_text(const Temporal& value, bool time_of_day) {
  std::string out;
  if (!time_of_day) {
    out = fmt::format("{:04}", value.year);
    if (value.precision >= Precision::month) out += fmt::format("-{:02}", value.month);
    if (value.precision >= Precision::day) out += fmt::format("-{:02}", value.day);
    if (value.precision > Precision::day) out += 'T';
  }
  if (value.precision >= Precision::hour) out += fmt::format("{:02}", value.hour);
  if (value.precision >= Precision::minute) out += fmt::format(":{:02}", value.minute);
  if (value.precision >= Precision::second) out += fmt::format(":{:02}", value.second);
  if (value.precision == Precision::fraction) {
    out += '.' + fmt::format("{:06}", value.microsecond).substr(0, value.fraction_digits);
  }
  if (value.has_zone) {
    int zone = value.zone_minutes;
    out += zone == 0
               ? "Z"
               : fmt::format("{}{:02}:{:02}", zone < 0 ? '-' : '+', std::abs(zone) / 60, std::abs(zone) % 60);
  }
  return out;
}

}  // namespace witmed::fhir
