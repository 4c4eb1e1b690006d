// Conversion (http://hl7.org/fhirpath/N1/#conversion): to…() and convertsTo…().
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "fhir/fhirpath/conversion.h"
#include "fhir/fhirpath/function_bodies.h"
#include "fhir/fhirpath/machine.h"
#include "fhir/fhirpath/operators.h"
#include "fhir/fhirpath/quantity.h"

namespace witmed::fhir {
namespace {

using VK = Item::Kind;
using Conversion = std::optional<Item> (*)(Machine&, const Item&);

std::optional<Item> boolean(Machine&, const Item& value) {
  if (value.kind == VK::boolean) return value;
  if (value.is_number()) {
    if (value.number.is_zero()) return Item::of(false);
    return compare(value.number, Decimal(1)) == 0 ? std::optional(Item::of(true)) : std::nullopt;
  }
  if (value.kind != VK::string) return std::nullopt;
  for (std::string_view word : {"true", "t", "yes", "y", "1", "1.0"})
    if (equal_nocase(value.text, word)) return Item::of(true);
  for (std::string_view word : {"false", "f", "no", "n", "0", "0.0"})
    if (equal_nocase(value.text, word)) return Item::of(false);
  return std::nullopt;
}

std::optional<Item> integer(Machine&, const Item& value) {
  if (value.kind == VK::integer) return value;
  if (value.kind == VK::boolean) return Item::of(int64_t(value.truth));
  if (value.kind != VK::string) return std::nullopt;
  auto number = Decimal::parse(value.text);
  if (!number || value.text.find_first_of(".eE") != std::string_view::npos) return std::nullopt;
  auto whole = number->integer();
  return whole ? std::optional(Item::of(*whole)) : std::nullopt;
}

std::optional<Item> decimal(Machine&, const Item& value) {
  if (value.is_number()) return Item::of(value.number);
  if (value.kind == VK::boolean) return Item::of(Decimal(int64_t(value.truth)));
  if (value.kind != VK::string || value.text.find_first_of("eE") != std::string_view::npos)
    return std::nullopt;
  auto number = Decimal::parse(value.text);
  return number ? std::optional(Item::of(*number)) : std::nullopt;
}

std::optional<Item> text(Machine& machine, const Item& value) {
  if (value.kind == VK::string) return value;
  if (value.kind == VK::type_info) return std::nullopt;
  return Item::of(VK::string, machine.keep(text_of(value)));
}

std::optional<Item> date(Machine&, const Item& value) {
  if (value.kind != VK::date && value.kind != VK::date_time && value.kind != VK::string) return std::nullopt;
  std::string_view day = value.kind == VK::string ? value.text : value.text.substr(0, 10);
  auto parsed = parse_date_time(day);
  if (!parsed || parsed->precision > Temporal::Precision::day) return std::nullopt;
  return Item::of(VK::date, day);
}

std::optional<Item> date_time(Machine&, const Item& value) {
  if (value.kind != VK::date && value.kind != VK::date_time && value.kind != VK::string) return std::nullopt;
  return parse_date_time(value.text) ? std::optional(Item::of(VK::date_time, value.text)) : std::nullopt;
}

std::optional<Item> time(Machine&, const Item& value) {
  if (value.kind != VK::time && value.kind != VK::string) return std::nullopt;
  return parse_time(value.text) ? std::optional(Item::of(VK::time, value.text)) : std::nullopt;
}

// "5.4 'mg'", "4 days", "1"
std::optional<Item> quantity_text(std::string_view text) {
  size_t end = text.find_first_not_of("+-.0123456789");
  auto number = Decimal::parse(trim(text.substr(0, end)));
  if (!number) return std::nullopt;
  std::string_view unit = end == std::string_view::npos ? std::string_view() : trim(text.substr(end));
  if (unit.empty()) return Item::of(*number, "1");
  if (unit.size() > 2 && unit.front() == '\'' && unit.back() == '\'') {
    return Item::of(*number, unit.substr(1, unit.size() - 2));
  }
  if (unit.ends_with('s')) unit.remove_suffix(1);
  return is_calendar_word(unit) ? std::optional(Item::of(*number, unit)) : std::nullopt;
}

std::optional<Item> quantity(Machine&, const Item& value) {
  switch (value.kind) {
    case VK::quantity: return value;
    case VK::integer:
    case VK::decimal: return Item::of(value.number, "1");
    case VK::boolean: return Item::of(Decimal(int64_t(value.truth)), "1");
    case VK::string: return quantity_text(value.text);
    default: return std::nullopt;
  }
}

void convert(Machine& machine, const Items& input, Conversion how, Items& out) {
  auto value = machine.single(input);
  if (!value) return;
  if (auto made = how(machine, *value)) out.push_back(*made);
}

void converts(Machine& machine, const Items& input, Conversion how, Items& out) {
  if (input.empty()) return;
  auto value = machine.single(input);
  out.push_back(Item::of(value && how(machine, *value)));
}

std::optional<Item> quantity_in(Machine& machine, const Ast& call, const Items& input, const Scope& scope) {
  auto value = machine.single(input);
  auto made = value ? quantity(machine, *value) : std::nullopt;
  if (!made || call.args.empty()) return made;
  auto unit = machine.text(call.args[0], scope);
  if (!unit) return made;
  auto number = converted(made->number, definite_unit(made->unit), definite_unit(*unit));
  return number ? std::optional(Item::of(*number, *unit)) : std::nullopt;
}

}  // namespace

bool is_calendar_word(std::string_view unit) {
  constexpr std::string_view kWords[] = {"year", "month",  "week",   "day",
                                         "hour", "minute", "second", "millisecond"};
  return std::find(std::begin(kWords), std::end(kWords), unit) != std::end(kWords);
}

std::string text_of(const Item& value) {
  switch (value.kind) {
    case VK::boolean: return value.truth ? "true" : "false";
    case VK::integer:
    case VK::decimal: return value.number.text();
    case VK::quantity:
      if (is_calendar_word(value.unit)) {
        bool one = compare(value.number, Decimal(1)) == 0;
        return fmt::format("{} {}{}", value.number.text(), value.unit, one ? "" : "s");
      }
      return fmt::format("{} '{}'", value.number.text(), value.unit);
    default: return std::string(value.text);
  }
}

namespace functions {

void to_boolean(Machine& m, const Ast&, const Items& input, const Scope&, Items& out) {
  convert(m, input, boolean, out);
}
void to_integer(Machine& m, const Ast&, const Items& input, const Scope&, Items& out) {
  convert(m, input, integer, out);
}
void to_decimal(Machine& m, const Ast&, const Items& input, const Scope&, Items& out) {
  convert(m, input, decimal, out);
}
void to_string(Machine& m, const Ast&, const Items& input, const Scope&, Items& out) {
  convert(m, input, text, out);
}
void to_date(Machine& m, const Ast&, const Items& input, const Scope&, Items& out) {
  convert(m, input, date, out);
}
void to_date_time(Machine& m, const Ast&, const Items& input, const Scope&, Items& out) {
  convert(m, input, date_time, out);
}
void to_time(Machine& m, const Ast&, const Items& input, const Scope&, Items& out) {
  convert(m, input, time, out);
}

void to_quantity(Machine& machine, const Ast& call, const Items& input, const Scope& scope, Items& out) {
  if (auto made = quantity_in(machine, call, input, scope)) out.push_back(*made);
}

void converts_to_boolean(Machine& m, const Ast&, const Items& in, const Scope&, Items& out) {
  converts(m, in, boolean, out);
}
void converts_to_integer(Machine& m, const Ast&, const Items& in, const Scope&, Items& out) {
  converts(m, in, integer, out);
}
void converts_to_decimal(Machine& m, const Ast&, const Items& in, const Scope&, Items& out) {
  converts(m, in, decimal, out);
}
void converts_to_string(Machine& m, const Ast&, const Items& in, const Scope&, Items& out) {
  converts(m, in, text, out);
}
void converts_to_date(Machine& m, const Ast&, const Items& in, const Scope&, Items& out) {
  converts(m, in, date, out);
}
void converts_to_date_time(Machine& m, const Ast&, const Items& in, const Scope&, Items& out) {
  converts(m, in, date_time, out);
}
void converts_to_time(Machine& m, const Ast&, const Items& in, const Scope&, Items& out) {
  converts(m, in, time, out);
}

void converts_to_quantity(Machine& machine, const Ast& call, const Items& input, const Scope& scope,
                          Items& out) {
  if (!input.empty()) out.push_back(Item::of(quantity_in(machine, call, input, scope).has_value()));
}

}  // namespace functions
}  // namespace witmed::fhir
