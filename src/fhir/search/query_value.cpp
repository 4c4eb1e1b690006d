#include "fhir/search/query_value.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

#include "fhir/reference.h"
#include "fhir/search/query_text.h"
#include "fhir/search/values.h"
#include "fhir/temporal.h"
#include "fhir/ucum/ucum.h"

namespace witmed::fhir {
namespace {

constexpr std::string_view kUcum = "http://unitsofmeasure.org";

struct PrefixName {
  std::string_view text;
  Prefix prefix;
};
constexpr PrefixName kPrefixes[] = {{"eq", Prefix::eq}, {"ne", Prefix::ne}, {"gt", Prefix::gt},
                                    {"lt", Prefix::lt}, {"ge", Prefix::ge}, {"le", Prefix::le},
                                    {"sa", Prefix::sa}, {"eb", Prefix::eb}, {"ap", Prefix::ap}};

// Takes "ge" and the like from the front; only before a digit or a sign, so that text is never mistaken for
// one.
Prefix take_prefix(std::string_view& text) {
  if (text.size() < 3 || std::string_view("0123456789+-.").find(text[2]) == std::string_view::npos)
    return Prefix::eq;
  for (const PrefixName& each : kPrefixes) {
    if (!text.starts_with(each.text)) continue;
    text.remove_prefix(2);
    return each.prefix;
  }
  return Prefix::eq;
}

// digits * 10^exponent, rounded once: as the decimal reads that has the same value.
double decimal(__int128 digits, int exponent) {
  std::string text = digits < 0 ? "-" : "";
  const size_t sign = text.size();
  for (auto rest = digits < 0 ? -digits : digits; rest > 0 || text.size() == sign; rest /= 10)
    text.insert(text.begin() + static_cast<long>(sign), static_cast<char>('0' + static_cast<int>(rest % 10)));
  text += fmt::format("e{}", exponent);
  double value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

// Half a unit of the last written digit either side; R4 reads a whole number with a positive exponent more finely: 1e2 is
// [95, 105). Decimal arithmetic, so that 5.35 is the lower end of 5.4 and not a hair beside it.
void read_precision(std::string_view digits, QueryValue& value) {
  const size_t e = std::min(digits.find_first_of("eE"), digits.size()), point = digits.find('.');
  int exponent = 0;
  if (e < digits.size()) {
    const size_t from = e + 1 + (e + 1 < digits.size() && digits[e + 1] == '+');
    std::from_chars(digits.data() + from, digits.data() + digits.size(), exponent);
  }
  const int decimals = point == std::string_view::npos ? 0 : int(e - point - 1);
  const int finer = decimals == 0 && point == std::string_view::npos && exponent > 0 ? 1 : 0;
  __int128 whole = 0;
  size_t count = 0;
  for (char c : digits.substr(0, e)) {
    if (c < '0' || c > '9') continue;
    whole = whole * 10 + (c - '0');
    if (whole != 0) ++count;
  }
  const int unit = exponent - decimals - finer - 1;
  if (count > 30 || std::abs(exponent) > 400) {  // more digits than anything measured has
    value.low_number = value.high_number = value.number;
    return;
  }
  if (finer) whole *= 10;
  if (digits.starts_with('-')) whole = -whole;
  value.low_number = decimal(whole * 10 - 5, unit);
  value.high_number = decimal(whole * 10 + 5, unit);
}

bool read_number(std::string_view text, QueryValue& value) {
  std::string_view digits = text.starts_with('+') ? text.substr(1) : text;
  auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value.number);
  if (error != std::errc() || end != digits.data() + digits.size() || !std::isfinite(value.number))
    return false;
  read_precision(digits, value);
  if (value.prefix == Prefix::ap) {
    const double tenth = std::abs(value.number) * 0.1;
    value.low_number = settled(value.number - tenth);
    value.high_number = settled(value.number + tenth);
  }
  return true;
}

void parse_number(const ValueSyntax& syntax, std::string_view text, QueryValue& value) {
  value.prefix = take_prefix(text);
  if (!read_number(text, value)) reject("value", syntax.name, "a number is expected", "应为数字");
}

void parse_quantity(const ValueSyntax& syntax, std::string_view text, QueryValue& value) {
  auto parts = split_escaped(text, '|');
  if (parts.size() != 1 && parts.size() != 3) {
    reject("value", syntax.name, "[prefix]number or [prefix]number|system|code is expected",
           "应为 数值 或 数值|系统|单位");
  }
  parse_number(syntax, parts[0], value);
  if (parts.size() == 1) return;
  value.a = unescape_value(parts[1]);
  value.b = unescape_value(parts[2]);
  value.any_system = value.a.empty() && value.b.empty();
  if (value.a != kUcum || value.b.empty()) return;
  auto unit = ucum::parse(value.b);
  if (!unit) return;
  auto convert = [&](double number) { return settled(number * unit->factor + unit->offset); };
  value.canonical = convert(value.number);
  value.canonical_low = convert(value.low_number);
  value.canonical_high = convert(value.high_number);
  value.canonical_unit = unit->base;
}

void parse_token(std::string_view text, QueryValue& value) {
  auto parts = split_escaped(text, '|');
  if (parts.size() == 1) {
    value.b = unescape_value(text);
    return;
  }
  value.any_system = false;
  value.a = unescape_value(parts[0]);
  value.b = unescape_value(text.substr(parts[0].size() + 1));
  value.any_code = value.b.empty();
}

void parse_of_type(const ValueSyntax& syntax, std::string_view text, QueryValue& value) {
  auto parts = split_escaped(text, '|');
  if (parts.size() != 3) reject("value", syntax.name, "system|code|value is expected", "应为 系统|类型|值");
  value.a = unescape_value(parts[0]);
  value.b = unescape_value(parts[1]);
  value.c = unescape_value(parts[2]);
  value.any_system = value.a.empty();
}

void parse_reference(const ValueSyntax& syntax, std::string_view text, QueryValue& value) {
  if (syntax.modifier == Modifier::identifier) return parse_token(text, value);
  std::string written = unescape_value(text);
  ReferenceParts parts = split_reference(written);
  std::string_view base = syntax.settings.values.base_url;
  if (base.ends_with('/')) base.remove_suffix(1);
  bool ours = parts.type != 0 && (parts.base.empty() || (!base.empty() && parts.base == base));
  if (ours) {
    value.a = Definitions::r4().type(parts.type).name;
    value.b = parts.id;
    value.version = parts.version;
  } else if (is_id(written)) {
    value.b = written;
  } else {
    size_t bar = written.rfind('|');
    value.c = written.substr(0, bar);
    if (bar != std::string::npos) value.a = written.substr(bar + 1);
  }
}

void parse_composite(const ValueSyntax& syntax, std::string_view text, QueryValue& value) {
  auto parts = split_escaped(text, '$');
  if (parts.size() != syntax.param.components.size()) {
    reject("value", syntax.name,
           fmt::format("{} values joined by $ are expected", syntax.param.components.size()),
           fmt::format("应为以 $ 连接的 {} 个值", syntax.param.components.size()));
  }
  for (size_t i = 0; i < parts.size(); ++i) {
    ValueSyntax inner{*syntax.param.components[i].param, Modifier::none, syntax.settings, syntax.name};
    value.components.push_back(parse_value(inner, parts[i]));
  }
}

// "\\" stands before , | $ or itself, and nothing else (http://hl7.org/fhir/R4/search.html#escaping).
void check_escapes(std::string_view name, std::string_view text) {
  for (size_t at = text.find('\\'); at != std::string_view::npos; at = text.find('\\', at + 2))
    if (at + 1 == text.size() || std::string_view(",|$\\").find(text[at + 1]) == std::string_view::npos)
      reject("value", name, "\"\\\\\" must stand before , | $ or another \\\\", "“\\\\”只能写在 , | $ 或另一个 \\\\ 之前");
}

}  // namespace

void reject(const char* code, std::string_view name, std::string_view en, std::string_view zh) {
  throw Rejection(400, code, fmt::format("Search parameter '{}': {}", name, en),
                  fmt::format("检索参数“{}”：{}", name, zh));
}

QueryValue parse_date_value(std::string_view name, std::string_view text, const ParseSettings& settings) {
  QueryValue value;
  value.prefix = take_prefix(text);
  std::string written = unescape_value(text);
  // A "+" that was not percent-encoded arrives as a space.
  if (size_t space = written.find(' '); space != std::string::npos) written[space] = '+';
  auto parsed = parse_date_time(written);
  if (!parsed || parsed->precision == Temporal::Precision::hour)
    reject("value", name, "a date such as 2024, 2024-05, 2024-05-06 or 2024-05-06T07:08:09+08:00 is expected",
           "应为日期，如 2024、2024-05、2024-05-06 或 2024-05-06T07:08:09+08:00");
  Span known = span(*parsed, settings.values.zone_minutes);
  value.low = known.low;
  value.high = known.high;
  if (value.prefix == Prefix::ap) {  // a tenth of the time between then and now, either side
    int64_t gap = std::abs(settings.now - known.low) / 10;
    value.low -= gap;
    value.high += gap;
  }
  return value;
}

QueryValue parse_value(const ValueSyntax& syntax, std::string_view text) {
  QueryValue value;
  check_escapes(syntax.name, text);
  if (syntax.modifier == Modifier::missing) {
    if (text != "true" && text != "false")
      reject("value", syntax.name, "true or false is expected", "应为 true 或 false");
    value.missing = text == "true";
    return value;
  }
  if (syntax.modifier == Modifier::text) {
    value.a = unescape_value(text);
    return value;
  }
  switch (syntax.param.type) {
    case SearchType::number: parse_number(syntax, text, value); break;
    case SearchType::date: return parse_date_value(syntax.name, text, syntax.settings);
    case SearchType::quantity: parse_quantity(syntax, text, value); break;
    case SearchType::token:
      if (syntax.modifier == Modifier::of_type)
        parse_of_type(syntax, text, value);
      else
        parse_token(text, value);
      break;
    case SearchType::reference: parse_reference(syntax, text, value); break;
    case SearchType::composite: parse_composite(syntax, text, value); break;
    case SearchType::string: value.a = unescape_value(text); break;
    case SearchType::uri: {  // a version may follow: http://…|1.0
      const auto parts = split_escaped(text, '|');
      value.a = unescape_value(text);
      if (parts.size() == 2) value.b = unescape_value(parts[0]), value.c = unescape_value(parts[1]);
      break;
    }
    case SearchType::special: reject("not-supported", syntax.name, "is not supported", "尚不支持");
  }
  return value;
}

}  // namespace witmed::fhir
