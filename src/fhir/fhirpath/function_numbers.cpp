// Numbers (http://hl7.org/fhirpath/N1/#math).

#include <cmath>

#include "fhir/fhirpath/function_bodies.h"
#include "fhir/fhirpath/machine.h"
#include "fhir/fhirpath/said.h"

namespace witmed::fhir::functions {
namespace {

using VK = Item::Kind;
using Rounding = Decimal::Rounding;

std::optional<Item> number(Machine& machine, const Ast& call, const Items& input, bool quantity = false) {
  auto value = machine.single(input);
  if (!value) return std::nullopt;
  if (!value->is_number() && !(quantity && value->kind == VK::quantity)) {
    machine.fail(said("{}() wants a number", "{}() 要的是数", call.text), call.offset);
  }
  return value;
}

// A number as an argument; nothing when empty.
std::optional<Decimal> argument(Machine& machine, const Ast& call, const Scope& scope) {
  Items items;
  machine.eval(call.args[0], scope, items);
  auto value = number(machine, call, items);
  return value ? std::optional(value->number) : std::nullopt;
}

// By multiplying, as long as that is exact; nothing when the digits do not suffice.
std::optional<Decimal> exact_power(const Decimal& base, int64_t exponent) {
  constexpr int64_t kMost = 128;
  if (exponent < 0 || exponent > kMost) return std::nullopt;
  Decimal out(1);
  for (int64_t i = 0; i < exponent; ++i) {
    if (out.scale() + base.scale() > Decimal::kMaxScale) return std::nullopt;
    auto next = multiply(out, base);
    if (!next) return std::nullopt;
    out = *next;
  }
  return out;
}

void push_double(double value, Items& out) {
  if (auto decimal = Decimal::from_double(value)) out.push_back(Item::of(*decimal));
}

void whole(Machine& machine, const Ast& call, const Items& input, Rounding how, Items& out) {
  auto value = number(machine, call, input, true);
  if (!value) return;
  auto rounded = value->number.rounded(0, how);
  if (!rounded) return;
  if (value->kind == VK::quantity) return out.push_back(Item::of(*rounded, value->unit));
  if (auto integer = rounded->integer()) out.push_back(Item::of(*integer));
}

}  // namespace

void abs(Machine& machine, const Ast& call, const Items& input, const Scope&, Items& out) {
  auto value = number(machine, call, input, true);
  if (!value) return;
  if (value->number.is_negative()) value->number = value->number.negated();
  out.push_back(*value);
}

void ceiling(Machine& machine, const Ast& call, const Items& input, const Scope&, Items& out) {
  whole(machine, call, input, Rounding::ceiling, out);
}

void floor(Machine& machine, const Ast& call, const Items& input, const Scope&, Items& out) {
  whole(machine, call, input, Rounding::floor, out);
}

void truncate(Machine& machine, const Ast& call, const Items& input, const Scope&, Items& out) {
  whole(machine, call, input, Rounding::truncate, out);
}

void exp(Machine& machine, const Ast& call, const Items& input, const Scope&, Items& out) {
  if (auto value = number(machine, call, input)) push_double(std::exp(value->number.to_double()), out);
}

void ln(Machine& machine, const Ast& call, const Items& input, const Scope&, Items& out) {
  if (auto value = number(machine, call, input)) push_double(std::log(value->number.to_double()), out);
}

void log(Machine& machine, const Ast& call, const Items& input, const Scope& scope, Items& out) {
  auto value = number(machine, call, input);
  auto base = argument(machine, call, scope);
  if (value && base) push_double(std::log2(value->number.to_double()) / std::log2(base->to_double()), out);
}

void power(Machine& machine, const Ast& call, const Items& input, const Scope& scope, Items& out) {
  auto value = number(machine, call, input);
  auto exponent = argument(machine, call, scope);
  if (!value || !exponent) return;
  const bool whole = compare(exponent->trimmed(), Decimal(exponent->integer().value_or(0))) == 0;
  if (auto exact = whole ? exact_power(value->number, *exponent->integer()) : std::nullopt) {
    auto integer = value->kind == VK::integer ? exact->integer() : std::nullopt;
    return out.push_back(integer ? Item::of(*integer) : Item::of(*exact));
  }
  push_double(std::pow(value->number.to_double(), exponent->to_double()), out);
}

void round(Machine& machine, const Ast& call, const Items& input, const Scope& scope, Items& out) {
  auto value = number(machine, call, input, true);
  int64_t digits = call.args.empty() ? 0 : machine.integer(call.args[0], scope).value_or(0);
  if (digits < 0 || digits > Decimal::kMaxScale)
    machine.fail(said("round() wants 0 to 28 digits", "round() 的位数应在 0 到 28 之间"), call.offset);
  if (!value) return;
  if (auto rounded = value->number.rounded(int(digits), Rounding::half)) {
    out.push_back(value->kind == VK::quantity ? Item::of(*rounded, value->unit) : Item::of(*rounded));
  }
}

void sqrt(Machine& machine, const Ast& call, const Items& input, const Scope&, Items& out) {
  if (auto value = number(machine, call, input)) push_double(std::sqrt(value->number.to_double()), out);
}

}  // namespace witmed::fhir::functions
