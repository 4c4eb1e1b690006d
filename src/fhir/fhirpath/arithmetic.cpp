// + - * / div mod, and dates moved by quantities (http://hl7.org/fhirpath/N1/#math, #datetime-arithmetic).
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "fhir/fhirpath/machine.h"
#include "fhir/fhirpath/operators.h"
#include "fhir/fhirpath/quantity.h"
#include "fhir/fhirpath/said.h"

namespace witmed::fhir {
namespace {

using VK = Item::Kind;
using Op = Ast::Op;

std::optional<Item> numbers(Op op, const Item& a, const Item& b) {
  bool whole = a.kind == VK::integer && b.kind == VK::integer;
  std::optional<Decimal> result;
  switch (op) {
    case Op::add: result = add(a.number, b.number); break;
    case Op::subtract: result = add(a.number, b.number.negated()); break;
    case Op::multiply: result = multiply(a.number, b.number); break;
    case Op::divide:
      result = divide(a.number, b.number);
      whole = false;
      break;
    case Op::quotient:
      result = quotient(a.number, b.number);
      whole = true;
      break;
    default: result = remainder(a.number, b.number); break;
  }
  if (!result) return std::nullopt;
  if (!whole) return Item::of(*result);
  auto integer = result->integer();
  return integer ? std::optional(Item::of(*integer)) : std::nullopt;
}

std::string product_unit(Op op, std::string_view a, std::string_view b) {
  if (b == "1" || b.empty()) return std::string(a);
  if (op == Op::divide && a == b) return "1";
  if (a == "1" || a.empty()) return op == Op::divide ? fmt::format("1/{}", b) : std::string(b);
  if (op == Op::multiply && a == b) return fmt::format("{}2", a);
  return fmt::format("{}{}{}", a, op == Op::divide ? '/' : '.', b);
}

std::optional<Item> quantities(Machine& machine, Op op, Item a, Item b) {
  a.kind = b.kind = VK::quantity;
  if (a.unit.empty()) a.unit = "1";
  if (b.unit.empty()) b.unit = "1";
  if (op == Op::multiply || op == Op::divide) {
    auto number = op == Op::multiply ? multiply(a.number, b.number) : divide(a.number, b.number);
    if (!number) return std::nullopt;
    return Item::of(*number, machine.keep(product_unit(op, definite_unit(a.unit), definite_unit(b.unit))));
  }
  if (op != Op::add && op != Op::subtract) return std::nullopt;
  // The second in the unit of the first.
  auto moved = converted(b.number, definite_unit(b.unit), definite_unit(a.unit));
  if (!moved) return std::nullopt;
  b.number = *moved;
  auto sum = add(a.number, op == Op::add ? b.number : b.number.negated());
  return sum ? std::optional(Item::of(*sum, a.unit)) : std::nullopt;
}

// Whole months onto a date; the last day of a shorter month where there is no such day.
bool add_months(Temporal& value, int64_t months) {
  int64_t total = int64_t(value.year) * 12 + value.month - 1 + months;
  if (total < 12 || total >= 120'000) return false;
  value.year = int32_t(total / 12);
  value.month = uint8_t(total % 12 + 1);
  value.day = uint8_t(std::min<unsigned>(value.day, days_in_month(value.year, value.month)));
  return true;
}

bool add_microseconds(Temporal& value, int64_t microseconds, bool time) {
  int zone = value.has_zone ? value.zone_minutes : 0;
  constexpr int64_t kDay = 86'400'000'000;
  int64_t moment = instant(value, 0);
  int64_t moved;
  if (__builtin_add_overflow(moment, microseconds, &moved)) return false;
  if (time) {
    int64_t base = moment - ((moment % kDay) + kDay) % kDay;
    moved = base + (((moved - base) % kDay) + kDay) % kDay;
  }
  if (moved < -62'135'596'800'000'000 || moved > 253'402'300'799'000'000) return false;  // years 1 to 9999
  Temporal next = from_instant(moved, zone);
  next.precision = value.precision;
  next.fraction_digits = value.fraction_digits;
  next.has_zone = value.has_zone;
  next.zone_minutes = value.zone_minutes;
  value = next;
  return true;
}

struct Step {
  std::string_view word, ucum;
  int64_t months;
  int64_t microseconds;
};
using P = Temporal::Precision;
constexpr Step kSteps[] = {{"year", "", 12, 0},
                           {"month", "", 1, 0},
                           {"week", "wk", 0, 604'800'000'000},
                           {"day", "d", 0, 86'400'000'000},
                           {"hour", "h", 0, 3'600'000'000},
                           {"minute", "min", 0, 60'000'000},
                           {"second", "s", 0, 1'000'000},
                           {"millisecond", "ms", 0, 1000}};

const Step* step_of(std::string_view unit) {
  if (unit.size() > 3 && unit.ends_with('s')) unit.remove_suffix(1);
  for (const Step& step : kSteps) {
    if (unit == step.word || (!step.ucum.empty() && unit == step.ucum)) return &step;
  }
  return nullptr;
}

// A step finer than the value moves it by whole units of what it has: @2015 + 13 months is @2016.
bool move(Temporal& value, const Step& step, int64_t whole, int64_t microseconds, bool time) {
  if (step.months != 0) {
    if (value.precision == P::year) return add_months(value, whole * step.months / 12 * 12);
    return add_months(value, whole * step.months);
  }
  if (time || value.precision >= P::day) {
    if (value.precision == P::day) microseconds -= microseconds % 86'400'000'000;
    if (value.precision < P::fraction && value.precision >= P::second)
      microseconds -= microseconds % 1'000'000;
    return add_microseconds(value, microseconds, time);
  }
  int64_t days = microseconds / 86'400'000'000;
  return add_months(value, value.precision == P::year ? days / 365 * 12 : days / 30);
}

}  // namespace

std::optional<Item> shifted(Machine& machine, const Item& date, const Item& by, int sign) {
  auto value = temporal_of(date);
  const Step* step = step_of(by.unit);
  if (step == nullptr)
    machine.fail(said("a date cannot be moved by '{}'", "日期不能以“{}”为单位移动", by.unit));
  if (!value) return std::nullopt;
  bool time = date.kind == VK::time;
  if (time && step->microseconds == 0)
    machine.fail(said("a time cannot be moved by months or years", "时刻不能以月或年移动"));
  auto whole = by.number.integer();
  if (!whole || std::abs(*whole) > 1'000'000'000'000) return std::nullopt;
  // Only whole units move a date: 7.7 days are 7.
  int64_t microseconds = 0;
  if (__builtin_mul_overflow(*whole, step->microseconds, &microseconds)) return std::nullopt;
  if (!move(*value, *step, sign * *whole, sign * microseconds, time)) return std::nullopt;
  return Item::of(date.kind, machine.keep(to_text(*value, time)));
}

std::optional<Item> arithmetic(Machine& machine, Op op, const Item& a, const Item& b, uint32_t offset) {
  if (a.is_number() && b.is_number()) return numbers(op, a, b);
  bool sum = op == Op::add || op == Op::subtract;
  if (op == Op::add && a.kind == VK::string && b.kind == VK::string) {
    return Item::of(VK::string, machine.keep(std::string(a.text) + std::string(b.text)));
  }
  if (sum && a.is_temporal() && b.kind == VK::quantity) return shifted(machine, a, b, op == Op::add ? 1 : -1);
  bool left = a.kind == VK::quantity, right = b.kind == VK::quantity;
  if ((left && right) || (!sum && ((left && b.is_number()) || (right && a.is_number())))) {
    return quantities(machine, op, a, b);
  }
  machine.fail(said("these two values cannot be calculated with", "这两个值不能一起计算"), offset);
}

}  // namespace witmed::fhir
