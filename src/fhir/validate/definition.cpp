#include "fhir/validate/definition.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <unordered_map>
#include <vector>

#include "base/text.h"
#include "fhir/json/member.h"
#include "fhir/validate/names.h"
#include "fhir/validate/profile/compile.h"

namespace witmed::fhir {
namespace {

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

// What the properties of http://hl7.org/fhir/concept-properties hold.
std::string_view standard_property_type(std::string_view uri) {
  constexpr std::string_view kStandard = "http://hl7.org/fhir/concept-properties#";
  constexpr std::array<std::pair<std::string_view, std::string_view>, 8> types = {{{"inactive", "boolean"},
                                                                                   {"notSelectable", "boolean"},
                                                                                   {"deprecated", "dateTime"},
                                                                                   {"deprecationDate", "dateTime"},
                                                                                   {"retirementDate", "dateTime"},
                                                                                   {"status", "code"},
                                                                                   {"parent", "code"},
                                                                                   {"child", "code"}}};
  if (!uri.starts_with(kStandard)) return {};
  const auto* found = std::find_if(types.begin(), types.end(), [&](const auto& type) { return type.first == uri.substr(kStandard.size()); });
  return found == types.end() ? std::string_view{} : found->second;
}

using PropertyTypes = std::unordered_map<std::string, std::string>;

void concept_properties(Run& run, Node owner, const PropertyTypes& types, int depth) {
  if (depth > 60) return;
  for (const Node each : items_of(owner, "concept")) {
    for (const Node property : items_of(each, "property")) {
      const auto declared = types.find(text_of(property, "code"));
      if (declared == types.end() || declared->second.empty()) continue;
      for (Node member : property) {
        if (!member.key().starts_with("value") || equal_nocase(member.key().substr(5), declared->second)) continue;
        run.faults.add(property, "invalid", "property-type", fmt::format("the property {} is declared as {}, this is {}", declared->first, declared->second, member.key()),
                       fmt::format("属性 {} 声明为 {}，此处是 {}", declared->first, declared->second, member.key()));
      }
    }
    concept_properties(run, each, types, depth + 1);
  }
}

void declared_properties(Run& run, Node resource) {
  PropertyTypes types;
  std::set<std::string> uris;
  for (const Node property : items_of(resource, "property")) {
    const std::string code = text_of(property, "code"), uri = text_of(property, "uri"), type = text_of(property, "type");
    const std::string_view standard = standard_property_type(uri);
    if (!types.emplace(code, type).second || (!uri.empty() && !uris.insert(uri).second))
      run.faults.add(property, "business-rule", "property-twice", "a property with this code or uri is declared before", "该代码或 uri 的属性前面已经声明");
    else if (!standard.empty() && !type.empty() && type != standard)
      run.faults.add(property, "business-rule", "property-type", fmt::format("{} holds a {}, not a {}", uri, standard, type),
                     fmt::format("{} 的类型是 {}，不是 {}", uri, standard, type));
  }
  concept_properties(run, resource, types, 0);
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
  declared_properties(run, resource);
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

// R4's search parameters by url: one for each type it is listed under.
std::vector<const SearchParam*> published_params(std::string_view url) {
  static const auto all = [] {
    std::unordered_multimap<std::string_view, const SearchParam*> out;
    const Definitions& r4 = Definitions::r4();
    for (const TypeId type : r4.resource_types())
      for (const SearchParam& param : r4.search_params(type)) out.emplace(param.url, &param);
    return out;
  }();
  std::vector<const SearchParam*> out;
  for (auto [at, end] = all.equal_range(url.substr(0, url.find('|'))); at != end; ++at) out.push_back(at->second);
  return out;
}

void derived_parameter(Run& run, Node resource) {
  const std::string from = text_of(resource, "derivedFrom");
  const auto published = published_params(from);
  if (published.empty()) return;
  const std::string type = text_of(resource, "type");
  const std::string_view known = code_of(published.front()->type);
  if (!type.empty() && type != known)
    run.faults.add(resource, "business-rule", "derived-parameter", fmt::format("{} is of type {}, not {}", from, known, type),
                   fmt::format("{} 的类型是 {}，不是 {}", from, known, type));
  const Node bases = list_of(resource, "base");
  if (!bases) return;
  for (Node base : bases) {
    const TypeId wanted = Definitions::r4().type_id(base.string());
    if (std::any_of(published.begin(), published.end(), [&](const SearchParam* param) { return Definitions::r4().is_a(param->base, wanted); })) continue;
    run.faults.add(resource, "business-rule", "derived-parameter", fmt::format("{} is not a parameter of {}", from, base.string()),
                   fmt::format("{} 不是 {} 的检索参数", from, base.string()));
  }
}

void capability_statement(Run& run, Node resource) {
  for (const Node rest : items_of(resource, "rest")) {
    for (const Node type : items_of(rest, "resource")) {
      for (const Node param : items_of(type, "searchParam")) {
        const std::string definition = text_of(param, "definition"), stated = text_of(param, "type");
        const auto published = published_params(definition);
        if (published.empty() || stated.empty() || stated == code_of(published.front()->type)) continue;
        run.faults.add(param, "business-rule", "search-type", fmt::format("{} is of type {}, not {}", definition, code_of(published.front()->type), stated),
                       fmt::format("{} 的类型是 {}，不是 {}", definition, code_of(published.front()->type), stated));
      }
    }
  }
}

void search_parameter(Run& run, Node resource) {
  derived_parameter(run, resource);
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
  if (name == "CapabilityStatement") capability_statement(run, resource);
}

}  // namespace witmed::fhir
