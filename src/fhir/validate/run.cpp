#include "fhir/validate/run.h"

#include <fmt/format.h>

#include "fhir/validate/names.h"
#include "fhir/validate/profile/walk.h"
#include "fhir/validate/questionnaire/form.h"

namespace witmed::fhir {
namespace {

constexpr uint32_t kRuleSteps = 2'000'000;  // que-2 and the like go through a whole resource of 16 MB; nothing of R4 needs more

std::string string_of(Node owner, NameId name) {
  const Node member = owner[name];
  return member && member.kind() == Kind::string ? member.string() : std::string();
}

}  // namespace

Node contained_in(Node root, std::string_view id) {
  const Names& names = Names::get();
  const Node list = root && root.kind() == Kind::object ? root[names.contained] : Node();
  if (!list || list.kind() != Kind::array) return {};
  std::string scratch;
  for (Node item : list) {
    const Node known = item.kind() == Kind::object ? item[names.id] : Node();
    if (known && known.kind() == Kind::string && known.view(scratch) == id) return item;
  }
  return {};
}

Node Run::target(std::string_view reference, const Standing& standing) {
  if (reference.empty()) return {};
  if (reference == "#") return standing.root;
  if (reference[0] == '#') return contained_in(standing.root, reference.substr(1));
  if (standing.bundle) {
    if (const auto* entry = standing.bundle->lenient(reference, standing.entry)) return entry->resource;
  }
  return world.resolver ? world.resolver->find(reference) : Node();
}

const QuestionForm& Run::form(Node questionnaire) {
  auto& known = forms_[{&questionnaire.document(), questionnaire.index()}];
  if (!known) known = std::make_shared<const QuestionForm>(questionnaire);
  return *known;
}

bool Run::keeps(const Rule& rule, Node node, TypeId type, const Standing& standing) {
  EvalContext context;
  context.resource = standing.resource;
  context.root_resource = standing.root;
  context.host = this;
  context.step_limit = kRuleSteps;
  const Standing* before = standing_;
  standing_ = &standing;
  bool kept = true;
  try {
    kept = rule.expression.holds(node, type, context, false);  // "SHALL evaluate to true": to nothing is not enough
  } catch (const PathError&) {
    // What is so wrong that the rule makes no sense is a fault of structure, told there.
  } catch (...) {
    standing_ = before;
    throw;
  }
  standing_ = before;
  return kept;
}

void Run::judge(const Rule& rule, Node node, TypeId type, const Standing& standing) {
  if (rule.warning && !options.warnings) return;
  if (keeps(rule, node, type, standing) || faults.full()) return;
  faults.add(Fault{node, "invariant", rule.key, fmt::format("{}: {}", rule.key, rule.human),
                   fmt::format("违反规则 {}：{}", rule.key, rule.human),
                   rule.warning ? Severity::warning : Severity::error, {}});
}

Node Run::resolve(std::string_view reference) { return standing_ ? target(reference, *standing_) : Node(); }

std::optional<bool> Run::member_of(const PathValue& coded, std::string_view value_set) {
  const Names& names = Names::get();
  if (!world.terminology) return std::nullopt;
  Known member = Known::unknown;
  const auto ask = [&](Node coding) {
    const std::string system = string_of(coding, names.system), version = string_of(coding, names.version), code = string_of(coding, names.code);
    return code.empty() ? Known::unknown : world.terminology->judge({system, version, code, {}}, value_set).member;
  };
  if (coded.kind != PathValue::Kind::node) {
    member = world.terminology->judge({{}, {}, coded.text, {}}, value_set).member;
  } else if (coded.node && coded.node.kind() == Kind::string) {
    const std::string code = coded.node.string();
    member = world.terminology->judge({{}, {}, code, {}}, value_set).member;
  } else if (coded.node && coded.node.kind() == Kind::object) {
    const Node list = coded.node[names.coding];
    if (!list || list.kind() != Kind::array) {
      member = ask(coded.node);
    } else {
      member = Known::no;
      for (Node each : list) {
        const Known one = each.kind() == Kind::object ? ask(each) : Known::unknown;
        if (one == Known::yes) return true;
        if (one == Known::unknown) member = Known::unknown;
      }
    }
  }
  return member == Known::unknown ? std::nullopt : std::optional(member == Known::yes);
}

std::optional<bool> Run::subsumes(std::string_view system, std::string_view ancestor, std::string_view descendant) {
  if (!world.terminology) return std::nullopt;
  const Known known = world.terminology->subsumes(system, ancestor, descendant);
  return known == Known::unknown ? std::nullopt : std::optional(known == Known::yes);
}

std::optional<bool> Run::conforms_to(const PathValue& value, std::string_view profile) {
  if (!world.profiles || value.kind != PathValue::Kind::node || !value.node) return std::nullopt;
  const auto found = world.profiles->find(profile);
  if (!found || !standing_) return std::nullopt;
  return conforms(*this, value.node, value.type, *found, *standing_);
}

}  // namespace witmed::fhir
