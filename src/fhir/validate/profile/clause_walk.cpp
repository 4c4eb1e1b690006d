#include "fhir/validate/profile/clause_walk.h"

#include <fmt/format.h>

#include <algorithm>

#include "fhir/fhirpath/utf8.h"
#include "fhir/reference.h"
#include "fhir/validate/names.h"
#include "fhir/validate/order.h"
#include "fhir/validate/profile/same.h"
#include "fhir/validate/profile/walk.h"

namespace witmed::fhir {
namespace {

constexpr uint64_t kWork = 20'000'000;  // parts looked at in one validation; a resource of 16 MB needs some hundred thousands

Coded kind_of(TypeId type, const Names& names) {
  if (type == names.coding_type) return Coded::coding;
  if (type == names.codeable) return Coded::codeable;
  if (type == names.code_type) return Coded::code;
  if (names.r4.is_a(type, names.quantity)) return Coded::quantity;
  return names.r4.type(type).kind == TypeKind::primitive ? Coded::text : Coded::none;
}

std::string_view kind_word(TypeId type) { return Definitions::r4().type(type).name; }

}  // namespace

std::string name_of(const Clause& part) { return part.slice.empty() ? part.path : fmt::format("{}:{}", part.path, part.slice); }

void ClauseWalk::fault(Node at, const char* code, const char* rule, std::string en, std::string zh) {
  run_.faults.add(at, code, rule, fmt::format("{} ({})", en, profile_.url), fmt::format("{}（{}）", zh, profile_.url));
}

void ClauseWalk::value(const Clause& part, const Occurrence& at) {
  if (run_.faults.full()) return;
  if (++run_.work > kWork) {
    if (run_.work == kWork + 1)
      run_.faults.add(at.place(), "too-costly", "profile-cost", "the profile takes too much work here", "按此配置文件检查的工作量过大");
    return;
  }
  if (!type(part, at)) return;  // what is said of another type makes no sense of this one
  equals(part, at);
  bounds(part, at);
  if (part.strength >= 3 && at.node) run_.codes.judge(at.node, kind_of(at.type, Names::get()), {part.value_set, part.strength});
  for (const auto& rule : part.rules) run_.judge(*rule, at.place(), at.type, standing_);
  children(part, at);
}

void ClauseWalk::children(const Clause& part, const Occurrence& at) {
  if (at.node && at.node != standing_.resource && !part.children.empty() && Definitions::r4().is_resource(at.type)) {
    Standing within = standing_;  // of what a resource within this one holds, that one is %resource
    within.resource = at.node;
    return ClauseWalk(run_, profile_, within).children(part, at);
  }
  for (const Clause& child : part.children) {
    if (run_.faults.full()) return;
    counted(child, occurrences(at, child.name), at);
  }
}

void ClauseWalk::counted(const Clause& part, const std::vector<Occurrence>& found, const Occurrence& owner) {
  const Element* stated = element_of(owner.type, Definitions::r4().text(part.name));
  const bool told = found.empty() && part.slice.empty() && stated && stated->min > 0;  // by R4's own cardinality
  if (found.size() < part.min && !told) {
    if (found.empty())
      fault(owner.place(), "required", part.slice.empty() ? "element-missing" : "slice-missing", fmt::format("{} is required", name_of(part)),
            fmt::format("缺少必填的 {}", name_of(part)));
    else
      fault(owner.place(), "required", part.slice.empty() ? "too-few" : "slice-too-few",
            fmt::format("{} must stand at least {} times, not {}", name_of(part), part.min, found.size()),
            fmt::format("{} 至少 {} 个，实有 {} 个", name_of(part), part.min, found.size()));
  }
  if (part.max != kMany && found.size() > part.max) {
    fault(part.max == 0 ? found[0].place() : found[part.max].place(), "structure", part.max == 0 ? "element-forbidden" : "too-many",
          part.max == 0 ? fmt::format("{} is not allowed", name_of(part)) : fmt::format("{} can stand at most {} times", name_of(part), part.max),
          part.max == 0 ? fmt::format("不允许 {}", name_of(part)) : fmt::format("{} 最多 {} 个", name_of(part), part.max));
    if (part.max == 0) return;
  }
  for (const Occurrence& each : found) value(part, each);
  const bool missing = found.empty() && (part.min > 0 || told);  // said above: its slices are no faults of their own
  if (part.slicing && !part.slices.empty() && !missing) sliced(part, found, owner);
}

bool ClauseWalk::type(const Clause& part, const Occurrence& at) {
  if (part.types.empty() || !at.node) return true;
  const Definitions& r4 = Definitions::r4();
  const TypeRef* ref = nullptr;
  for (const TypeRef& each : part.types) {
    if (at.type == each.type || (r4.is_a(at.type, each.type) && (!ref || r4.is_a(each.type, ref->type)))) ref = &each;
  }
  if (!ref) {
    std::string allowed;
    for (const TypeRef& each : part.types) allowed.append(allowed.empty() ? "" : ", ").append(kind_word(each.type));
    fault(at.node, "structure", "type", fmt::format("{} is a {}, allowed: {}", name_of(part), kind_word(at.type), allowed),
          fmt::format("{} 的类型是 {}，只允许 {}", name_of(part), kind_word(at.type), allowed));
    return false;
  }
  if (!ref->profiles.empty()) profiles(part, *ref, at);
  if (!ref->targets.empty() && at.type == Names::get().reference_type) targets(part, *ref, at);
  return true;
}

void ClauseWalk::profiles(const Clause& part, const TypeRef& ref, const Occurrence& at) {
  if (!run_.world.profiles || at.node.kind() != Kind::object) return;
  std::vector<std::shared_ptr<const Profile>> known;
  for (const std::string& url : ref.profiles) {
    auto found = run_.world.profiles->find(url);
    if (!found) return;  // not known: it may be the one
    known.push_back(std::move(found));
  }
  Standing standing = standing_;
  if (Definitions::r4().is_resource(at.type)) standing.resource = at.node;
  if (known.size() == 1) return check_profile(run_, at.node, at.type, *known[0], standing);
  for (const auto& profile : known) {
    if (conforms(run_, at.node, at.type, *profile, standing)) return;
  }
  fault(at.node, "structure", "type-profile", fmt::format("{} conforms to none of its profiles", name_of(part)),
        fmt::format("{} 不符合所列的任何配置文件", name_of(part)));
}

void ClauseWalk::targets(const Clause& part, const TypeRef& ref, const Occurrence& at) {
  const Names& names = Names::get();
  const Node text = at.node.kind() == Kind::object ? at.node[names.reference] : Node();
  if (!text || text.kind() != Kind::string) return;
  const std::string reference = text.string();
  const Node target = run_.target(reference, standing_);
  TypeId type = target ? actual_type(target, names.resource_base) : split_reference(reference).type;
  if (!type) {
    const Node said = at.node[names.type];
    type = said && said.kind() == Kind::string ? names.r4.type_id(said.string()) : TypeId{0};
  }
  if (!type) return;
  constexpr std::string_view kCore = "http://hl7.org/fhir/StructureDefinition/";
  bool known = true, right_type = false;
  for (const std::string& url : ref.targets) {
    const std::string_view plain = std::string_view(url).substr(0, url.find('|'));
    if (const TypeId base = plain.starts_with(kCore) ? names.r4.type_id(plain.substr(kCore.size())) : TypeId{0}) {
      if (names.r4.is_a(type, base)) return;
      continue;
    }
    const auto profile = run_.world.profiles ? run_.world.profiles->find(url) : nullptr;
    if (!profile) {
      known = false;
      continue;
    }
    if (!names.r4.is_a(type, profile->type)) continue;
    right_type = true;
    Standing there{target, target, standing_.bundle, standing_.bundle && target && &target.document() == &standing_.resource.document() ? standing_.bundle->holder(target) : nullptr};
    if (!target || !run_.options.profiles || conforms(run_, target, type, *profile, there)) return;
  }
  if (!known) return;
  if (right_type)
    fault(at.node, "structure", "target-profile", fmt::format("what {} refers to does not conform to the profile", name_of(part)),
          fmt::format("{} 引用的资源不符合所要求的配置文件", name_of(part)));
  else if (!at.element || at.element->targets.empty() ||
           std::find(at.element->targets.begin(), at.element->targets.end(), type) != at.element->targets.end())  // else R4 itself told
    fault(at.node, "value", "reference-type", fmt::format("{} cannot refer to a {}", name_of(part), kind_word(type)),
          fmt::format("{} 不能引用 {}", name_of(part), kind_word(type)));
}

void ClauseWalk::equals(const Clause& part, const Occurrence& at) {
  if (part.fixed && !(at.node && is_fixed(at.node, part.fixed)))
    fault(at.place(), "value", "fixed", fmt::format("{} must be {}", name_of(part), excerpt(part.fixed)),
          fmt::format("{} 必须是 {}", name_of(part), excerpt(part.fixed)));
  if (part.pattern && !(at.node && matches_pattern(at.node, part.pattern)))
    fault(at.place(), "value", "pattern", fmt::format("{} must hold {}", name_of(part), excerpt(part.pattern)),
          fmt::format("{} 必须包含 {}", name_of(part), excerpt(part.pattern)));
}

void ClauseWalk::bounds(const Clause& part, const Occurrence& at) {
  if (!at.node) return;
  if (part.min_value) {
    const auto found = order(at.node, part.min_value, at.type);
    if (found && *found < 0)
      fault(at.node, "value", "min-value", fmt::format("{} must be at least {}", name_of(part), excerpt(part.min_value)),
            fmt::format("{} 不能小于 {}", name_of(part), excerpt(part.min_value)));
  }
  if (part.max_value) {
    const auto found = order(at.node, part.max_value, at.type);
    if (found && *found > 0)
      fault(at.node, "value", "max-value", fmt::format("{} must be at most {}", name_of(part), excerpt(part.max_value)),
            fmt::format("{} 不能大于 {}", name_of(part), excerpt(part.max_value)));
  }
  if (part.max_length && at.node.kind() == Kind::string && at.node.raw().size() > part.max_length) {
    std::string scratch;
    const size_t length = count_characters(at.node.view(scratch));
    if (length > part.max_length)
      fault(at.node, "too-long", "max-length", fmt::format("{} has {} characters, at most {} are allowed", name_of(part), length, part.max_length),
            fmt::format("{} 有 {} 个字符，最多 {} 个", name_of(part), length, part.max_length));
  }
}

}  // namespace witmed::fhir
