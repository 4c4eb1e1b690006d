#include <fmt/format.h>

#include "fhir/fhirpath/ast.h"
#include "fhir/fhirpath/check.h"
#include "fhir/fhirpath/item_value.h"
#include "fhir/fhirpath/machine.h"
#include "fhir/fhirpath/tree.h"

namespace witmed::fhir {
namespace {

Item at(Node node, TypeId type) {
  Item start;
  start.node = node;
  start.type = type;
  return start;
}

// From `focus` through the program, then `then` with the machine that still holds what was made.
template <typename Then>
auto run(const Expression::Program& program, const Item& focus, const EvalContext& context, Then then) {
  Item start = focus;
  Machine machine(program, context, start);
  if (start.kind == Item::Kind::node) start.type = machine.type_of(start.node, start.type);
  const bool any = start.kind != Item::Kind::node || start.node || start.sibling;
  Items items;
  machine.eval(program.root, Scope{any ? &start : nullptr, -1, nullptr}, items);
  return then(machine, items);
}

Collection collected(Machine&, const Items& items) {
  Collection out;
  out.reserve(items.size());
  for (const Item& item : items) out.push_back(path_value_of(item));
  return out;
}

}  // namespace

PathError::PathError(Phase phase, Said message, uint32_t offset)
    : Rejection(400, "invalid",
                fmt::format("FHIRPath: {}{}", message.en,
                            offset == kNowhere ? "" : fmt::format(" (at {})", offset)),
                fmt::format("FHIRPath 表达式有误{}：{}",
                            offset == kNowhere ? "" : fmt::format("（位置 {}）", offset), message.zh)),
      phase(phase),
      message(std::move(message)),
      offset(offset) {}

Expression::Expression(std::unique_ptr<Program> program) : program_(std::move(program)) {}
Expression::Expression(Expression&&) noexcept = default;
Expression& Expression::operator=(Expression&&) noexcept = default;
Expression::~Expression() = default;

Expression Expression::compile(std::string_view text, TypeId context, Mode mode) {
  return Expression(compile_program(text, context, mode));
}

Collection Expression::evaluate(const PathValue& focus, const EvalContext& context) const {
  return run(*program_, item_of(focus), context, collected);
}

Collection Expression::evaluate(Node focus, TypeId type, const EvalContext& context) const {
  return run(*program_, at(focus, type), context, collected);
}

bool Expression::holds(Node focus, TypeId type, const EvalContext& context, bool empty_is) const {
  return run(*program_, at(focus, type), context,
             [&](Machine& machine, const Items& items) { return machine.boolean(items).value_or(empty_is); });
}

std::string_view Expression::text() const { return program_->text; }

std::string Expression::result_type() const { return static_type_text(*program_); }

std::string Expression::tree_json() const { return tree_text(*program_); }

}  // namespace witmed::fhir
