// The tree, the clock, and the functions FHIR adds (http://hl7.org/fhir/R4/fhirpath.html#functions).

#include <algorithm>
#include <vector>

#include "fhir/fhirpath/function_bodies.h"
#include "fhir/fhirpath/html.h"
#include "fhir/fhirpath/machine.h"
#include "fhir/fhirpath/said.h"
#include "fhir/temporal.h"

namespace witmed::fhir::functions {

void children(Machine& machine, const Ast&, const Items& input, const Scope&, Items& out) {
  for (const Item& item : input) machine.children(item, out);
}

void descendants(Machine& machine, const Ast&, const Items& input, const Scope&, Items& out) {
  size_t next = out.size();
  for (const Item& item : input) machine.children(item, out);
  for (; next < out.size(); ++next) {
    Item item = out[next];  // a copy: `out` grows
    machine.children(item, out);
  }
}

void now(Machine& machine, const Ast&, const Items&, const Scope&, Items& out) {
  Temporal moment = machine.now();
  moment.fraction_digits = 3;
  out.push_back(Item::of(Item::Kind::date_time, machine.keep(to_text(moment))));
}

void today(Machine& machine, const Ast&, const Items&, const Scope&, Items& out) {
  out.push_back(Item::of(Item::Kind::date, machine.keep(to_text(machine.now()).substr(0, 10))));
}

void time_of_day(Machine& machine, const Ast&, const Items&, const Scope&, Items& out) {
  out.push_back(Item::of(Item::Kind::time, machine.keep(to_text(machine.now()).substr(11, 12))));
}

void extension(Machine& machine, const Ast& call, const Items& input, const Scope& scope, Items& out) {
  const Definitions& r4 = Definitions::r4();
  static const NameId list = r4.name("extension"), name = r4.name("url");
  auto url = machine.text(call.args[0], scope);
  if (!url) return;
  std::string scratch;
  Items found;
  for (const Item& item : input) machine.member(item, list, found);
  for (const Item& item : found) {
    Node said = item.node && item.node.kind() == Kind::object ? item.node[name] : Node();
    if (said && said.view(scratch) == *url) out.push_back(item);
  }
}

void has_value(Machine&, const Ast&, const Items& input, const Scope&, Items& out) {
  bool has = input.size() == 1;
  if (has && input[0].kind == Item::Kind::node) {
    has = input[0].node && input[0].node.kind() != Kind::object;
  }
  out.push_back(Item::of(has));
}

void get_value(Machine& machine, const Ast&, const Items& input, const Scope&, Items& out) {
  if (input.size() != 1) return;
  if (auto value = machine.system(input[0])) out.push_back(*value);
}

// No modifier extension but those that are named: whoever reads on understands them.
void check_modifiers(Machine& machine, const Ast& call, const Items& input, const Scope& scope, Items& out) {
  const Definitions& r4 = Definitions::r4();
  static const NameId list = r4.name("modifierExtension"), name = r4.name("url");
  std::vector<std::string_view> understood;
  for (const Ast& arg : call.args) understood.push_back(machine.text(arg, scope).value_or(""));
  Items found;
  for (const Item& item : input) machine.member(item, list, found);
  for (const Item& item : found) {
    Node node = item.node && item.node.kind() == Kind::object ? item.node[name] : Node();
    std::string url = node ? node.string() : std::string();
    if (std::find(understood.begin(), understood.end(), url) == understood.end())
      machine.fail(said("modifier extension '{}'", "有修饰性扩展“{}”", url), call.offset);
  }
  out.insert(out.end(), input.begin(), input.end());
}

void html_checks(Machine& machine, const Ast&, const Items& input, const Scope&, Items& out) {
  bool good = true;
  for (const Item& item : input) {
    auto value = machine.system(item);
    good = good && value && value->kind == Item::Kind::string && is_safe_narrative(value->text);
  }
  out.push_back(Item::of(good));
}

}  // namespace witmed::fhir::functions
