#include "services/identity/birth.h"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "base/text.h"
#include "base/time.h"
#include "fhir/temporal.h"
#include "services/identity/resident_number.h"

namespace witmed::identity {
namespace {

// Words of the lunar calendar. 正月, 腊月 and 初… belong to it alone.
constexpr std::array<std::string_view, 9> kLunar = {"农历", "阴历", "旧历", "夏历", "正月", "腊月", "冬月", "闰", "初"};

std::string two(unsigned n) { return (n < 10 ? "0" : "") + std::to_string(n); }

struct Group {
  unsigned value;
  size_t length;
};

// Groups of digits with what stands between them; nothing else may.
std::optional<std::vector<Group>> groups_of(std::string_view text) {
  std::vector<Group> groups;
  for (size_t i = 0; i < text.size();) {
    if (text[i] >= '0' && text[i] <= '9') {
      Group group{0, 0};
      for (; i < text.size() && text[i] >= '0' && text[i] <= '9' && group.length < 9; ++i, ++group.length)
        group.value = group.value * 10 + static_cast<unsigned>(text[i] - '0');
      groups.push_back(group);
      continue;
    }
    size_t step = 0;
    for (std::string_view mark : {"年", "月", "日", "号", "/", ".", " "})
      if (text.substr(i).starts_with(mark)) step = mark.size();
    if (step == 0) return std::nullopt;
    i += step;
  }
  return groups;
}

BirthDate day(BirthDate read, unsigned year, unsigned month, unsigned day) {
  if (year < 1850 || !fhir::is_valid_day(static_cast<int32_t>(year), month, day)) {
    read.kind = ToldDate::impossible;
  } else {
    read.kind = ToldDate::day;
    read.date = std::to_string(year) + "-" + two(month) + "-" + two(day);
  }
  return read;
}

std::optional<CivilDate> civil(std::string_view date) {
  const auto read = fhir::parse_date_time(date.substr(0, 10));
  if (!read || read->precision != fhir::Temporal::Precision::day) return std::nullopt;
  return CivilDate{read->year, read->month, read->day};
}

}  // namespace

BirthDate read_birth_date(std::string_view text) {
  BirthDate read;
  read.text = trim(text);
  if (read.text.empty()) return read;
  read.kind = ToldDate::impossible;
  for (std::string_view word : kLunar)
    if (read.text.find(word) != std::string::npos) {
      read.kind = ToldDate::lunar;
      return read;
    }
  std::string plain;  // full-width digits narrowed; hyphens as strokes
  for (char c : read.text) plain += c == '-' ? '/' : c;
  plain = plain_document_number(plain);
  const auto groups = groups_of(plain);
  if (!groups || groups->empty()) return read;
  const Group first = groups->front();
  if (groups->size() == 1 && first.length == 8) return day(read, first.value / 10000, first.value / 100 % 100, first.value % 100);
  const bool plausible_year = first.length == 4 && first.value >= 1850;
  if (!plausible_year) {
    read.kind = groups->size() == 3 || first.length == 6 ? ToldDate::ambiguous : ToldDate::impossible;
    return read;
  }
  if (groups->size() == 3) return day(read, first.value, (*groups)[1].value, (*groups)[2].value);
  if (groups->size() > 2) return read;
  if (groups->size() == 2 && ((*groups)[1].value < 1 || (*groups)[1].value > 12)) return read;
  read.kind = ToldDate::partial;
  read.date = std::to_string(first.value);
  if (groups->size() == 2) read.date += "-" + two((*groups)[1].value);
  return read;
}

Age age_on(std::string_view birth_date, std::string_view at) {
  Age age;
  const auto from = civil(birth_date), to = civil(at);
  if (!from || !to) return age;
  age.total_days = days_from_civil(*to) - days_from_civil(*from);
  if (age.total_days < 0) return age;
  age.known = true;
  int months = static_cast<int>((to->year - from->year) * 12) + static_cast<int>(to->month) - static_cast<int>(from->month);
  const auto anniversary = [&](int n) {  // the day on which n months are over
    const int64_t index = from->year * 12 + static_cast<int64_t>(from->month) - 1 + n;
    const auto year = static_cast<int32_t>(index / 12);
    const auto month = static_cast<unsigned>(index % 12) + 1;
    return days_from_civil({year, month, 1}) + std::min(from->day, fhir::days_in_month(year, month) + 1) - 1;
  };
  const int64_t today = days_from_civil(*to);
  if (anniversary(months) > today) --months;
  age.years = months / 12;
  age.months = months % 12;
  age.days = static_cast<int>(today - anniversary(months));
  return age;
}

std::string age_text_zh(const Age& age) {
  if (!age.known) return "年龄不详";
  const auto n = [](int value) { return std::to_string(value); };
  if (age.years >= 3) return n(age.years) + "岁";
  if (age.years >= 1) return n(age.years) + "岁" + (age.months > 0 ? n(age.months) + "个月" : "");
  if (age.months >= 1) return n(age.months) + "个月" + (age.days > 0 ? n(age.days) + "天" : "");
  return n(age.days) + "天";
}

std::string age_text_en(const Age& age) {
  if (!age.known) return "age unknown";
  const auto n = [](int value, const char* unit) { return std::to_string(value) + " " + unit + (value == 1 ? "" : "s"); };
  if (age.years >= 3) return n(age.years, "year");
  if (age.years >= 1) return n(age.years, "year") + (age.months > 0 ? " " + n(age.months, "month") : "");
  if (age.months >= 1) return n(age.months, "month") + (age.days > 0 ? " " + n(age.days, "day") : "");
  return n(age.days, "day");
}

}  // namespace witmed::identity
