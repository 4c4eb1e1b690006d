#include <fmt/format.h>

#include "fhir/fhirpath/ast.h"
#include "fhir/fhirpath/conversion.h"
#include "fhir/fhirpath/machine.h"

namespace witmed::fhir {
namespace {

PathValue to_path_value(const Value& value) {
  PathValue out;
  switch (value.kind) {
    case Value::Kind::node:
      out.node = value.node;
      out.sibling = value.sibling;
      out.type = value.type;
      return out;
    case Value::Kind::boolean:
      out.kind = PathValue::Kind::boolean;
      out.truth = value.truth;
      return out;
    case Value::Kind::integer:
      out.kind = PathValue::Kind::integer;
      out.integer = value.number.integer().value_or(0);
      return out;
    case Value::Kind::decimal:
      out.kind = PathValue::Kind::decimal;
      out.text = value.number.text();
      return out;
    case Value::Kind::quantity:
      out.kind = PathValue::Kind::quantity;
      out.number = value.number.text();
      out.text = value.unit;
      return out;
    case Value::Kind::date: out.kind = PathValue::Kind::date; break;
    case Value::Kind::date_time: out.kind = PathValue::Kind::dateTime; break;
    case Value::Kind::time: out.kind = PathValue::Kind::time; break;
    case Value::Kind::string: out.kind = PathValue::Kind::string; break;
    case Value::Kind::type_info:
      out.kind = PathValue::Kind::string;
      out.text = fmt::format("{}.{}", value.text, value.unit);
      return out;
  }
  out.text = value.text;
  return out;
}

Value start_of(Node focus, TypeId type) {
  Value start;
  start.node = focus;
  start.type = type;
  return start;
}

}  // namespace

PathError::PathError(Phase phase, std::string message, uint32_t offset)
    : Rejection(400, "invalid", fmt::format("FHIRPath: {} (at {})", message, offset),
                fmt::format("FHIRPath 表达式有误（第 {} 个字符）：{}", offset, message)),
      phase(phase),
      offset(offset) {}

Expression::Expression(std::unique_ptr<Program> program) : program_(std::move(program)) {}
Expression::Expression(Expression&&) noexcept = default;
Expression& Expression::operator=(Expression&&) noexcept = default;
Expression::~Expression() = default;

Expression Expression::compile(std::string_view text, TypeId context) {
  return Expression(compile_program(text, context));
}

Collection Expression::evaluate(Node focus, TypeId type, const EvalContext& context) const {
  Value start = start_of(focus, type);
  Machine machine(*program_, context, start);
  start.type = machine.type_of(focus, type);
  Items items;
  machine.eval(program_->root, Scope{focus ? &start : nullptr, -1, nullptr}, items);
  Collection out;
  out.reserve(items.size());
  for (const Value& item : items) out.push_back(to_path_value(item));
  return out;
}

bool Expression::holds(Node focus, TypeId type, const EvalContext& context, bool empty_is) const {
  Value start = start_of(focus, type);
  Machine machine(*program_, context, start);
  start.type = machine.type_of(focus, type);
  Items items;
  machine.eval(program_->root, Scope{focus ? &start : nullptr, -1, nullptr}, items);
  return machine.boolean(items).value_or(empty_is);
}

std::string_view Expression::text() const { return program_->text; }

}  // namespace witmed::fhir
