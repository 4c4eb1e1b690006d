#include "fhir/fhirpath/item_value.h"

#include <fmt/format.h>

#include "fhir/fhirpath/conversion.h"

namespace witmed::fhir {
namespace {

PathValue::Kind path_kind(Item::Kind kind) {
  switch (kind) {
    case Item::Kind::node: return PathValue::Kind::node;
    case Item::Kind::boolean: return PathValue::Kind::boolean;
    case Item::Kind::integer: return PathValue::Kind::integer;
    case Item::Kind::decimal: return PathValue::Kind::decimal;
    case Item::Kind::date: return PathValue::Kind::date;
    case Item::Kind::date_time: return PathValue::Kind::dateTime;
    case Item::Kind::time: return PathValue::Kind::time;
    case Item::Kind::quantity: return PathValue::Kind::quantity;
    default: return PathValue::Kind::string;
  }
}

Item::Kind value_kind(PathValue::Kind kind) {
  switch (kind) {
    case PathValue::Kind::date: return Item::Kind::date;
    case PathValue::Kind::dateTime: return Item::Kind::date_time;
    case PathValue::Kind::time: return Item::Kind::time;
    default: return Item::Kind::string;
  }
}

}  // namespace

PathValue path_value_of(const Item& value) {
  PathValue out;
  out.kind = path_kind(value.kind);
  switch (value.kind) {
    case Item::Kind::node:
      out.node = value.node;
      out.sibling = value.sibling;
      out.type = value.type;
      break;
    case Item::Kind::boolean: out.truth = value.truth; break;
    case Item::Kind::integer: out.integer = value.number.integer().value_or(0); break;
    case Item::Kind::decimal: out.text = value.number.text(); break;
    case Item::Kind::quantity:
      out.number = value.number.text();
      out.text = value.unit;
      break;
    case Item::Kind::type_info: out.text = fmt::format("{}.{}", value.text, value.unit); break;
    default: out.text = value.text;
  }
  return out;
}

Item item_of(const PathValue& value) {
  Item out;
  switch (value.kind) {
    case PathValue::Kind::node:
      out.node = value.node;
      out.sibling = value.sibling;
      out.type = value.type;
      return out;
    case PathValue::Kind::boolean: return Item::of(value.truth);
    case PathValue::Kind::integer: return Item::of(value.integer);
    case PathValue::Kind::decimal: return Item::of(Decimal::parse(value.text).value_or(Decimal()));
    case PathValue::Kind::quantity:
      return Item::of(Decimal::parse(value.number).value_or(Decimal()), value.text);
    default: return Item::of(value_kind(value.kind), value.text);
  }
}

std::string type_name(const PathValue& value) {
  constexpr std::string_view kSystem[] = {"",     "Boolean",  "Integer", "Decimal", "String",
                                          "Date", "DateTime", "Time",    "Quantity"};
  if (value.kind == PathValue::Kind::node) return std::string(Definitions::r4().type(value.type).name);
  return fmt::format("System.{}", kSystem[size_t(value.kind)]);
}

std::string shown(const PathValue& value) {
  if (value.kind == PathValue::Kind::node) return std::string(value.node ? value.node.raw() : "null");
  return text_of(item_of(value));
}

}  // namespace witmed::fhir
