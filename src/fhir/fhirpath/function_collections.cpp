// Existence, filtering, projection, subsetting, combining, types (http://hl7.org/fhirpath/N1/#existence ff.).
#include <algorithm>
#include <list>
#include <vector>

#include "fhir/fhirpath/function_bodies.h"
#include "fhir/fhirpath/item_set.h"
#include "fhir/fhirpath/machine.h"
#include "fhir/fhirpath/operators.h"
#include "fhir/fhirpath/said.h"

namespace witmed::fhir::functions {
namespace {

// The criterion for each item, with $this and $index.
template <typename Then>
void for_each(Machine& machine, const Items& input, const Scope& scope, Then then) {
  Scope inner = scope;
  inner.whole = nullptr;
  for (size_t i = 0; i < input.size(); ++i) {
    machine.tick();
    inner.self = &input[i];
    inner.index = int64_t(i);
    if (!then(input[i], inner)) return;
  }
}

Items argument(Machine& machine, const Ast& call, const Scope& scope, size_t index = 0) {
  Items items;
  machine.eval(call.args[index], scope, items);
  return items;
}

void push(Items& out, bool truth) { out.push_back(Item::of(truth)); }

// Is there (`wanted` = any) an item of that truth?
bool any(Machine& machine, const Items& input, bool truth) {
  return std::any_of(input.begin(), input.end(), [&](const Item& item) {
    auto value = machine.system(item);
    if (!value || value->kind != Item::Kind::boolean)
      machine.fail(said("booleans expected", "这里应是布尔值"));
    return value->truth == truth;
  });
}

bool subset(Machine& machine, const Items& small, const Items& large) {
  ItemSet all(machine, large);
  return std::all_of(small.begin(), small.end(), [&](const Item& item) { return all.contains(item); });
}

// Those of `items` that `seen` has not met.
void add_new(ItemSet& seen, const Items& items, Items& out) {
  for (const Item& item : items)
    if (seen.add(item)) out.push_back(item);
}

}  // namespace

void empty(Machine&, const Ast&, const Items& input, const Scope&, Items& out) { push(out, input.empty()); }

void exists(Machine& machine, const Ast& call, const Items& input, const Scope& scope, Items& out) {
  if (call.args.empty()) return push(out, !input.empty());
  bool found = false;
  for_each(machine, input, scope, [&](const Item&, const Scope& inner) {
    found = machine.boolean(call.args[0], inner) == true;
    return !found;
  });
  push(out, found);
}

void all(Machine& machine, const Ast& call, const Items& input, const Scope& scope, Items& out) {
  bool truth = true;
  for_each(machine, input, scope, [&](const Item&, const Scope& inner) {
    return truth = machine.boolean(call.args[0], inner) == true;
  });
  push(out, truth);
}

void all_true(Machine& m, const Ast&, const Items& input, const Scope&, Items& out) {
  push(out, !any(m, input, false));
}
void any_true(Machine& m, const Ast&, const Items& input, const Scope&, Items& out) {
  push(out, any(m, input, true));
}
void all_false(Machine& m, const Ast&, const Items& input, const Scope&, Items& out) {
  push(out, !any(m, input, true));
}
void any_false(Machine& m, const Ast&, const Items& input, const Scope&, Items& out) {
  push(out, any(m, input, false));
}

void subset_of(Machine& machine, const Ast& call, const Items& input, const Scope& scope, Items& out) {
  push(out, subset(machine, input, argument(machine, call, scope)));
}

void superset_of(Machine& machine, const Ast& call, const Items& input, const Scope& scope, Items& out) {
  push(out, subset(machine, argument(machine, call, scope), input));
}

void count(Machine&, const Ast&, const Items& input, const Scope&, Items& out) {
  out.push_back(Item::of(int64_t(input.size())));
}

void distinct(Machine& machine, const Ast&, const Items& input, const Scope&, Items& out) {
  ItemSet seen(machine);
  add_new(seen, input, out);
}

void is_distinct(Machine& machine, const Ast&, const Items& input, const Scope&, Items& out) {
  ItemSet seen(machine);
  push(out, std::all_of(input.begin(), input.end(), [&](const Item& item) { return seen.add(item); }));
}

void not_(Machine& machine, const Ast&, const Items& input, const Scope&, Items& out) {
  if (auto truth = machine.boolean(input)) push(out, !*truth);
}

void where(Machine& machine, const Ast& call, const Items& input, const Scope& scope, Items& out) {
  for_each(machine, input, scope, [&](const Item& item, const Scope& inner) {
    if (machine.boolean(call.args[0], inner) == true) out.push_back(item);
    return true;
  });
}

void select_each(Machine& machine, const Ast& expression, const Items& input, const Scope& scope,
                 Items& out) {
  for_each(machine, input, scope, [&](const Item&, const Scope& inner) {
    machine.eval(expression, inner, out);
    return true;
  });
}

void select(Machine& machine, const Ast& call, const Items& input, const Scope& scope, Items& out) {
  select_each(machine, call.args[0], input, scope, out);
}

void repeat(Machine& machine, const Ast& call, const Items& input, const Scope& scope, Items& out) {
  ItemSet seen(machine);
  Items queue = input;
  while (!queue.empty()) {
    Items found;
    select_each(machine, call.args[0], queue, scope, found);
    queue.clear();
    add_new(seen, found, queue);
    out.insert(out.end(), queue.begin(), queue.end());
  }
}

void aggregate(Machine& machine, const Ast& call, const Items& input, const Scope& scope, Items& out) {
  Items total;
  if (call.args.size() > 1) machine.eval(call.args[1], scope, total);
  for_each(machine, input, scope, [&](const Item&, const Scope& inner) {
    Scope with = inner;
    with.total = &total;
    Items next;
    machine.eval(call.args[0], with, next);
    total = std::move(next);
    return true;
  });
  out.insert(out.end(), total.begin(), total.end());
}

// A key written -x sorts downwards; an item without the key stands first either way.
void sort(Machine& machine, const Ast& call, const Items& input, const Scope& scope, Items& out) {
  struct Row {
    const Item* item;
    std::vector<std::optional<Item>> keys;
  };
  std::list<Row>
      rows;  // its sort is a merge: stable, and sound though values of different precision have no order
  auto down = [&](size_t key) { return key < call.args.size() && call.args[key].op == Ast::Op::negate; };
  for_each(machine, input, scope, [&](const Item& item, const Scope& inner) {
    Row row{&item, {}};
    if (call.args.empty()) row.keys.push_back(machine.system(item));
    for (size_t i = 0; i < call.args.size(); ++i) {
      Items key;
      machine.eval(down(i) ? call.args[i].args[0] : call.args[i], inner, key);
      row.keys.push_back(machine.single(key));
    }
    rows.push_back(std::move(row));
    return true;
  });
  rows.sort([&](const Row& a, const Row& b) {
    machine.tick();
    for (size_t i = 0; i < a.keys.size(); ++i) {
      if (a.keys[i].has_value() != b.keys[i].has_value()) return b.keys[i].has_value();
      if (!a.keys[i]) continue;
      int order = compare(machine, *a.keys[i], *b.keys[i]).value_or(0);
      if (order != 0) return down(i) ? order > 0 : order < 0;
    }
    return false;
  });
  for (const Row& row : rows) out.push_back(*row.item);
}

void single(Machine& machine, const Ast& call, const Items& input, const Scope&, Items& out) {
  if (input.size() > 1)
    machine.fail(said("one value expected, several found", "这里只应有一项，却有多项"), call.offset);
  if (!input.empty()) out.push_back(input.front());
}

void first(Machine&, const Ast&, const Items& input, const Scope&, Items& out) {
  if (!input.empty()) out.push_back(input.front());
}

void last(Machine&, const Ast&, const Items& input, const Scope&, Items& out) {
  if (!input.empty()) out.push_back(input.back());
}

void tail(Machine&, const Ast&, const Items& input, const Scope&, Items& out) {
  if (!input.empty()) out.insert(out.end(), input.begin() + 1, input.end());
}

void skip(Machine& machine, const Ast& call, const Items& input, const Scope& scope, Items& out) {
  size_t from = size_t(std::max<int64_t>(machine.integer(call.args[0], scope).value_or(0), 0));
  for (size_t i = from; i < input.size(); ++i) out.push_back(input[i]);
}

void take(Machine& machine, const Ast& call, const Items& input, const Scope& scope, Items& out) {
  size_t many = size_t(std::max<int64_t>(machine.integer(call.args[0], scope).value_or(0), 0));
  for (size_t i = 0; i < input.size() && i < many; ++i) out.push_back(input[i]);
}

void intersect(Machine& machine, const Ast& call, const Items& input, const Scope& scope, Items& out) {
  ItemSet other(machine, argument(machine, call, scope)), seen(machine);
  for (const Item& item : input)
    if (other.contains(item) && seen.add(item)) out.push_back(item);
}

void exclude(Machine& machine, const Ast& call, const Items& input, const Scope& scope, Items& out) {
  ItemSet other(machine, argument(machine, call, scope));
  for (const Item& item : input)
    if (!other.contains(item)) out.push_back(item);
}

void unite(Machine& machine, const Ast& call, const Items& input, const Scope& scope, Items& out) {
  unite(machine, input, argument(machine, call, scope), out);
}

void combine(Machine& machine, const Ast& call, const Items& input, const Scope& scope, Items& out) {
  Items other = argument(machine, call, scope);
  out.insert(out.end(), input.begin(), input.end());
  out.insert(out.end(), other.begin(), other.end());
}

void iif(Machine& machine, const Ast& call, const Items& input, const Scope& scope, Items& out) {
  if (input.size() > 1) machine.fail(said("iif() wants one value", "iif() 之前只应有一项"), call.offset);
  Scope inner = scope;
  inner.whole = nullptr;
  inner.self = input.empty() ? nullptr : &input.front();
  Items criterion;
  machine.eval(call.args[0], inner, criterion);
  auto value = machine.single(criterion);
  if (value && value->kind != Item::Kind::boolean)
    machine.fail(said("iif() wants a boolean", "iif() 的条件应是布尔值"), call.offset);
  if (value && value->truth) return machine.eval(call.args[1], inner, out);
  if (call.args.size() > 2) machine.eval(call.args[2], inner, out);
}

void coalesce(Machine& machine, const Ast& call, const Items&, const Scope& scope, Items& out) {
  for (const Ast& arg : call.args) {
    size_t before = out.size();
    machine.eval(arg, scope, out);
    if (out.size() > before) return;
  }
}

void of_type(Machine& machine, const Ast& call, const Items& input, const Scope&, Items& out) {
  if (!call.type.known()) machine.fail(said("no such type", "没有这个类型"), call.offset);
  if (out.empty()) out.reserve(input.size());
  for (const Item& item : input) {
    if (has_type(item, call.type, true)) out.push_back(item);
  }
}

// as() takes one item. Search parameters of R4 write it over several, where it filters: an error in strict
// mode.
void as_(Machine& machine, const Ast& call, const Items& input, const Scope& scope, Items& out) {
  if (input.size() > 1 && machine.program().mode == Mode::strict)
    machine.fail(said("one value expected before as()", "as() 之前只应有一项"), call.offset);
  of_type(machine, call, input, scope, out);
}

void define_variable(Machine& machine, const Ast& call, const Items& input, const Scope& scope, Items& out) {
  auto name = machine.text(call.args[0], scope);
  if (!name) machine.fail(said("defineVariable() wants a name", "defineVariable() 要有名称"), call.offset);
  Items value;
  if (call.args.size() > 1) {
    Scope inner = scope;
    inner.whole = &input;
    machine.eval(call.args[1], inner, value);
  } else {
    value.insert(value.end(), input.begin(), input.end());
  }
  machine.define(*name, value, call.offset);
  out.insert(out.end(), input.begin(), input.end());
}

void is(Machine& machine, const Ast& call, const Items& input, const Scope&, Items& out) {
  if (input.size() > 1)
    machine.fail(said("one value expected before is()", "is() 之前只应有一项"), call.offset);
  if (!input.empty()) push(out, has_type(input.front(), call.type, false));
}

void type(Machine&, const Ast&, const Items& input, const Scope&, Items& out) {
  static constexpr std::string_view kNames[] = {"",     "Boolean",  "Integer", "Decimal",  "String",
                                                "Date", "DateTime", "Time",    "Quantity", "TypeInfo"};
  for (const Item& item : input) {
    Item info;
    info.kind = Item::Kind::type_info;
    bool fhir = item.kind == Item::Kind::node;
    info.text = fhir ? "FHIR" : "System";
    info.unit = fhir ? Definitions::r4().type(item.type).name : kNames[size_t(item.kind)];
    out.push_back(info);
  }
}

}  // namespace witmed::fhir::functions
