// What the nodes of the tree gave, for who looks over the shoulder of an evaluation.
#include "fhir/fhirpath/item_value.h"
#include "fhir/fhirpath/machine.h"
#include "fhir/fhirpath/utf8.h"

namespace witmed::fhir {
namespace {

using Op = Ast::Op;

std::string_view name_of(const Ast& ast) {
  switch (ast.op) {
    case Op::self: return "$this";
    case Op::index: return "$index";
    case Op::total: return "$total";
    case Op::indexer: return "[]";
    case Op::variable:
    case Op::member:
    case Op::call: return ast.text;
    default: return symbol(ast.op);
  }
}

// A long text is cut: a step is looked at, not calculated with.
PathValue kept(Item item) {
  if (item.kind != Item::Kind::node && item.text.size() > Steps::kText) {
    size_t end = Steps::kText;
    while (end > 0 && !begins_character(item.text[end])) --end;
    item.text = item.text.substr(0, end);
    PathValue out = path_value_of(item);
    out.text += "…";
    return out;
  }
  return path_value_of(item);
}

}  // namespace

void Machine::tell(const Ast& ast, const Scope& scope, const Items& out, size_t before) {
  Steps& told = *context_.steps;
  if (told.steps.size() >= Steps::kSteps || told.values >= Steps::kAll) {
    ++told.left_out;
    return;
  }
  Steps::Step& step = told.steps.emplace_back();
  step.offset = ast.offset;
  step.length = ast.length;
  step.name = name_of(ast);
  step.count = out.size() - before;
  for (size_t i = before; i < out.size() && step.values.size() < Steps::kValues; ++i)
    step.values.push_back(kept(out[i]));
  if (scope.self) step.self.push_back(kept(*scope.self));
  step.index = scope.index;
  told.values += step.values.size() + step.self.size();
}

void Machine::tell(const Ast& ast, const Scope& scope, std::optional<bool> truth) {
  Items out;
  if (truth) out.push_back(Item::of(*truth));
  tell(ast, scope, out, 0);
}

}  // namespace witmed::fhir
