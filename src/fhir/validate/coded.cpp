#include "fhir/validate/coded.h"

#include <fmt/format.h>

#include "fhir/validate/format.h"
#include "fhir/validate/names.h"

namespace witmed::fhir {
namespace {

constexpr uint8_t kExtensible = 3, kRequired = 4;

std::string_view text_of(Node owner, NameId name, std::string& scratch) {
  const Node member = owner[name];
  return member && member.kind() == Kind::string ? member.view(scratch) : std::string_view();
}

std::string_view without_version(std::string_view url) { return url.substr(0, url.find('|')); }

}  // namespace

bool is_relative(std::string_view system) { return system.find(':') == system.npos; }
bool is_value_set(std::string_view system) {
  return system.starts_with("http://hl7.org/fhir/") && system.find("/ValueSet/") != system.npos;
}

void CodeJudge::judge(Node value, Coded kind, const Binding& binding) {
  if (!terminology_) return;
  switch (kind) {
    case Coded::none: return;
    case Coded::code: {
      std::string scratch;
      if (value.kind() != Kind::string || !well_formed(Format::code, value.view(scratch))) return;  // structure tells
      return code(value, binding);
    }
    case Coded::text: return code(value, binding);
    case Coded::codeable: return codeable(value, binding);
    case Coded::coding:
    case Coded::quantity: {
      if (value.kind() != Kind::object) return;
      Known member = Known::unknown;
      const bool bound = binding.strength >= kExtensible;
      const bool told = coding(value, bound ? binding.value_set : std::string_view(), kind == Coded::quantity, member);
      if (!told && bound && member == Known::no) not_bound(value, binding, excerpt(value));
      return;
    }
  }
}

void CodeJudge::code(Node value, const Binding& binding) {
  if (binding.strength < kExtensible || value.kind() != Kind::string) return;
  std::string scratch;
  const auto verdict = terminology_->judge({{}, {}, value.view(scratch), {}}, binding.value_set);
  if (verdict.member == Known::no) not_bound(value, binding, excerpt(value));
}

void CodeJudge::codeable(Node value, const Binding& binding) {
  if (value.kind() != Kind::object) return;
  const Names& names = Names::get();
  const Node list = value[names.coding];
  const bool bound = binding.strength >= kExtensible;
  bool told = false, member_known = true, found = false, any = false;
  if (list && list.kind() == Kind::array) {
    for (Node each : list) {
      if (each.kind() != Kind::object) continue;
      any = any || each[names.code];
      Known member = Known::unknown;
      told = coding(each, bound ? binding.value_set : std::string_view(), false, member) || told;
      found = found || member == Known::yes;
      member_known = member_known && member != Known::unknown;
    }
  }
  if (!bound || told || found) return;
  if (any && member_known) return not_bound(value, binding, excerpt(value));
  if (!any && binding.strength == kRequired) {
    faults_.add(value, "code-invalid", "binding-required",
                fmt::format("a code of {} is required, and none is given", without_version(binding.value_set)),
                fmt::format("必须给出值集 {} 中的代码，此处没有代码", without_version(binding.value_set)));
  }
}

bool CodeJudge::coding(Node value, std::string_view value_set, bool quantity, Known& member) {
  const Names& names = Names::get();
  std::string s1, s2, s3, s4;
  Code code{text_of(value, names.system, s1), text_of(value, names.version, s2), text_of(value, names.code, s3),
            quantity ? std::string_view() : text_of(value, names.display, s4)};
  if (code.code.empty()) return false;
  if (code.system.empty() && value_set.empty()) return false;
  if (!code.system.empty() && (is_relative(code.system) || is_value_set(code.system))) return true;  // base_walk tells
  const auto verdict = terminology_->judge(code, value_set);
  member = verdict.member;
  if (verdict.exists == Known::no && !code.system.empty()) {
    const Node at = value[names.code];
    faults_.add(at, "code-invalid", "code-unknown", fmt::format("{} has no code {}", code.system, excerpt(at)),
                fmt::format("代码系统 {} 中没有代码 {}", code.system, excerpt(at)));
    return true;
  }
  if (verdict.display == Known::no && !code.display.empty()) {
    const Node at = value[names.display];
    const std::string right = verdict.right.empty() ? "" : fmt::format("“{}”", verdict.right);
    faults_.add(Fault{at, "invalid", "display-wrong",
                      fmt::format("{} is not a display of {} in {}{}", excerpt(at), code.code, code.system,
                                  right.empty() ? "" : "; it is called " + right),
                      fmt::format("{} 不是 {} 中代码 {} 的名称{}", excerpt(at), code.system, code.code,
                                  right.empty() ? "" : "，应为" + right),
                      options_.publishing ? Severity::error : Severity::warning,
                      {}});
  }
  return false;
}

void CodeJudge::not_bound(Node at, const Binding& binding, std::string_view what) {
  const bool required = binding.strength == kRequired;
  const std::string_view set = without_version(binding.value_set);
  faults_.add(Fault{at, "code-invalid", required ? "binding-required" : "binding-extensible",
                    fmt::format("{} is not in the value set {}{}", what, set, required ? "" : ", which should be used where it has a code"),
                    fmt::format("{} 不在值集 {} 中{}", what, set, required ? "" : "；值集中有合适的代码时应当使用"),
                    required ? Severity::error : Severity::warning,
                    {}});
}

}  // namespace witmed::fhir
