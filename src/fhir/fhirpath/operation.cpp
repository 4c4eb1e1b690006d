// Operators of an expression: which operands are evaluated, and what an empty one means.
#include "fhir/fhirpath/item_set.h"
#include "fhir/fhirpath/machine.h"
#include "fhir/fhirpath/operators.h"
#include "fhir/fhirpath/said.h"

namespace witmed::fhir {
namespace {

using Op = Ast::Op;

std::optional<bool> three_valued(Op op, std::optional<bool> a, std::optional<bool> b) {
  switch (op) {
    case Op::conjunction:
      if (a == false || b == false) return false;
      return a && b ? std::optional(true) : std::nullopt;
    case Op::disjunction:
      if (a == true || b == true) return true;
      return a && b ? std::optional(false) : std::nullopt;
    case Op::exclusive: return a && b ? std::optional(*a != *b) : std::nullopt;
    default:  // implies
      if (a == false || b == true) return true;
      return a == true ? b : std::nullopt;
  }
}

// Decides without the second operand.
bool decided(Op op, std::optional<bool> a) {
  return (op == Op::conjunction && a == false) || (op == Op::disjunction && a == true) ||
         (op == Op::implies && a == false);
}

void push(Items& out, std::optional<bool> truth) {
  if (truth) out.push_back(Item::of(*truth));
}

bool holds(Op op, int order) {
  switch (op) {
    case Op::less: return order < 0;
    case Op::less_equal: return order <= 0;
    case Op::greater: return order > 0;
    default: return order >= 0;
  }
}

void negate(Machine& machine, const Ast& ast, const Items& operand, Items& out) {
  auto value = machine.single(operand);
  if (!value) return;
  if (!value->is_number() && value->kind != Item::Kind::quantity)
    machine.fail(said("a number expected after - or +", "正负号之后应是数"), ast.offset);
  if (ast.op == Op::negate) value->number = value->number.negated();
  out.push_back(*value);
}

void membership(Machine& machine, const Ast& ast, const Items& one, const Items& many, Items& out) {
  if (one.empty()) return;
  if (one.size() > 1) machine.fail(said("one value expected before in", "in 之前只应有一项"), ast.offset);
  out.push_back(Item::of(contains(machine, many, one.front())));
}

void concatenate(Machine& machine, const Items& left, const Items& right, const Ast& ast, Items& out) {
  auto a = machine.single(left), b = machine.single(right);
  for (auto& each : {a, b}) {
    if (each && each->kind != Item::Kind::string)
      machine.fail(said("text expected beside &", "& 两边应是文字"), ast.offset);
  }
  std::string text(a ? a->text : std::string_view());
  if (b) text += b->text;
  out.push_back(Item::of(Item::Kind::string, machine.keep(std::move(text))));
}

std::optional<bool> negated(std::optional<bool> truth) {
  return truth ? std::optional(!*truth) : std::nullopt;
}

// The System value, read into `room` where it is not one already; nullptr when there is none.
const Item* system(Machine& machine, const Item& item, std::optional<Item>& room) {
  if (item.kind != Item::Kind::node) return &item;
  room = machine.system(item);
  return room ? &*room : nullptr;
}

// The number of a literal, or of a FHIR decimal as it stands; nothing for what is read otherwise.
std::optional<Decimal> plain_number(const Item& item) {
  if (item.is_number()) return item.number;
  const bool plain = item.kind == Item::Kind::node && item.node && item.node.kind() == Kind::number &&
                     system_kind(item.type) == Item::Kind::decimal;
  return plain ? Decimal::parse(item.node.raw()) : std::nullopt;
}

// One value against another: = != < <= > >=
std::optional<bool> compared(Machine& machine, Op op, const Item& left, const Item& right) {
  if (op == Op::equal) return equal(machine, left, right);
  if (op == Op::not_equal) return negated(equal(machine, left, right));
  if (auto x = plain_number(left)) {
    if (auto y = plain_number(right)) return holds(op, compare(*x, *y));
  }
  std::optional<Item> read_left, read_right;
  const Item *a = system(machine, left, read_left), *b = system(machine, right, read_right);
  auto order = a && b ? compare(machine, *a, *b) : std::nullopt;
  return order ? std::optional(holds(op, *order)) : std::nullopt;
}

std::optional<bool> compared(Machine& machine, Op op, const Items& left, const Items& right) {
  switch (op) {
    case Op::equal: return equal(machine, left, right);
    case Op::not_equal: return negated(equal(machine, left, right));
    case Op::equivalent: return equivalent(machine, left, right);
    case Op::not_equivalent: return !equivalent(machine, left, right);
    default: break;
  }
  if (left.size() > 1 || right.size() > 1)
    machine.fail(said("one value expected on each side of a comparison", "比较的两边各只应有一项"));
  if (left.empty() || right.empty()) return std::nullopt;
  return compared(machine, op, left.front(), right.front());
}

}  // namespace

void unite(Machine& machine, const Items& left, const Items& right, Items& out) {
  ItemSet seen(machine);
  for (const Items* items : {&left, &right})
    for (const Item& item : *items)
      if (seen.add(item)) out.push_back(item);
}

std::optional<bool> Machine::logic(const Ast& ast, const Scope& scope) {
  Depth depth(*this);
  tick();
  const std::optional<bool> truth = placed(ast, [&]() -> std::optional<bool> {
    auto a = boolean(ast.args[0], scope);
    if (decided(ast.op, a)) return ast.op != Op::conjunction;
    return three_valued(ast.op, a, boolean(ast.args[1], scope));
  });
  if (context_.steps) tell(ast, scope, truth);
  return truth;
}

// Most criteria compare one value with a literal, which stands in the tree.
std::optional<bool> Machine::comparison(const Ast& ast, const Scope& scope) {
  Depth depth(*this);
  tick();
  const std::optional<bool> truth = placed(ast, [&] {
    Items left, right;
    eval(ast.args[0], scope, left);
    const Ast& other = ast.args[1];
    if (other.op == Op::literal && left.size() == 1 && ast.op < Op::equivalent)
      return compared(*this, ast.op, left.front(), other.literal);
    eval(other, scope, right);
    return compared(*this, ast.op, left, right);
  });
  if (context_.steps) tell(ast, scope, truth);
  return truth;
}

std::optional<bool> Machine::boolean(const Ast& ast, const Scope& scope) {
  if (is_logic(ast.op)) return logic(ast, scope);
  if (is_comparison(ast.op)) return comparison(ast, scope);
  Items items;
  eval(ast, scope, items);
  return boolean(items);
}

void Machine::operation(const Ast& ast, const Scope& scope, Items& out) {
  if (is_logic(ast.op)) return push(out, logic(ast, scope));
  if (is_comparison(ast.op)) return push(out, comparison(ast, scope));
  placed(ast, [&] { calculation(ast, scope, out); });
}

void Machine::calculation(const Ast& ast, const Scope& scope, Items& out) {
  Items left, right;
  eval(ast.args[0], scope, left);
  if (ast.args.size() > 1) eval(ast.args[1], scope, right);
  switch (ast.op) {
    case Op::negate:
    case Op::plus: return negate(*this, ast, left, out);
    case Op::unite: return unite(*this, left, right, out);
    case Op::concat: return concatenate(*this, left, right, ast, out);
    case Op::in: return membership(*this, ast, left, right, out);
    case Op::contains: return membership(*this, ast, right, left, out);
    case Op::is:
      if (left.size() > 1) fail(said("one value expected before is", "is 之前只应有一项"), ast.offset);
      if (!left.empty()) out.push_back(Item::of(has_type(left.front(), ast.type, false)));
      return;
    case Op::as:
      // Search parameters write "(Observation.component.value as Quantity)" over several: it filters.
      for (const Item& item : left) {
        if (has_type(item, ast.type, true)) out.push_back(item);
      }
      return;
    default: break;
  }
  auto a = single(left), b = single(right);
  if (!a || !b) return;
  if (auto value = arithmetic(*this, ast.op, *a, *b, ast.offset)) out.push_back(*value);
}

}  // namespace witmed::fhir
