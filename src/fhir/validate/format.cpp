#include "fhir/validate/format.h"

#include <algorithm>
#include <array>
#include <vector>

#include "fhir/validate/xhtml.h"

namespace witmed::fhir {
namespace {

bool digit(char c) { return static_cast<unsigned char>(c - '0') < 10; }
bool space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
int number(const char* p, int digits) {
  int value = 0;
  for (int i = 0; i < digits; ++i) {
    if (!digit(p[i])) return -1;
    value = value * 10 + (p[i] - '0');
  }
  return value;
}

int days_in(int year, int month) {
  static constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  return month == 2 && leap ? 29 : kDays[month - 1];
}

// YYYY[-MM[-DD]] that exists; length of what must be there is given by the text itself.
bool is_date(std::string_view s) {
  if (s.size() != 4 && s.size() != 7 && s.size() != 10) return false;
  const int year = number(s.data(), 4);
  if (year < 1) return false;
  if (s.size() == 4) return true;
  const int month = number(s.data() + 5, 2);
  if (s[4] != '-' || month < 1 || month > 12) return false;
  if (s.size() == 7) return true;
  const int day = number(s.data() + 8, 2);
  return s[7] == '-' && day >= 1 && day <= days_in(year, month);
}

// hh:mm:ss[.f…] at the beginning of `s`; how many characters it takes, 0 when it is none. Second 60 is a leap
// second.
size_t clock_length(std::string_view s) {
  if (s.size() < 8 || s[2] != ':' || s[5] != ':') return 0;
  const int hour = number(s.data(), 2), minute = number(s.data() + 3, 2), second = number(s.data() + 6, 2);
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60) return 0;
  if (s.size() == 8 || s[8] != '.') return 8;
  size_t end = 9;
  while (end < s.size() && digit(s[end])) ++end;
  return end == 9 ? 0 : end;
}

bool is_zone(std::string_view s) {
  if (s == "Z") return true;
  if (s.size() != 6 || (s[0] != '+' && s[0] != '-') || s[3] != ':') return false;
  const int hour = number(s.data() + 1, 2), minute = number(s.data() + 4, 2);
  return hour >= 0 && minute >= 0 && minute <= 59 && (hour <= 13 || (hour == 14 && minute == 0));
}

bool is_instant(std::string_view s) {
  if (s.size() < 20 || s[10] != 'T' || !is_date(s.substr(0, 10))) return false;
  const size_t clock = clock_length(s.substr(11));
  return clock && is_zone(s.substr(11 + clock));
}

// Decimal digits without leading zeros, within [low, high].
bool is_integer(std::string_view s, int64_t low, int64_t high) {
  const bool negative = !s.empty() && s[0] == '-';
  if (negative) s.remove_prefix(1);
  if (s.empty() || s.size() > 10 || (s[0] == '0' && s.size() > 1)) return false;
  int64_t value = 0;
  for (char c : s) {
    if (!digit(c)) return false;
    value = value * 10 + (c - '0');
  }
  value = negative ? -value : value;
  return value >= low && value <= high;
}

constexpr size_t kStringCharacters =
    1u << 20;  // "FHIR strings SHALL NOT exceed 1MB (1024*1024 characters) in size"

bool too_long(std::string_view s) {
  if (s.size() <= kStringCharacters) return false;
  const auto characters = std::count_if(s.begin(), s.end(), [](char c) { return (c & 0xC0) != 0x80; });
  return static_cast<size_t>(characters) > kStringCharacters;
}

// Control characters can only come by escapes; XML, the other form of FHIR, cannot write them at all.
bool is_string(std::string_view s) {
  const auto control = [](char c) {
    return static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r';
  };
  return !s.empty() && !too_long(s) && std::none_of(s.begin(), s.end(), control);
}

bool is_code(std::string_view s) {
  if (s.empty() || space(s.front()) || space(s.back())) return false;
  for (size_t i = 1; i < s.size(); ++i) {
    if (space(s[i]) && space(s[i - 1])) return false;
  }
  return true;
}

// A bit for each set of characters that formats are made of.
enum : uint8_t { kId = 1, kHex = 2, kBase64 = 4 };
constexpr std::array<uint8_t, 256> make_classes() {
  std::array<uint8_t, 256> table{};
  for (int c = '0'; c <= '9'; ++c) table[static_cast<size_t>(c)] = kId | kHex | kBase64;
  for (int c = 'A'; c <= 'Z'; ++c) table[static_cast<size_t>(c)] = kId | kBase64;
  for (int c = 'a'; c <= 'z'; ++c) table[static_cast<size_t>(c)] = kId | kBase64;
  for (int c = 'a'; c <= 'f'; ++c) table[static_cast<size_t>(c)] |= kHex;
  table['-'] = table['.'] = kId;
  table['+'] = table['/'] = kBase64;
  return table;
}
constexpr auto kClasses = make_classes();
bool in_class(char c, uint8_t set) { return kClasses[static_cast<unsigned char>(c)] & set; }
bool all_in(std::string_view s, uint8_t set) {
  return std::all_of(s.begin(), s.end(), [set](char c) { return in_class(c, set); });
}

bool is_id(std::string_view s) { return !s.empty() && s.size() <= 64 && all_in(s, kId); }

bool is_uri(std::string_view s) {
  return !s.empty() && std::none_of(s.begin(), s.end(),
                                    [](char c) { return space(c) || static_cast<unsigned char>(c) < 0x20; });
}

bool is_oid(std::string_view s) {
  if (!s.starts_with("urn:oid:")) return false;
  s.remove_prefix(8);
  if (s.size() < 3 || s[0] < '0' || s[0] > '2' || s[1] != '.') return false;
  for (size_t i = 1; i < s.size();) {
    size_t end = ++i;
    while (end < s.size() && digit(s[end])) ++end;
    if (end == i || (s[i] == '0' && end - i > 1) || (end < s.size() && s[end] != '.')) return false;
    i = end;
  }
  return true;
}

bool is_uuid(std::string_view s) {
  if (s.size() != 45 || !s.starts_with("urn:uuid:")) return false;
  s.remove_prefix(9);
  for (size_t i = 0; i < s.size(); ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (dash ? s[i] != '-' : !in_class(s[i], kHex)) return false;
  }
  return true;
}

bool is_base64(std::string_view s) {
  size_t data = 0, padding = 0;
  for (char c : s) {
    if (in_class(c, kBase64)) {
      if (padding) return false;
      ++data;
    } else if (c == '=') {
      ++padding;
    } else if (!space(c)) {
      return false;
    }
  }
  return data && padding <= 2 && (data + padding) % 4 == 0;
}

constexpr struct {
  const char* type;
  Format format;
} kFormats[] = {{"boolean", Format::boolean},
                {"integer", Format::integer},
                {"positiveInt", Format::positive_int},
                {"unsignedInt", Format::unsigned_int},
                {"decimal", Format::decimal},
                {"string", Format::string},
                {"markdown", Format::string},
                {"code", Format::code},
                {"id", Format::id},
                {"uri", Format::uri},
                {"url", Format::uri},
                {"canonical", Format::uri},
                {"oid", Format::oid},
                {"uuid", Format::uuid},
                {"base64Binary", Format::base64},
                {"date", Format::date},
                {"dateTime", Format::date_time},
                {"instant", Format::instant},
                {"time", Format::time},
                {"xhtml", Format::xhtml}};

std::vector<Format> formats_by_type() {
  std::vector<Format> out(Definitions::r4().types().size(), Format::none);
  for (const auto& f : kFormats) out[Definitions::r4().type_id(f.type)] = f.format;
  return out;
}

}  // namespace

Format format_of(TypeId type) {
  static const std::vector<Format> formats = formats_by_type();
  return type < formats.size() ? formats[type] : Format::none;
}

Kind json_kind(Format format) {
  switch (format) {
    case Format::boolean: return Kind::boolean;
    case Format::integer:
    case Format::positive_int:
    case Format::unsigned_int:
    case Format::decimal: return Kind::number;
    default: return Kind::string;
  }
}

bool well_formed(Format format, std::string_view s) {
  switch (format) {
    case Format::none:
    case Format::boolean:
    case Format::decimal: return true;  // JSON's own grammar is the format
    case Format::integer: return is_integer(s, INT32_MIN, INT32_MAX);
    case Format::positive_int: return is_integer(s, 1, INT32_MAX);
    case Format::unsigned_int: return is_integer(s, 0, INT32_MAX);
    case Format::string: return is_string(s);
    case Format::code: return is_code(s);
    case Format::id: return is_id(s);
    case Format::uri: return is_uri(s);
    case Format::oid: return is_oid(s);
    case Format::uuid: return is_uuid(s);
    case Format::base64: return is_base64(s);
    case Format::date: return is_date(s);
    case Format::date_time: return s.size() <= 10 ? is_date(s) : is_instant(s);
    case Format::instant: return is_instant(s);
    case Format::time: return s.size() >= 8 && clock_length(s) == s.size();
    case Format::xhtml: return is_narrative(s);
  }
  return false;
}

FormatHelp describe(Format format) {
  switch (format) {
    case Format::boolean:
      return {"boolean: true or false, without quotes", "boolean：true 或 false，不带引号"};
    case Format::integer:
      return {"integer: a whole number of 32 bits, without quotes", "integer：32 位整数，不带引号"};
    case Format::positive_int: return {"positiveInt: a whole number from 1", "positiveInt：从 1 起的整数"};
    case Format::unsigned_int: return {"unsignedInt: a whole number from 0", "unsignedInt：从 0 起的整数"};
    case Format::decimal: return {"decimal: a number, without quotes", "decimal：数字，不带引号"};
    case Format::string:
      return {"string: not empty, at most 1048576 characters, no control characters",
              "string：不为空，不超过 1048576 个字符，不含控制字符"};
    case Format::code:
      return {"code: no space at its ends, no two spaces together", "code：首尾无空格，中间无连续空格"};
    case Format::id: return {"id: 1 to 64 of A-Z a-z 0-9 - .", "id：1 至 64 个字符，限 A-Z a-z 0-9 - ."};
    case Format::uri: return {"uri: not empty, no white space", "uri：不为空，不含空白"};
    case Format::oid: return {"oid: urn:oid:1.2.3", "oid：形如 urn:oid:1.2.3"};
    case Format::uuid:
      return {"uuid: urn:uuid: and 36 lower-case characters", "uuid：urn:uuid: 加 36 个小写字符"};
    case Format::base64: return {"base64Binary: groups of four characters", "base64Binary：每四个字符一组"};
    case Format::date:
      return {"date: YYYY, YYYY-MM or YYYY-MM-DD, a day that exists",
              "date：YYYY、YYYY-MM 或 YYYY-MM-DD，且日期存在"};
    case Format::date_time:
      return {"dateTime: YYYY, YYYY-MM, YYYY-MM-DD or YYYY-MM-DDThh:mm:ss+zz:zz",
              "dateTime：YYYY、YYYY-MM、YYYY-MM-DD 或 YYYY-MM-DDThh:mm:ss+zz:zz"};
    case Format::instant:
      return {"instant: YYYY-MM-DDThh:mm:ss.sss+zz:zz", "instant：YYYY-MM-DDThh:mm:ss.sss+zz:zz"};
    case Format::time: return {"time: hh:mm:ss", "time：hh:mm:ss"};
    case Format::xhtml:
      return {"xhtml: one <div> whose tags are closed, without scripts",
              "xhtml：一个 <div>，标签闭合，不含脚本"};
    case Format::none: break;
  }
  return {"value", "值"};
}

}  // namespace witmed::fhir
