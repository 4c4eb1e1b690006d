#include <fmt/format.h>

#include "fhir/fhirpath/ast.h"
#include "fhir/fhirpath/check.h"
#include "fhir/fhirpath/machine.h"
#include "fhir/fhirpath/item_value.h"
#include "fhir/fhirpath/tree.h"

namespace witmed::fhir {
namespace {

Item start_of(Node focus, TypeId type) {
  Item start;
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

Expression Expression::compile(std::string_view text, TypeId context, Mode mode) {
  return Expression(compile_program(text, context, mode));
}

Collection Expression::evaluate(Node focus, TypeId type, const EvalContext& context) const {
  Item start = start_of(focus, type);
  Machine machine(*program_, context, start);
  start.type = machine.type_of(focus, type);
  Items items;
  machine.eval(program_->root, Scope{focus ? &start : nullptr, -1, nullptr}, items);
  Collection out;
  out.reserve(items.size());
  for (const Item& item : items) out.push_back(path_value_of(item));
  return out;
}

bool Expression::holds(Node focus, TypeId type, const EvalContext& context, bool empty_is) const {
  Item start = start_of(focus, type);
  Machine machine(*program_, context, start);
  start.type = machine.type_of(focus, type);
  Items items;
  machine.eval(program_->root, Scope{focus ? &start : nullptr, -1, nullptr}, items);
  return machine.boolean(items).value_or(empty_is);
}

std::string_view Expression::text() const { return program_->text; }

std::string Expression::result_type() const { return static_type_text(*program_); }

std::string Expression::tree_json() const { return tree_text(*program_); }

}  // namespace witmed::fhir
