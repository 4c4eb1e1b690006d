#include "fhir/validate/profile/compile.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/text.h"
#include "fhir/json/member.h"
#include "fhir/validate/names.h"
#include "fhir/validate/profile/place.h"

namespace witmed::fhir {
namespace {

constexpr size_t kElements = 20'000;  // of one definition; the largest of R4 has 300

bool is_true(Node owner, std::string_view key) {
  const Node member = owner[key];
  return member && member.is_true();
}

std::optional<uint32_t> number_of(Node owner, std::string_view key) {
  const Node member = owner[key];
  if (!member) return std::nullopt;
  const std::string text = member.string();
  if (text == "*") return kMany;
  uint32_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() ? std::optional(std::min(value, kMany)) : std::nullopt;
}

constexpr uint8_t kExtensible = 3, kRequired = 4;  // as Element::binding_strength
uint8_t strength_of(std::string_view s) {
  return s == "required" ? kRequired : s == "extensible" ? kExtensible : s == "preferred" ? 2 : s == "example" ? 1 : 0;
}

// fixedCode, patternCodeableConcept, minValueDate … whatever follows the word begins with a capital.
Node choice_of(Node element, std::string_view word) {
  for (Node member : element) {
    const std::string_view key = member.key();
    if (key.size() > word.size() && key.starts_with(word) && key[word.size()] >= 'A' && key[word.size()] <= 'Z') return member;
  }
  return {};
}

class Compiler {
 public:
  Compiler(std::shared_ptr<const Document> definition, const Profiles& known) : known_(known), sd_(definition->root()) {
    profile_->documents.push_back(std::move(definition));
  }

  std::shared_ptr<const Profile> run(Form form) {
    header();
    const bool based = take_base();
    const Node differential = elements_of("differential"), snapshot = elements_of("snapshot");
    const bool by_snapshot = form == Form::snapshot || (form == Form::automatic && snapshot && (!differential || !based));
    if (!by_snapshot && !based)
      fail(sd_["baseDefinition"], fmt::format("the base {} is not known here", text_of(sd_, "baseDefinition")),
           fmt::format("此处没有基础定义 {}", text_of(sd_, "baseDefinition")));
    const Node list = by_snapshot ? snapshot : differential;
    if (!list) fail(sd_, "neither differential nor snapshot", "既没有 differential 也没有 snapshot");
    if (by_snapshot) profile_->root = Clause{};
    profile_->root.path = names_.r4.type(profile_->type).name;
    profile_->root.type = profile_->type;
    size_t count = 0;
    for (Node element : list) {
      if (++count > kElements) fail(element, "too many elements", "元素过多");
      if (element.kind() == Kind::object) apply(element);
    }
    return profile_;
  }

 private:
  [[noreturn]] void fail(Node at, std::string en, std::string zh) const {
    if (!at) at = sd_;
    Issue issue{Severity::error, "structure", std::move(en), std::move(zh), at.document().path(at), 0, 0};
    const auto place = at.document().place(at.offset());
    issue.line = place.line;
    issue.column = place.column;
    issue.rule = "profile-broken";
    throw Rejection(422, {std::move(issue)});
  }

  void header() {
    if (sd_.kind() != Kind::object || text_of(sd_, "resourceType") != "StructureDefinition")
      fail(sd_, "not a StructureDefinition", "不是 StructureDefinition");
    if (text_of(sd_, "derivation") != "constraint") fail(sd_, "only profiles (derivation = constraint) are compiled", "只支持约束型定义");
    profile_->url = text_of(sd_, "url");
    profile_->version = text_of(sd_, "version");
    profile_->title = text_of(sd_, "title");
    profile_->type = names_.r4.type_id(text_of(sd_, "type"));
    if (!profile_->type) fail(sd_["type"], fmt::format("\"{}\" is no type of R4", text_of(sd_, "type")), fmt::format("R4 没有类型“{}”", text_of(sd_, "type")));
    for (Node context : items_of(sd_, "context")) {
      const std::string kind = text_of(context, "type");
      profile_->contexts.push_back({kind == "fhirpath"    ? ExtensionContext::Kind::fhirpath
                                    : kind == "extension" ? ExtensionContext::Kind::extension
                                                          : ExtensionContext::Kind::element,
                                    text_of(context, "expression")});
    }
  }

  // The tree of the base profile; of R4's own types there is nothing to take.
  bool take_base() {
    constexpr std::string_view kCore = "http://hl7.org/fhir/StructureDefinition/";
    std::string base = text_of(sd_, "baseDefinition");
    const std::string_view plain = std::string_view(base).substr(0, base.find('|'));
    if (plain.starts_with(kCore) && names_.r4.type_id(plain.substr(kCore.size()))) return true;
    const auto found = known_.find(base);
    if (!found) return false;
    profile_->root = found->root;
    profile_->documents.insert(profile_->documents.end(), found->documents.begin(), found->documents.end());
    return true;
  }

  Node elements_of(std::string_view form) const {
    const Node part = sd_[form];
    const Node list = part && part.kind() == Kind::object ? part["element"] : Node();
    return list && list.kind() == Kind::array && list.size() > 0 ? list : Node();
  }

  void apply(Node element) {
    const std::string path = text_of(element, "path"), id = text_of(element, "id");
    if (path.empty()) fail(element, "an element without path", "元素没有 path");
    PlaceFinder finder(profile_->root, profile_->type);
    std::string problem;
    Clause* part = finder.find(path, id, text_of(element, "sliceName"), latest_, problem);
    if (!part) fail(element, fmt::format("the path {} leads nowhere: {}", path, problem), fmt::format("路径 {} 不存在：{}", path, problem));
    read(element, *part);
    if (path.find('.') == path.npos && is_true(element, "isModifier")) profile_->modifier = true;
  }

  void read(Node element, Clause& part) {
    if (const auto min = number_of(element, "min")) part.min = *min;
    if (const auto max = number_of(element, "max")) part.max = std::min(part.slice.empty() ? part.max : kMany, *max);
    if (const auto length = number_of(element, "maxLength")) part.max_length = *length;
    types(element, part);
    if (const Node fixed = choice_of(element, "fixed")) part.fixed = fixed;
    if (const Node pattern = choice_of(element, "pattern")) part.pattern = pattern;
    if (const Node value = choice_of(element, "minValue")) part.min_value = value;
    if (const Node value = choice_of(element, "maxValue")) part.max_value = value;
    binding(element, part);
    rules(element, part);
    if (const Node slicing = element["slicing"]; slicing && slicing.kind() == Kind::object) slice(slicing, part);
  }

  void types(Node element, Clause& part) {
    std::vector<TypeRef> types;
    for (Node type : items_of(element, "type")) {
      const std::string code = text_of(type, "code");
      if (code.starts_with("http://hl7.org/fhirpath/")) return;  // a primitive's own value
      TypeRef ref;
      ref.type = names_.r4.type_id(code);
      if (!ref.type) fail(type, fmt::format("\"{}\" is no type of R4", code), fmt::format("R4 没有类型“{}”", code));
      ref.profiles = texts_of(type, "profile");
      ref.targets = texts_of(type, "targetProfile");
      // One type listed several times, a profile each, as STU3 wrote it.
      const auto same = std::find_if(types.begin(), types.end(), [&](const TypeRef& t) { return t.type == ref.type; });
      if (same == types.end()) {
        types.push_back(std::move(ref));
      } else {
        same->profiles.insert(same->profiles.end(), ref.profiles.begin(), ref.profiles.end());
        same->targets.insert(same->targets.end(), ref.targets.begin(), ref.targets.end());
      }
    }
    if (types.empty() || !part.name) return;
    if (types.size() == 1 && names_.r4.type(types[0].type).kind != TypeKind::abstract && part.type != types[0].type &&
        (!part.type || names_.r4.is_a(types[0].type, part.type)))
      part.type = types[0].type;
    part.types = std::move(types);
  }

  void binding(Node element, Clause& part) {
    const Node binding = element["binding"];
    if (!binding || binding.kind() != Kind::object) return;
    const std::string set = text_of(binding, "valueSet");
    uint8_t strength = strength_of(text_of(binding, "strength"));
    // The vital signs of R4 require units of a component even where its value is a code; HL7's validator reads this one as extensible.
    constexpr std::string_view kVitalUnits = "http://hl7.org/fhir/ValueSet/ucum-vitals-common";
    const bool erratum = set.starts_with(kVitalUnits) && text_of(element, "path") == "Observation.component.value[x]";
    if (erratum && strength == kRequired) strength = kExtensible;
    if (!set.empty()) part.value_set = set;
    if (strength) part.strength = strength;
  }

  void rules(Node element, Clause& part) {
    for (Node constraint : items_of(element, "constraint")) {
      const std::string key = text_of(constraint, "key"), expression = text_of(constraint, "expression");
      if (expression.empty() || is_of_r4(key, expression)) continue;
      const bool known = std::any_of(part.rules.begin(), part.rules.end(), [&](const auto& rule) { return rule->key == key; });
      if (known) continue;
      try {
        part.rules.push_back(std::make_shared<const Rule>(
            Rule{key, text_of(constraint, "human"), text_of(constraint, "severity") == "warning", Expression::compile(expression)}));
      } catch (const PathError& error) {
        fail(constraint, fmt::format("{} is no FHIRPath: {}", key, error.issues[0].en), fmt::format("{} 不是有效的 FHIRPath：{}", key, error.issues[0].zh));
      }
    }
  }

  // Snapshots repeat what R4 says of every element; that is judged as R4's.
  bool is_of_r4(const std::string& key, const std::string& expression) const {
    for (const Type& type : names_.r4.types()) {
      for (const Invariant& stated : type.invariants) {
        if (stated.key == key && stated.expression == expression) return true;
      }
    }
    return key == "ele-1" || key == "ext-1" || key == "dom-2" || key == "dom-3" || key == "dom-4" || key == "dom-5" || key == "dom-6";
  }

  void slice(Node definition, Clause& part) {
    Slicing slicing;
    const std::string rules = text_of(definition, "rules");
    slicing.rules = rules == "closed" ? Slicing::Rules::closed : rules == "openAtEnd" ? Slicing::Rules::open_at_end : Slicing::Rules::open;
    slicing.ordered = is_true(definition, "ordered");
    for (Node each : items_of(definition, "discriminator")) {
      auto discriminator = parse_discriminator(text_of(each, "type"), text_of(each, "path"));
      if (!discriminator) fail(each, fmt::format("\"{}\" is no path of a discriminator", text_of(each, "path")), fmt::format("“{}”不是鉴别路径", text_of(each, "path")));
      slicing.by.push_back(*std::move(discriminator));
    }
    part.slicing = std::move(slicing);
  }

  const Profiles& known_;
  const Names& names_ = Names::get();
  std::shared_ptr<Profile> profile_ = std::make_shared<Profile>();
  Node sd_;
  std::vector<std::string> latest_;  // of the element before, with slices: what paths without ids go on from
};

}  // namespace

std::shared_ptr<const Profile> compile_profile(std::shared_ptr<const Document> definition, const Profiles& known, Form form) {
  return Compiler(std::move(definition), known).run(form);
}

std::shared_ptr<const Profile> compile_profile(std::shared_ptr<const Document> definition, const Profiles& known) {
  return compile_profile(std::move(definition), known, Form::automatic);
}

}  // namespace witmed::fhir
