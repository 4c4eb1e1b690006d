#include "fhir/fhirpath/machine.h"

#include <fmt/format.h>

#include <limits>

#include "base/clock.h"
#include "fhir/fhirpath/functions.h"
#include "fhir/fhirpath/item_value.h"
#include "fhir/fhirpath/said.h"

namespace witmed::fhir {
namespace {

using Op = Ast::Op;

// How each FHIR type reads as a System value; node = it has none.
struct SystemKinds {
  std::vector<Item::Kind> of;
  TypeId quantity, resource;

  SystemKinds() {
    const Definitions& r4 = Definitions::r4();
    quantity = r4.type_id("Quantity");
    resource = r4.type_id("Resource");
    of.assign(r4.types().size(), Item::Kind::node);
    for (const Type& type : r4.types()) {
      if (type.id < of.size()) of[type.id] = kind(type);
    }
  }

  Item::Kind kind(const Type& type) const {
    if (type.kind != TypeKind::primitive) {
      return derives_from(type.id, quantity) ? Item::Kind::quantity : Item::Kind::node;
    }
    std::string_view name = type.name;
    if (name == "boolean") return Item::Kind::boolean;
    if (name == "integer" || name == "positiveInt" || name == "unsignedInt") return Item::Kind::integer;
    if (name == "decimal") return Item::Kind::decimal;
    if (name == "date") return Item::Kind::date;
    if (name == "dateTime" || name == "instant") return Item::Kind::date_time;
    if (name == "time") return Item::Kind::time;
    return Item::Kind::string;
  }
};

const SystemKinds& system_kinds() {
  static const SystemKinds kinds;
  return kinds;
}

struct Names {
  NameId value, unit, code, system, resource_type, comparator;
};

const Names& names() {
  const Definitions& r4 = Definitions::r4();
  static const Names names{r4.name("value"),  r4.name("unit"),         r4.name("code"),
                           r4.name("system"), r4.name("resourceType"), r4.name("comparator")};
  return names;
}

// Of a JSON name such as "valueQuantity" or "_valueString": "value", if it is one of a choice in any type;
// else 0.
const std::vector<NameId>& choice_bases() {
  static const std::vector<NameId> bases = [] {
    const Definitions& r4 = Definitions::r4();
    std::vector<NameId> all(size_t(std::numeric_limits<NameId>::max()) + 1);
    for (const Type& type : r4.types()) {
      for (const Element& element : type.elements) {
        if (!element.choice) continue;
        all[element.name] = element.base;
        if (r4.sibling(element.name) != 0) all[r4.sibling(element.name)] = element.base;
      }
    }
    return all;
  }();
  return bases;
}

// "_name" beside a primitive's "name"; nothing for names that no primitive has.
Node beside(Node object, NameId name) {
  const NameId sibling = Definitions::r4().sibling(name);
  return sibling != 0 ? object[sibling] : Node();
}

}  // namespace

Item::Kind system_kind(TypeId type) { return system_kinds().of[type]; }

bool derives_from(TypeId type, TypeId base) {
  const Definitions& r4 = Definitions::r4();
  for (int guard = 0; type != 0 && guard < 16; ++guard) {
    if (type == base) return true;
    type = r4.type(type).base;
  }
  return false;
}

bool has_type(const Item& value, const TypeName& type, bool exact) {
  if (value.kind != Item::Kind::node) return type.system && value.kind == type.system_kind;
  if (type.fhir == 0 || value.type == 0) return false;
  return exact ? value.type == type.fhir : derives_from(value.type, type.fhir);
}

void Machine::fail(Said message, uint32_t offset) const {
  throw PathError(PathError::Phase::execution, std::move(message), offset);
}

void Machine::define(std::string_view name, const Items& value, uint32_t offset) {
  Ast reference;
  reference.text = name;
  Items known;
  bool taken = constant(reference, known);
  for (const Defined& each : defined_) taken = taken || each.name == name;
  if (taken) fail(said("%{} is defined already", "%{} 已经定义过", name), offset);
  tick(value.size());
  defined_.push_back({name, {value.begin(), value.end()}});
}

Temporal Machine::now() {
  if (!now_) now_ = from_instant(wall_micros(), context_.zone_minutes);
  return *now_;
}

TypeId Machine::type_of(Node node, TypeId declared) {
  const Definitions& r4 = Definitions::r4();
  if (declared != 0 && r4.type(declared).kind != TypeKind::abstract) return declared;
  if (!node || node.kind() != Kind::object) return declared;
  Node name = node[names().resource_type];
  if (!name) return declared;
  // Resources of a Bundle are mostly of the same type as the one before.
  if (name.raw() != known_name_) {
    std::string scratch;
    known_name_ = name.raw();
    known_type_ = r4.type_id(name.view(scratch));
  }
  return known_type_ != 0 ? known_type_ : declared;
}

void Machine::eval(const Ast& ast, const Scope& scope, Items& out) {
  Depth depth(*this);
  tick();
  const size_t before = out.size();
  one(ast, scope, out);
  // Steps of a path, calls and what gives a truth tell of themselves; of a constant there is nothing to tell.
  const bool silent =
      ast.op == Op::path || ast.op == Op::call || ast.op == Op::literal || ast.op == Op::empty;
  if (context_.steps && !silent && !is_truth(ast.op)) tell(ast, scope, out, before);
}

void Machine::one(const Ast& ast, const Scope& scope, Items& out) {
  switch (ast.op) {
    case Op::literal: out.push_back(ast.literal); return;
    case Op::empty: return;
    case Op::self:
      if (scope.whole)
        out.insert(out.end(), scope.whole->begin(), scope.whole->end());
      else if (scope.self)
        out.push_back(*scope.self);
      return;
    case Op::index:
      if (scope.index >= 0) out.push_back(Item::of(scope.index));
      return;
    case Op::total:
      if (!scope.total) return;
      tick(scope.total->size());
      out.insert(out.end(), scope.total->begin(), scope.total->end());
      return;
    case Op::variable: variable(ast, out); return;
    case Op::path: path(ast, scope, out); return;
    case Op::member: head(ast, scope, out); return;
    case Op::call: call(ast, scope, out); return;
    default: operation(ast, scope, out);
  }
}

// A call that stands first is about what the whole expression is about.
void Machine::open_call(const Ast& ast, const Scope& scope, Items& out) {
  if (scope.whole) return step(ast, *scope.whole, scope, out);
  Items input;
  if (scope.self) input.push_back(*scope.self);
  step(ast, input, scope, out);
}

// What it defines ends with it; in a path, with the path.
void Machine::call(const Ast& ast, const Scope& scope, Items& out) {
  const size_t defined = defined_.size();
  open_call(ast, scope, out);
  if (defined_.size() > defined) defined_.resize(defined);
}

void Machine::path(const Ast& ast, const Scope& scope, Items& out) {
  Items first, second;
  Items *input = &first, *output = &second;
  const size_t defined = defined_.size();
  const Ast& first_step = ast.args.front();
  first_step.op == Op::call ? open_call(first_step, scope, *input) : eval(first_step, scope, *input);
  const size_t last = ast.args.size() - 1;
  for (size_t i = 1; i < last; ++i) {
    output->clear();
    step(ast.args[i], *input, scope, *output);
    std::swap(input, output);
  }
  const size_t before = out.size();
  step(ast.args[last], *input, scope, out);
  tick(out.size() - before);
  if (defined_.size() > defined) defined_.resize(defined);
}

void Machine::step(const Ast& ast, const Items& input, const Scope& scope, Items& out) {
  tick(1 + input.size());
  const size_t before = out.size();
  switch (ast.op) {
    case Op::member:
      if (out.empty() && input.size() > out.capacity()) out.reserve(input.size());
      for (const Item& item : input) member(item, ast, out);
      break;
    case Op::call: {
      Depth depth(*this);
      placed(ast, [&] { ast.function->body(*this, ast, input, scope, out); });
      break;
    }
    case Op::indexer: placed(ast, [&] { indexer(ast, input, scope, out); }); break;
    default: return eval(ast, scope, out);
  }
  if (context_.steps) tell(ast, scope, out, before);
}

void Machine::indexer(const Ast& ast, const Items& input, const Scope& scope, Items& out) {
  auto index = integer(ast.args.front(), scope);
  if (index && *index >= 0 && size_t(*index) < input.size()) out.push_back(input[size_t(*index)]);
}

// The first name of a path is a member, or the name of the type it starts on.
void Machine::head(const Ast& ast, const Scope& scope, Items& out) {
  if (scope.whole) {
    Scope each = scope;
    each.whole = nullptr;
    for (const Item& item : *scope.whole) {
      each.self = &item;
      head(ast, each, out);
    }
    return;
  }
  if (!scope.self) return;
  const Item& self = *scope.self;
  if (ast.head != 0 && self.kind == Item::Kind::node && derives_from(self.type, ast.head)) {
    out.push_back(self);
    return;
  }
  member(self, ast, out);
}

// One value with what stands beside it. Made where it will stand: this is the step that is taken most.
void Machine::push_value(Node value, Node beside, TypeId type, Items& out) {
  if (value && value.kind() == Kind::null) value = {};
  if (beside && beside.kind() != Kind::object) beside = {};
  if (!value && !beside) return;
  Item& item = out.emplace_back();
  item.node = value;
  item.sibling = beside;
  const bool open = type == 0 || types_[type].kind == TypeKind::abstract;
  item.type = open ? type_of(value, type) : type;
}

void Machine::push_element(Node node, Node sibling, TypeId type, Items& out) {
  bool values = node && node.kind() == Kind::array, besides = sibling && sibling.kind() == Kind::array;
  if (!values && !besides) return push_value(node, sibling, type, out);
  if (!besides) {
    if (out.empty()) out.reserve(node.size());
    for (Node value : node) push_value(value, {}, type, out);
    return;
  }
  // Values and siblings go in step, null standing for the one that is missing.
  boost::container::small_vector<Node, 8> items;
  if (values)
    for (Node value : node) items.push_back(value);
  size_t at = 0;
  for (Node beside : sibling) {
    push_value(at < items.size() ? items[at] : Node(), beside, type, out);
    ++at;
  }
  for (; at < items.size(); ++at) push_value(items[at], {}, type, out);
}

void Machine::member(const Item& item, const Ast& step, Items& out) {
  if (item.kind == Item::Kind::type_info) {
    if (step.text == "namespace") out.push_back(Item::of(Item::Kind::string, item.text));
    if (step.text == "name") out.push_back(Item::of(Item::Kind::string, item.unit));
    return;
  }
  if (step.name != 0) member(item, step.name, out);
}

void Machine::member(const Item& item, NameId name, Items& out) {
  if (item.kind != Item::Kind::node) return;
  Node node = item.node && item.node.kind() == Kind::object
                  ? item.node
                  : item.sibling;  // id and extension of a primitive
  if (!node || node.kind() != Kind::object) return;
  const Definitions& r4 = Definitions::r4();
  if (item.type == 0) return push_element(node[name], beside(node, name), 0, out);
  const Type& type = r4.type(item.type);
  if (const Element* element = type.element(name)) {
    if (element->choice) return;  // "valueQuantity" is JSON's name, not FHIRPath's
    if (!element->primitive) return push_element(node[name], {}, element->type, out);
    Node value, sibling;  // found in one walk
    const NameId wanted = r4.sibling(name);
    for (Node child : node) {
      if (child.name() == name) value = child;
      if (child.name() == wanted && wanted != 0) sibling = child;
    }
    return push_element(value, sibling, element->type, out);
  }
  choice(node, type, name, out);
}

// Of a choice, whichever alternative is there.
void Machine::choice(Node node, const Type& type, NameId name, Items& out) {
  const Definitions& r4 = Definitions::r4();
  const std::vector<NameId>& bases = choice_bases();
  for (Node child : node) {
    if (bases[child.name()] != name) continue;
    const NameId plain = r4.plain(child.name());
    const Element* element = type.element(plain != 0 ? plain : child.name());
    if (!element || !element->choice || element->base != name) continue;
    if (plain == 0)
      push_element(child, beside(node, child.name()), element->type, out);
    else if (!node[plain])
      push_element({}, child, element->type, out);
  }
}

void Machine::children(const Item& item, Items& out) {
  if (item.kind != Item::Kind::node) return;
  Node node = item.node && item.node.kind() == Kind::object ? item.node : item.sibling;
  if (!node || node.kind() != Kind::object) return;
  const Definitions& r4 = Definitions::r4();
  const Type* type = item.type != 0 ? &r4.type(item.type) : nullptr;
  for (Node child : node) {
    tick();
    NameId plain = r4.plain(child.name());
    if (child.name() == names().resource_type) continue;
    if (plain != 0 && node[plain]) continue;  // comes with its value
    const Element* element = type ? type->element(plain != 0 ? plain : child.name()) : nullptr;
    TypeId child_type = element ? element->type : 0;
    if (plain != 0)
      push_element({}, child, child_type, out);
    else
      push_element(child, beside(node, child.name()), child_type, out);
  }
}

std::optional<Item> Machine::system(const Item& item) {
  if (item.kind != Item::Kind::node) return item;
  if (!item.node) return std::nullopt;
  Item::Kind kind = system_kinds().of[item.type];
  std::string scratch;
  if (item.node.kind() == Kind::object) {
    if (kind != Item::Kind::quantity) return std::nullopt;
    Node value = item.node[names().value], code = item.node[names().code];
    if (!code) code = item.node[names().unit];
    if (!value) return std::nullopt;
    auto number = Decimal::parse(value.raw());
    if (!number) return std::nullopt;
    return Item::of(*number, code ? keep(code.string()) : "1");
  }
  if (item.type == 0) {  // not known to R4: by its JSON type
    switch (item.node.kind()) {
      case Kind::boolean: kind = Item::Kind::boolean; break;
      case Kind::number: kind = Item::Kind::decimal; break;
      default: kind = Item::Kind::string;
    }
  }
  if (kind == Item::Kind::boolean) return Item::of(item.node.is_true());
  if (kind == Item::Kind::integer || kind == Item::Kind::decimal) {
    auto number = Decimal::parse(item.node.raw());
    if (!number) return std::nullopt;
    if (kind == Item::Kind::decimal) return Item::of(*number);
    auto whole = number->integer();
    return whole ? std::optional(Item::of(*whole)) : std::nullopt;
  }
  std::string_view text = item.node.view(scratch);
  if (text.data() == scratch.data()) text = keep(std::move(scratch));
  return Item::of(kind, text);
}

std::optional<Item> Machine::single(const Items& items) {
  if (items.empty()) return std::nullopt;
  if (items.size() > 1) fail(said("one value expected, several found", "这里只应有一项，却有多项"));
  return system(items.front());
}

std::optional<bool> Machine::boolean(const Items& items) {
  if (items.empty()) return std::nullopt;
  if (items.size() > 1)
    fail(said("one value expected where a boolean is wanted", "条件只应得到一项，却有多项"));
  if (items.front().kind == Item::Kind::boolean) return items.front().truth;
  auto value = system(items.front());
  if (value && value->kind == Item::Kind::boolean) return value->truth;
  return true;
}

std::optional<std::string_view> Machine::text(const Ast& ast, const Scope& scope) {
  Items items;
  eval(ast, scope, items);
  auto value = single(items);
  if (!value) return std::nullopt;
  if (value->kind != Item::Kind::string) fail(said("text expected", "这里应是文字"), ast.offset);
  return value->text;
}

std::optional<int64_t> Machine::integer(const Ast& ast, const Scope& scope) {
  Items items;
  eval(ast, scope, items);
  auto value = single(items);
  if (!value) return std::nullopt;
  if (value->kind != Item::Kind::integer) fail(said("whole number expected", "这里应是整数"), ast.offset);
  return value->number.integer();
}

// Those that FHIRPath and FHIR define. False when it is none of them.
bool Machine::constant(const Ast& ast, Items& out) {
  auto node = [&](Node resource) {
    if (!resource) return true;
    Item item;
    item.node = resource;
    item.type = type_of(resource, 0);
    out.push_back(item);
    return true;
  };
  auto text = [&](std::string_view value) {
    out.push_back(Item::of(Item::Kind::string, value));
    return true;
  };
  std::string_view name = ast.text;
  if (name == "resource") return node(context_.resource);
  if (name == "rootResource")
    return node(context_.root_resource ? context_.root_resource : context_.resource);
  if (name == "context") {
    if (start_.kind != Item::Kind::node || start_.node || start_.sibling) out.push_back(start_);
    return true;
  }
  if (name == "ucum") return text("http://unitsofmeasure.org");
  if (name == "sct") return text("http://snomed.info/sct");
  if (name == "loinc") return text("http://loinc.org");
  if (name.starts_with("vs-"))
    return text(keep(fmt::format("http://hl7.org/fhir/ValueSet/{}", name.substr(3))));
  if (name.starts_with("ext-"))
    return text(keep(fmt::format("http://hl7.org/fhir/StructureDefinition/{}", name.substr(4))));
  return false;
}

void Machine::variable(const Ast& ast, Items& out) {
  if (constant(ast, out)) return;
  for (auto each = defined_.rbegin(); each != defined_.rend(); ++each) {
    if (each->name != ast.text) continue;
    tick(each->value.size());
    out.insert(out.end(), each->value.begin(), each->value.end());
    return;
  }
  if (context_.variables != nullptr) {
    for (const Variable& each : *context_.variables) {
      if (each.name != ast.text) continue;
      tick(each.value.size());
      for (const PathValue& value : each.value) out.push_back(item_of(value));
      return;
    }
  }
  fail(said("no variable %{}", "没有变量 %{}", ast.text), ast.offset);
}

}  // namespace witmed::fhir
