#include "fhir/validate/definition.h"

#include <fmt/format.h>

#include <set>

#include "fhir/validate/names.h"
#include "fhir/validate/profile/compile.h"

namespace witmed::fhir {
namespace {

std::string text_of(Node owner, std::string_view key) {
  const Node member = owner[key];
  return member && member.kind() == Kind::string ? member.string() : std::string();
}

Node list_of(Node owner, std::string_view key) {
  const Node list = owner && owner.kind() == Kind::object ? owner[key] : Node();
  return list && list.kind() == Kind::array ? list : Node();
}

// Profiles that are known, without those that this one could be.
class Nothing : public Profiles {
 public:
  std::shared_ptr<const Profile> find(std::string_view) const override { return nullptr; }
};

void structure_definition(Run& run, Node resource) {
  if (text_of(resource, "derivation") != "constraint" || text_of(resource, "kind") == "logical" || run.faults.within(resource)) return;
  const bool has_differential = static_cast<bool>(list_of(resource["differential"], "element"));
  try {
    const auto document = std::make_shared<const Document>(Document::parse(resource.raw(), {64u << 20, 64}));
    static const Nothing nothing;
    compile_profile(document, run.world.profiles ? *run.world.profiles : nothing, has_differential ? Form::differential : Form::snapshot);
  } catch (const Rejection& broken) {
    const Issue& why = broken.issues[0];
    const bool base = why.expression.ends_with(".baseDefinition");
    run.faults.add(Fault{resource, "structure", "profile-broken", fmt::format("{}: {}", why.expression, why.en), fmt::format("{}：{}", why.expression, why.zh),
                         base ? Severity::warning : Severity::error, {}});
  }
}

void count_concepts(Node owner, size_t& count, int depth) {
  const Node list = list_of(owner, "concept");
  if (!list || depth > 60) return;
  for (Node each : list) {
    ++count;
    count_concepts(each, count, depth + 1);
  }
}

void code_system(Run& run, Node resource) {
  const std::string content = text_of(resource, "content");
  const Node stated = resource["count"];
  if (content == "complete" && stated && stated.kind() == Kind::number) {
    size_t count = 0;
    count_concepts(resource, count, 0);
    if (stated.raw() != std::to_string(count))
      run.faults.add(stated, "business-rule", "code-system-count", fmt::format("count says {}, but there are {} concepts", stated.raw(), count),
                     fmt::format("count 写的是 {}，实有 {} 个概念", stated.raw(), count));
  }
  if (const Node at = resource["content"]; at && resource["supplements"] && content != "supplement")
    run.faults.add(at, "business-rule", "code-system-supplement", "what supplements another code system has the content \"supplement\"",
                   "补充其他代码系统的，content 应为 supplement");
}

void value_set(Run& run, Node resource) {
  const Node compose = resource["compose"];
  if (!compose || compose.kind() != Kind::object) return;
  for (const char* key : {"include", "exclude"}) {
    const Node list = list_of(compose, key);
    if (!list) continue;
    for (Node each : list) {
      const std::string system = each.kind() == Kind::object ? text_of(each, "system") : std::string();
      if (!system.empty() && system.find(':') == system.npos)
        run.faults.add(each, "value", "system-relative", "a code system is named by an absolute uri", "代码系统须用绝对 URI 标识");
    }
  }
}

void search_parameter(Run& run, Node resource) {
  if (const Node expression = resource["expression"]; expression && expression.kind() == Kind::string) {
    try {
      Expression::compile(expression.string());
    } catch (const PathError& error) {
      run.faults.add(expression, "invalid", "expression", error.issues[0].en, error.issues[0].zh);
    }
  }
  const Node components = list_of(resource, "component");
  if (text_of(resource, "type") == "composite" && (!components || components.size() < 2))
    run.faults.add(resource, "business-rule", "composite-parts", "a composite parameter has two components or more", "组合检索参数至少有两个组成部分");
}

}  // namespace

void check_definition(Run& run, Node resource, TypeId type) {
  if (!run.options.publishing || resource.kind() != Kind::object) return;
  const std::string_view name = Definitions::r4().type(type).name;
  if (name == "StructureDefinition") structure_definition(run, resource);
  if (name == "CodeSystem") code_system(run, resource);
  if (name == "ValueSet") value_set(run, resource);
  if (name == "SearchParameter") search_parameter(run, resource);
}

}  // namespace witmed::fhir
