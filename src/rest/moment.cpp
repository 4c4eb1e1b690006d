#include "rest/moment.h"

#include <optional>

#include "base/text.h"
#include "base/time.h"
#include "fhir/issue.h"

namespace witmed::rest {
namespace {

constexpr int64_t kSecond = 1'000'000, kMinute = 60 * kSecond, kDay = 86'400 * kSecond;

int64_t midnight(int64_t year, unsigned month, unsigned day) {
  return days_from_civil({year, month, day}) * kDay;
}

std::optional<Moment> read_date(std::string_view text) {
  auto year = parse_unsigned(text.substr(0, 4));
  if (text.size() == 4 && year)
    return Moment{midnight(static_cast<int64_t>(*year), 1, 1),
                  midnight(static_cast<int64_t>(*year) + 1, 1, 1)};
  if (text.size() != 7 && text.size() != 10) return std::nullopt;
  std::string whole = std::string(text) + (text.size() == 7 ? "-01" : "") + "T00:00:00Z";
  auto low = parse_instant(whole);
  if (!low) return std::nullopt;
  if (text.size() == 10) return Moment{*low, *low + kDay};
  CivilDate date = civil_from_days(*low / kDay - (*low % kDay < 0 ? 1 : 0));
  bool december = date.month == 12;
  return Moment{*low, midnight(date.year + (december ? 1 : 0), december ? 1 : date.month + 1, 1)};
}

std::optional<Moment> read_time(const std::string& text, int zone_minutes) {
  if (auto whole = parse_instant(text)) {
    bool fraction = text.size() > 19 && text[19] == '.';
    return Moment{*whole, *whole + (fraction ? 1000 : kSecond)};
  }
  auto shifted = [&](const std::string& utc) { return parse_instant(utc); };
  if (text.size() == 16) {
    if (auto low = shifted(text + ":00Z"))
      return Moment{*low - zone_minutes * kMinute, *low - zone_minutes * kMinute + kMinute};
  } else if (auto low = shifted(text + "Z")) {
    return Moment{*low - zone_minutes * kMinute, *low - zone_minutes * kMinute + kSecond};
  }
  return std::nullopt;
}

}  // namespace

Moment read_moment(std::string_view param, std::string text, int zone_minutes) {
  for (char& c : text)
    if (c == ' ') c = '+';  // a "+" that was not escaped arrives as a space
  if (auto date = read_date(text))
    return {date->low - zone_minutes * kMinute, date->high - zone_minutes * kMinute};
  if (auto time = read_time(text, zone_minutes)) return *time;
  std::string name(param);
  throw fhir::Rejection(400, "value",
                        name + " must be a date or an instant such as 2024-02-29T08:00:00+08:00",
                        name + " 应为日期或时刻，例如 2024-02-29T08:00:00+08:00");
}

}  // namespace witmed::rest
