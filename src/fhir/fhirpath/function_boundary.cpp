// How precise a value is, and between which bounds the true one lies
// (http://hl7.org/fhirpath/#boundary-functions).
#include <algorithm>
#include <array>

#include "fhir/fhirpath/function_bodies.h"
#include "fhir/fhirpath/machine.h"
#include "fhir/fhirpath/operators.h"
#include "fhir/fhirpath/quantity.h"
#include "fhir/fhirpath/said.h"

namespace witmed::fhir::functions {
namespace {

using VK = Item::Kind;
using P = Temporal::Precision;

constexpr int kDefaultDigits = 8;

// The value half a unit of its last digit away, to `digits` after the point.
std::optional<Decimal> decimal_boundary(const Decimal& value, int64_t digits, bool low) {
  if (digits < 0 || digits > Decimal::kMaxScale) return std::nullopt;
  auto fine = value.rounded(value.scale() + 1, Decimal::Rounding::truncate);
  if (!fine) return std::nullopt;
  Decimal bound(fine->mantissa() + (low ? -5 : 5), fine->scale());
  return bound.rounded(int(digits), low ? Decimal::Rounding::floor : Decimal::Rounding::ceiling);
}

// Digits that a date or time shows: year 4, month 6, day 8, … fraction 17; a time 2, 4, 6, 9.
int shown(P precision, bool time) {
  constexpr std::array<int, 7> kDate = {4, 6, 8, 10, 12, 14, 17};
  constexpr std::array<int, 7> kTime = {0, 0, 0, 2, 4, 6, 9};
  return (time ? kTime : kDate)[size_t(precision)];
}

std::optional<P> precision_of(int64_t digits, bool time) {
  for (P p : {P::year, P::month, P::day, P::hour, P::minute, P::second, P::fraction}) {
    if (digits > 0 && shown(p, time) == digits) return p;
  }
  return std::nullopt;
}

// Fills what is not known with its first or last possible value.
void fill(Temporal& value, bool low) {
  P known = value.precision;
  if (!low) {
    if (known < P::month) value.month = 12;
    if (known < P::day) value.day = uint8_t(days_in_month(value.year, value.month));
    // The official suite keeps the hour's minutes at zero and fills only seconds.
    if (known < P::hour) value.hour = 23;
    if (known < P::hour) value.minute = 59;
    if (known < P::second) value.second = 59;
    if (known < P::fraction) value.microsecond = 999'000;
  }
  value.fraction_digits = 3;
}

std::optional<Item> temporal_boundary(Machine& machine, const Item& value, std::optional<int64_t> digits,
                                      bool low) {
  auto parsed = temporal_of(value);
  if (!parsed) return std::nullopt;
  bool time = value.kind == VK::time;
  int64_t wanted = digits.value_or(time ? 9 : value.kind == VK::date ? 8 : 17);
  auto precision = precision_of(wanted, time);
  if (!precision) return std::nullopt;
  fill(*parsed, low);
  parsed->precision = *precision;
  if (!time && *precision > P::day && !parsed->has_zone) {
    parsed->has_zone = true;
    parsed->zone_minutes = int16_t(low ? 14 * 60 : -12 * 60);
  }
  if (*precision <= P::day) parsed->has_zone = false;
  VK kind = time ? VK::time : *precision <= P::day ? VK::date : VK::date_time;
  return Item::of(kind, machine.keep(to_text(*parsed, time)));
}

void boundary(Machine& machine, const Ast& call, const Items& input, const Scope& scope, bool low,
              Items& out) {
  auto value = machine.single(input);
  std::optional<int64_t> digits;
  if (!call.args.empty()) digits = machine.integer(call.args[0], scope);
  if (!value) return;
  if (value->is_temporal()) {
    if (auto bound = temporal_boundary(machine, *value, digits, low)) out.push_back(*bound);
  } else if (value->is_number() || value->kind == VK::quantity) {
    auto bound = decimal_boundary(value->number, digits.value_or(kDefaultDigits), low);
    if (bound) out.push_back(value->kind == VK::quantity ? Item::of(*bound, value->unit) : Item::of(*bound));
  } else {
    machine.fail(said("a number, date or time expected before lowBoundary() or highBoundary()",
                      "lowBoundary()、highBoundary() 之前应是数、日期或时刻"),
                 call.offset);
  }
}

}  // namespace

void low_boundary(Machine& machine, const Ast& call, const Items& input, const Scope& scope, Items& out) {
  boundary(machine, call, input, scope, true, out);
}

void high_boundary(Machine& machine, const Ast& call, const Items& input, const Scope& scope, Items& out) {
  boundary(machine, call, input, scope, false, out);
}

void precision(Machine& machine, const Ast& call, const Items& input, const Scope&, Items& out) {
  auto value = machine.single(input);
  if (!value) return;
  if (value->is_temporal()) {
    auto parsed = temporal_of(*value);
    if (parsed) out.push_back(Item::of(int64_t(shown(parsed->precision, value->kind == VK::time))));
  } else if (value->is_number()) {
    out.push_back(Item::of(int64_t(value->number.scale())));
  } else {
    machine.fail(
        said("a number, date or time expected before precision()", "precision() 之前应是数、日期或时刻"),
        call.offset);
  }
}

void comparable(Machine& machine, const Ast& call, const Items& input, const Scope& scope, Items& out) {
  Items other;
  machine.eval(call.args[0], scope, other);
  auto a = machine.single(input), b = machine.single(other);
  if (!a || !b) return;
  if (a->kind != VK::quantity || b->kind != VK::quantity)
    machine.fail(said("comparable() wants quantities", "comparable() 要的是数量"), call.offset);
  out.push_back(Item::of(commensurable(definite_unit(a->unit), definite_unit(b->unit))));
}

}  // namespace witmed::fhir::functions
