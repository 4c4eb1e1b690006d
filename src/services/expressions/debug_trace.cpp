#include "services/expressions/debug_trace.h"

#include <fmt/format.h>

namespace witmed::services::expressions {
namespace {

using fhir::PathValue;
using fhir::Value;

void leave_out(Value& parameter, size_t count) {
  if (count == 0) return;
  parameter.in("extension")
      .add(Value::object({{"url", "urn:witmed:left-out"}, {"valueInteger", Value::number(int64_t(count))}}));
}

// Short ones with their value; of the others their place in the resource is enough.
Value told(const Subject& subject, const PathValue& value) {
  const bool node = value.kind == PathValue::Kind::node;
  const bool small = !node || (value.node && value.node.kind() != fhir::Kind::object &&
                               value.node.raw().size() <= fhir::Steps::kText);
  if (small) return part_of(subject, value);
  Value part = Value::object({{"name", part_name(value)}});
  add_place(part, place(subject, value));
  return part;
}

}  // namespace

Value debug_trace(const Subject& subject, std::string_view context, const fhir::Steps& steps,
                  const fhir::Places& places) {
  Value out = Value::object({{"name", "debug-trace"}});
  leave_out(out, steps.left_out);
  if (!context.empty()) out.set("valueString", context);
  for (const fhir::Steps::Step& step : steps.steps) {
    const uint32_t begin = places.character(step.offset), end = places.character(step.offset + step.length);
    Value each = Value::object({{"name", fmt::format("{},{},{}", begin, end - begin, step.name)}});
    leave_out(each, step.count - step.values.size());
    for (const PathValue& value : step.values) each.in("part").add(told(subject, value));
    for (const PathValue& value : step.self) {
      const std::string where = place(subject, value);
      if (!where.empty()) {
        each.in("part").add(named("this-resource-path", where));
      } else if (value.kind != PathValue::Kind::node) {
        Value part = part_of(subject, value);
        part.set("name", "this-" + part_name(value));
        each.in("part").add(std::move(part));
      }
    }
    if (step.index >= 0)
      each.in("part").add(Value::object({{"name", "index"}, {"valueInteger", Value::number(step.index)}}));
    out.in("part").add(std::move(each));
  }
  return out;
}

}  // namespace witmed::services::expressions
