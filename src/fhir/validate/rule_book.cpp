#include "fhir/validate/rule_book.h"

#include <algorithm>
#include <array>
#include <map>

#include "fhir/validate/names.h"

namespace witmed::fhir {
namespace {

constexpr std::array<std::string_view, 10> kByHand = {"ele-1", "ext-1", "dom-2", "dom-3", "dom-4",
                                                      "dom-5", "dom-6", "ref-1", "txt-1", "txt-2"};

// Where the published expression is not what the rule says in words, and later editions of R4's package corrected it.
std::string_view corrected(const Invariant& stated) {
  if (stated.key == "que-7") return "operator = 'exists' implies (answer is boolean)";
  if (stated.key == "ras-2") return "probability.ofType(decimal).empty() or probability.ofType(decimal) <= 100";
  if (stated.key == "que-12") return "enableWhen.count() > 1 implies enableBehavior.exists()";
  return stated.expression;
}

bool done_by_hand(std::string_view key) { return std::find(kByHand.begin(), kByHand.end(), key) != kByHand.end(); }

// "Observation.value[x]" → "value"
std::string_view last_part(std::string_view path) {
  path.remove_prefix(path.rfind('.') + 1);
  if (path.ends_with("[x]")) path.remove_suffix(3);
  return path;
}

Coded coded_of(const Element& element, const Names& names) {
  if (element.type == names.coding_type) return Coded::coding;
  if (element.type == names.codeable) return Coded::codeable;
  if (element.binding_strength < 3) return Coded::none;  // only codes that say their system are judged without a binding
  if (element.type == names.code_type) return Coded::code;
  if (names.r4.is_a(element.type, names.quantity)) return Coded::quantity;
  return element.primitive ? Coded::text : Coded::none;
}

Special special_of(const Type& type, const Names& names) {
  if (type.id == names.reference_type) return Special::reference;
  if (type.id == names.extension_type) return Special::extension;
  if (type.id == names.attachment) return Special::attachment;
  if (type.id == names.coding_type) return Special::coding;
  return Special::none;
}

}  // namespace

const RuleBook& RuleBook::r4() {
  static const RuleBook instance;
  return instance;
}

RuleBook::RuleBook() {
  const Names& names = Names::get();
  const auto types = names.r4.types();
  types_.resize(types.size());
  std::vector<std::vector<const Rule*>> own(types.size());
  for (const Type& type : types) {
    TypeWork& work = types_[type.id];
    work.special = special_of(type, names);
    work.elements.resize(type.elements.size());
    for (const Invariant& stated : type.invariants) {
      rules_.push_back(std::make_unique<Rule>(
          Rule{std::string(stated.key), std::string(stated.human), stated.warning, Expression::compile(corrected(stated))}));
      const Rule* rule = rules_.back().get();
      if (done_by_hand(stated.key)) {
        by_hand_.push_back(rule);
      } else if (stated.path == type.name) {
        own[type.id].push_back(rule);
      } else {
        for (size_t i = 0; i < type.elements.size(); ++i) {
          if (names.r4.text(type.elements[i].base) == last_part(stated.path)) work.elements[i].rules.push_back(rule);
        }
      }
    }
  }
  for (const Type& type : types) {
    TypeWork& work = types_[type.id];
    for (TypeId at = type.id; at; at = types[at].base)
      work.rules.insert(work.rules.end(), own[at].begin(), own[at].end());
    for (size_t i = 0; i < type.elements.size(); ++i) {
      const Element& element = type.elements[i];
      ElementWork& each = work.elements[i];
      each.coded = coded_of(element, names);
      each.local = element.type == names.canonical || element.type == names.uri || element.type == names.url_type ||
                   element.name == names.reference;
      each.look = !element.primitive || !each.rules.empty() || each.coded != Coded::none || each.local ||
                  element.type == names.string || element.type == names.xhtml;
    }
  }
}

}  // namespace witmed::fhir
