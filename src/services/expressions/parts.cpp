#include "services/expressions/parts.h"

namespace witmed::services::expressions {
namespace {

using fhir::Definitions;
using fhir::Document;
using fhir::Node;
using fhir::PathValue;
using fhir::Value;

constexpr std::string_view kResourcePath = "http://fhir.forms-lab.com/StructureDefinition/resource-path";

// The name that value[x] of a parameter has for a type; empty when a parameter cannot hold it.
std::string_view property_for(fhir::TypeId type) {
  const Definitions& r4 = Definitions::r4();
  static const fhir::Type& shape = r4.type(r4.type_id("Parameters.parameter"));
  for (const fhir::Element& element : shape.elements)
    if (element.choice && element.type == type) return r4.text(element.name);
  return {};
}

Value quantity(const PathValue& value) {
  Value out = Value::object({{"value", Value::parse(value.number)}});
  const bool word = value.text.find_first_not_of("abcdefghijklmnopqrstuvwxyz") == std::string::npos &&
                    value.text.size() > 3;  // "month": of the calendar, not of UCUM
  out.set("unit", value.text);
  if (!word) {
    out.set("system", "http://unitsofmeasure.org");
    out.set("code", value.text);
  }
  return out;
}

void set_computed(Value& part, const PathValue& value) {
  using Kind = PathValue::Kind;
  switch (value.kind) {
    case Kind::boolean: return part.set("valueBoolean", Value(value.truth));
    case Kind::integer: {
      const bool small = value.integer >= INT32_MIN && value.integer <= INT32_MAX;
      return part.set(small ? "valueInteger" : "valueDecimal", Value::number(value.integer));
    }
    case Kind::decimal: return part.set("valueDecimal", Value::parse(value.text));
    case Kind::date: return part.set("valueDate", value.text);
    case Kind::dateTime: return part.set("valueDateTime", value.text);
    case Kind::time: return part.set("valueTime", value.text);
    case Kind::quantity: return part.set("valueQuantity", quantity(value));
    default: return part.set("valueString", value.text);
  }
}

void set_node(Value& part, const PathValue& value) {
  const Definitions& r4 = Definitions::r4();
  if (value.type != 0 && r4.is_resource(value.type) && value.node)
    return part.set("resource", Value::of(value.node));
  const std::string_view property = property_for(value.type);
  if (!property.empty()) {
    if (value.node) part.set(property, Value::of(value.node));
    if (value.sibling) part.set("_" + std::string(property), Value::of(value.sibling));
    return;
  }
  if (!value.node) return;
  part.in("extension").add(Value::object({{"url", kJsonValue}, {"valueString", value.node.raw()}}));
}

}  // namespace

std::string place(const Subject& subject, const PathValue& value) {
  Node node = value.node ? value.node : value.sibling;
  if (value.kind != PathValue::Kind::node || !node || &node.document() != &subject.resource.document())
    return {};
  const Document& document = node.document();
  std::string whole = document.path(subject.resource), path = document.path(node);
  if (!path.starts_with(whole)) return {};
  return std::string(Definitions::r4().type(subject.type).name) + path.substr(whole.size());
}

std::string part_name(const PathValue& value) {
  if (value.kind == PathValue::Kind::string && value.text.empty()) return "empty-string";
  std::string name = fhir::type_name(value);
  constexpr std::string_view kSystem = "System.";
  if (!name.starts_with(kSystem) || value.kind == PathValue::Kind::quantity) {
    if (value.kind == PathValue::Kind::quantity) return "Quantity";
    return name.empty() ? "unknown" : name;
  }
  name.erase(0, kSystem.size());
  name[0] = char(name[0] | 0x20);
  return name;
}

void add_place(Value& part, std::string_view place) {
  if (!place.empty())
    part.in("extension").add(Value::object({{"url", kResourcePath}, {"valueString", place}}));
}

Value part_of(const Subject& subject, const PathValue& value) {
  Value part = Value::object();
  add_place(part, place(subject, value));
  part.set("name", part_name(value));
  value.kind == PathValue::Kind::node ? set_node(part, value) : set_computed(part, value);
  return part;
}

Value named(std::string_view name, std::string_view text) {
  return Value::object({{"name", name}, {"valueString", text}});
}

}  // namespace witmed::services::expressions
