// The tree, the clock, and the functions FHIR adds (http://hl7.org/fhir/R4/fhirpath.html#functions).
#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "fhir/fhirpath/function_bodies.h"
#include "fhir/fhirpath/html.h"
#include "fhir/fhirpath/machine.h"
#include "fhir/fhirpath/operators.h"
#include "fhir/reference.h"

namespace witmed::fhir::functions {
namespace {

// The resource that holds `id` among its contained ones.
Node contained(Node resource, std::string_view id) {
  const Definitions& r4 = Definitions::r4();
  static const NameId list = r4.name("contained"), name = r4.name("id");
  if (!resource || resource.kind() != Kind::object) return {};
  std::string scratch;
  Node items = resource[list];
  if (!items || items.kind() != Kind::array) return {};
  for (Node item : items) {
    Node known = item.kind() == Kind::object ? item[name] : Node();
    if (known && known.view(scratch) == id) return item;
  }
  return {};
}

std::string_view reference_text(Machine& machine, const Value& item) {
  static const NameId name = Definitions::r4().name("reference");
  Node text = item.node;
  if (text && text.kind() == Kind::object) text = text[name];
  return text && text.kind() == Kind::string ? machine.keep(text.string()) : std::string_view();
}

// A target nobody can fetch is still known by its type: an item without content that answers `is`.
TypeId type_by_text(const Value& item, std::string_view reference) {
  const Definitions& r4 = Definitions::r4();
  static const NameId name = r4.name("type");
  ReferenceParts parts = split_reference(reference);
  if (parts.type != 0) return parts.type;
  Node said = item.node && item.node.kind() == Kind::object ? item.node[name] : Node();
  return said ? r4.type_id(said.string()) : 0;
}

}  // namespace

void children(Machine& machine, const Ast&, const Items& input, const Scope&, Items& out) {
  for (const Value& item : input) machine.children(item, out);
}

void descendants(Machine& machine, const Ast&, const Items& input, const Scope&, Items& out) {
  size_t next = out.size();
  for (const Value& item : input) machine.children(item, out);
  for (; next < out.size(); ++next) {
    Value item = out[next];  // a copy: `out` grows
    machine.children(item, out);
  }
}

void trace(Machine& machine, const Ast& call, const Items& input, const Scope& scope, Items& out) {
  auto name = machine.text(call.args[0], scope);
  spdlog::trace("fhirpath trace {}: {} items", name.value_or(""), input.size());
  out.insert(out.end(), input.begin(), input.end());
}

void now(Machine& machine, const Ast&, const Items&, const Scope&, Items& out) {
  Temporal moment = from_instant(machine.now(), 0);
  moment.fraction_digits = 3;
  out.push_back(Value::of(Value::Kind::date_time, machine.keep(to_text(moment))));
}

void today(Machine& machine, const Ast&, const Items&, const Scope&, Items& out) {
  out.push_back(
      Value::of(Value::Kind::date, machine.keep(to_text(from_instant(machine.now(), 0)).substr(0, 10))));
}

void time_of_day(Machine& machine, const Ast&, const Items&, const Scope&, Items& out) {
  out.push_back(
      Value::of(Value::Kind::time, machine.keep(to_text(from_instant(machine.now(), 0)).substr(11, 12))));
}

void extension(Machine& machine, const Ast& call, const Items& input, const Scope& scope, Items& out) {
  const Definitions& r4 = Definitions::r4();
  static const NameId list = r4.name("extension"), name = r4.name("url");
  auto url = machine.text(call.args[0], scope);
  if (!url) return;
  std::string scratch;
  Items found;
  for (const Value& item : input) machine.member(item, list, found);
  for (const Value& item : found) {
    Node said = item.node && item.node.kind() == Kind::object ? item.node[name] : Node();
    if (said && said.view(scratch) == *url) out.push_back(item);
  }
}

void has_value(Machine&, const Ast&, const Items& input, const Scope&, Items& out) {
  bool has = input.size() == 1;
  if (has && input[0].kind == Value::Kind::node) {
    has = input[0].node && input[0].node.kind() != Kind::object;
  }
  out.push_back(Value::of(has));
}

void get_value(Machine& machine, const Ast&, const Items& input, const Scope&, Items& out) {
  if (input.size() != 1) return;
  if (auto value = machine.system(input[0])) out.push_back(*value);
}

void resolve(Machine& machine, const Ast&, const Items& input, const Scope&, Items& out) {
  for (const Value& item : input) {
    std::string_view reference = item.kind == Value::Kind::node     ? reference_text(machine, item)
                                 : item.kind == Value::Kind::string ? item.text
                                                                    : std::string_view();
    const EvalContext& context = machine.context();
    Value target;
    if (reference == "#") {
      target.node = context.root_resource ? context.root_resource : context.resource;
    } else if (reference.starts_with('#')) {
      target.node =
          contained(context.root_resource ? context.root_resource : context.resource, reference.substr(1));
    } else if (context.resolver != nullptr && !reference.empty()) {
      target.node = context.resolver->resolve(reference);
    }
    target.type = target.node ? machine.type_of(target.node, 0) : type_by_text(item, reference);
    if (target.type != 0) out.push_back(target);
  }
}

void conforms_to(Machine& machine, const Ast& call, const Items& input, const Scope& scope, Items& out) {
  auto url = machine.text(call.args[0], scope);
  if (!url || input.size() != 1) return;
  constexpr std::string_view kBase = "http://hl7.org/fhir/StructureDefinition/";
  TypeId type = url->starts_with(kBase) ? Definitions::r4().type_id(url->substr(kBase.size())) : 0;
  if (type == 0) machine.fail(fmt::format("profile '{}' is not known", *url), call.offset);
  out.push_back(Value::of(input[0].kind == Value::Kind::node && derives_from(input[0].type, type)));
}

void html_checks(Machine& machine, const Ast&, const Items& input, const Scope&, Items& out) {
  bool good = true;
  for (const Value& item : input) {
    auto value = machine.system(item);
    good = good && value && value->kind == Value::Kind::string && is_safe_narrative(value->text);
  }
  out.push_back(Value::of(good));
}

}  // namespace witmed::fhir::functions
