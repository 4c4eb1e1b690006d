#include "fhir/fhirpath/quantity.h"

#include <fmt/format.h>

#include "fhir/ucum/ucum.h"

namespace witmed::fhir {
namespace {

struct CalendarUnit {
  std::string_view word, ucum;
  bool definite;
};
constexpr CalendarUnit kUnits[] = {{"year", "a", false},  {"month", "mo", false},     {"week", "wk", true},
                                   {"day", "d", true},    {"hour", "h", true},        {"minute", "min", true},
                                   {"second", "s", true}, {"millisecond", "ms", true}};

// What a double was meant to be: a factor of UCUM's table has no more than 15 digits.
std::optional<Decimal> meant(double value) { return Decimal::parse(fmt::format("{:.15g}", value)); }

}  // namespace

std::string_view definite_unit(std::string_view unit) {
  for (const CalendarUnit& each : kUnits)
    if (each.definite && each.word == unit) return each.ucum;
  return unit;
}

std::string_view nominal_unit(std::string_view unit) {
  for (const CalendarUnit& each : kUnits)
    if (each.word == unit) return each.ucum;
  return unit;
}

bool is_indefinite(std::string_view unit) { return unit == "year" || unit == "month"; }

bool commensurable(std::string_view a, std::string_view b) {
  auto x = ucum::parse(a), y = ucum::parse(b);
  return x && y && x->base == y->base;
}

std::optional<Decimal> converted(const Decimal& number, std::string_view from, std::string_view to) {
  if (from == to) return number;
  auto x = ucum::parse(from), y = ucum::parse(to);
  if (!x || !y || x->base != y->base) return std::nullopt;
  if (x->offset != 0 || y->offset != 0)
    return meant((number.to_double() * x->factor + x->offset - y->offset) / y->factor);
  auto ratio = meant(x->factor / y->factor), inverse = meant(y->factor / x->factor);
  // Multiplied or divided, by whichever is the shorter number: 90 'min' in 'h' is 90 / 60, not 90 * 0.0166….
  std::optional<Decimal> out;
  if (ratio && (!inverse || ratio->digits() <= inverse->digits()))
    out = multiply(number, *ratio);
  else if (inverse)
    out = divide(number, *inverse);
  bool lost = out && out->is_zero() && !number.is_zero();
  return out && !lost ? std::optional(out->trimmed()) : meant(number.to_double() * (x->factor / y->factor));
}

}  // namespace witmed::fhir
