#include "fhir/validate/reference.h"

#include <fmt/format.h>

#include <algorithm>

namespace witmed::fhir {
namespace {

struct Words {
  NameId reference = Definitions::r4().name("reference"), type = Definitions::r4().name("type");
};

const Words& words() {
  static const Words instance;
  return instance;
}

std::string names_of(std::span<const TypeId> types) {
  std::string out;
  for (TypeId type : types) out.append(out.empty() ? "" : ", ").append(Definitions::r4().type(type).name);
  return out;
}

// 0 when it is no resource type: then a fault is reported.
TypeId checked_type(std::string_view name, Node reference, Node at, const Element& element, Faults& faults) {
  const TypeId type = Definitions::r4().type_id(name);
  if (!Definitions::r4().is_resource(type)) {
    faults.add(Fault{reference, "value", "reference-type", fmt::format("\"{}\" is not a resource type of R4", name),
                     fmt::format("“{}”不是 R4 的资源类型", name), Severity::error, at});
    return 0;
  }
  const auto& targets = element.targets;
  if (!targets.empty() && std::find(targets.begin(), targets.end(), type) == targets.end()) {
    faults.add(Fault{reference, "value", "reference-type",
                     fmt::format("{} cannot refer to {}: only to {}", element.path, name, names_of(targets)),
                     fmt::format("{} 不能引用 {}，只能引用 {}", element.path, name, names_of(targets)), Severity::error, at});
  }
  return type;
}

}  // namespace

std::string_view type_in_reference(std::string_view s) {
  const size_t end = s.find_first_of("/?:#");
  if (end == s.npos || end == 0 || s[end] == ':' || s[end] == '#') return {};
  return s.substr(0, end);
}

void check_reference(Node reference, const Element& element, Faults& faults) {
  std::string scratch;
  TypeId written = 0;
  const Node text = reference[words().reference];
  if (text && text.kind() == Kind::string) {
    const std::string_view name = type_in_reference(text.view(scratch));
    if (!name.empty()) written = checked_type(name, reference, text, element, faults);
  }
  const Node type = reference[words().type];
  if (!type || type.kind() != Kind::string) return;
  std::string_view name = type.view(scratch);
  constexpr std::string_view kBase = "http://hl7.org/fhir/StructureDefinition/";
  if (name.starts_with(kBase)) name.remove_prefix(kBase.size());
  if (name.find(':') != name.npos) return;  // a type that is not R4's own
  const TypeId stated = checked_type(name, reference, type, element, faults);
  if (written && stated && written != stated) {
    faults.add(Fault{reference, "value", "reference-type", "the type differs from the one in the reference", "类型与引用中的类型不一致",
                     Severity::error, type});
  }
}

}  // namespace witmed::fhir
