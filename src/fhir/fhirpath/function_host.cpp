// The functions that ask the world outside the resource (http://hl7.org/fhir/R4/fhirpath.html#functions).

#include "fhir/fhirpath/function_bodies.h"
#include "fhir/fhirpath/item_value.h"
#include "fhir/fhirpath/machine.h"
#include "fhir/fhirpath/said.h"
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

std::string_view reference_text(Machine& machine, const Item& item) {
  static const NameId name = Definitions::r4().name("reference");
  Node text = item.node;
  if (text && text.kind() == Kind::object) text = text[name];
  return text && text.kind() == Kind::string ? machine.keep(text.string()) : std::string_view();
}

// A target nobody can fetch is still known by its type: an item without content that answers `is`.
TypeId type_by_text(const Item& item, std::string_view reference) {
  const Definitions& r4 = Definitions::r4();
  static const NameId name = r4.name("type");
  ReferenceParts parts = split_reference(reference);
  if (parts.type != 0) return parts.type;
  Node said = item.node && item.node.kind() == Kind::object ? item.node[name] : Node();
  return said ? r4.type_id(said.string()) : 0;
}

struct Code {
  std::string system, code;
};

// The codes of a Coding, or of a CodeableConcept.
void collect_codes(Node node, std::vector<Code>& out) {
  const Definitions& r4 = Definitions::r4();
  static const NameId coding = r4.name("coding"), system = r4.name("system"), code = r4.name("code");
  if (!node || node.kind() != Kind::object) return;
  if (Node list = node[coding]; list && list.kind() == Kind::array) {
    for (Node each : list) collect_codes(each, out);
  } else if (Node said = node[code]) {
    out.push_back({node[system] ? node[system].string() : std::string(), said.string()});
  }
}

struct Coded {
  std::vector<Code> codes;
  bool is_concept = false;  // CodeableConcept
};

std::optional<Coded> coded(Machine& machine, const Items& items, const Ast& call) {
  static const TypeId coding = Definitions::r4().type_id("Coding"),
                      is_concept = Definitions::r4().type_id("CodeableConcept");
  if (items.size() != 1) return std::nullopt;
  const Item& item = items.front();
  if (item.kind != Item::Kind::node || (item.type != coding && item.type != is_concept))
    machine.fail(
        said("{}() wants Coding or CodeableConcept", "{}() 要的是 Coding 或 CodeableConcept", call.text),
        call.offset);
  Coded out;
  out.is_concept = item.type == is_concept;
  collect_codes(item.node, out.codes);
  return out;
}

// Is one of `above` equal to one of `below`, or over it? Nothing when nobody knows.
std::optional<bool> subsumed(Machine& machine, const Coded& above, const Coded& below, const Ast& call) {
  bool known = true;
  for (const Code& upper : above.codes) {
    for (const Code& lower : below.codes) {
      machine.tick();
      if (upper.system != lower.system) {
        if (!above.is_concept && !below.is_concept)
          machine.fail(said("codes of different systems", "代码属于不同的代码系统"), call.offset);
        continue;
      }
      if (upper.code == lower.code) return true;
      Host* host = machine.context().host;
      auto truth = host ? host->subsumes(upper.system, upper.code, lower.code) : std::nullopt;
      if (truth == true) return true;
      known = known && truth.has_value();
    }
  }
  return known ? std::optional(false) : std::nullopt;
}

void relate(Machine& machine, const Ast& call, const Items& input, const Scope& scope, bool input_above,
            Items& out) {
  Items other;
  machine.eval(call.args[0], scope, other);
  auto ours = coded(machine, input, call), theirs = coded(machine, other, call);
  if (!ours || !theirs) return;
  auto truth =
      input_above ? subsumed(machine, *ours, *theirs, call) : subsumed(machine, *theirs, *ours, call);
  if (truth) out.push_back(Item::of(*truth));
}

}  // namespace

void resolve(Machine& machine, const Ast&, const Items& input, const Scope&, Items& out) {
  for (const Item& item : input) {
    std::string_view reference = item.kind == Item::Kind::node     ? reference_text(machine, item)
                                 : item.kind == Item::Kind::string ? item.text
                                                                   : std::string_view();
    const EvalContext& context = machine.context();
    Item target;
    if (reference == "#") {
      target.node = context.root_resource ? context.root_resource : context.resource;
    } else if (reference.starts_with('#')) {
      target.node =
          contained(context.root_resource ? context.root_resource : context.resource, reference.substr(1));
    } else if (context.host != nullptr && !reference.empty()) {
      target.node = context.host->resolve(reference);
    }
    target.type = target.node ? machine.type_of(target.node, 0) : type_by_text(item, reference);
    if (target.type != 0) out.push_back(target);
  }
}

void member_of(Machine& machine, const Ast& call, const Items& input, const Scope& scope, Items& out) {
  auto value_set = machine.text(call.args[0], scope);
  Host* host = machine.context().host;
  if (!value_set || input.size() != 1 || host == nullptr) return;
  if (auto truth = host->member_of(path_value_of(input[0]), *value_set)) out.push_back(Item::of(*truth));
}

void subsumes(Machine& machine, const Ast& call, const Items& input, const Scope& scope, Items& out) {
  relate(machine, call, input, scope, true, out);
}

void subsumed_by(Machine& machine, const Ast& call, const Items& input, const Scope& scope, Items& out) {
  relate(machine, call, input, scope, false, out);
}

void conforms_to(Machine& machine, const Ast& call, const Items& input, const Scope& scope, Items& out) {
  auto url = machine.text(call.args[0], scope);
  if (!url || input.empty()) return;
  if (input.size() > 1)
    machine.fail(said("one value expected before conformsTo()", "conformsTo() 之前只应有一项"), call.offset);
  constexpr std::string_view kBase = "http://hl7.org/fhir/StructureDefinition/";
  std::string_view plain = url->substr(0, url->find('|'));
  TypeId type = plain.starts_with(kBase) ? Definitions::r4().type_id(plain.substr(kBase.size())) : 0;
  if (type != 0) {
    out.push_back(Item::of(input[0].kind == Item::Kind::node && derives_from(input[0].type, type)));
    return;
  }
  Host* host = machine.context().host;
  auto truth = host ? host->conforms_to(path_value_of(input[0]), *url) : std::nullopt;
  if (!truth) machine.fail(said("profile '{}' is not known", "不认识规范“{}”", *url), call.offset);
  out.push_back(Item::of(*truth));
}

void trace(Machine& machine, const Ast& call, const Items& input, const Scope& scope, Items& out) {
  auto name = machine.text(call.args[0], scope);
  if (Host* host = machine.context().host) {
    Items seen;
    if (call.args.size() > 1)
      select_each(machine, call.args[1], input, scope, seen);
    else
      seen.insert(seen.end(), input.begin(), input.end());
    Collection values;
    for (const Item& item : seen) values.push_back(path_value_of(item));
    host->trace(name.value_or(""), values);
  }
  out.insert(out.end(), input.begin(), input.end());
}

}  // namespace witmed::fhir::functions
