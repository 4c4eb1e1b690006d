#include "fhir/validate/extension.h"

#include <fmt/format.h>

#include <algorithm>

#include "fhir/validate/names.h"
#include "fhir/validate/profile/walk.h"

namespace witmed::fhir {
namespace {

constexpr int kPath = 64;  // levels of a path that a context names

std::string_view base_name(const Element& element) { return Definitions::r4().text(element.base); }

// Does a context of kind element name what carries the extension: "Patient", "HumanName", "Element", "Patient.name", "Observation.value[x]",
// "Patient.name.family" …?
bool is_place(std::string_view expression, const Where& where) {
  const Definitions& r4 = Definitions::r4();
  if (expression == "Element") return true;  // "any element, any resource", as R4's own definitions use it
  // Its type, or one that this is derived from.
  for (TypeId type = where.type->id; type; type = r4.type(type).base) {
    if (r4.type(type).name == expression) return true;
  }
  // A part of a data type ("ElementDefinition.type") stands for the type.
  if (where.type->kind == TypeKind::backbone && where.type->name.starts_with(expression) && where.type->name.substr(expression.size()).starts_with('.') &&
      r4.type(r4.type_id(expression)).kind == TypeKind::complex)
    return true;
  // Its path, from any type on the way down.
  std::string path;
  const Where* at = &where;
  for (int level = 0; at && at->element && at->above && level < kPath; at = at->above, ++level) {
    std::string step(".");
    step += base_name(*at->element);
    const std::string with_choice = at->element->choice ? step + "[x]" + path : std::string();
    path = step + path;
    for (TypeId type = at->above->type->id; type; type = r4.type(type).base) {
      const std::string_view owner = r4.type(type).name;
      if (!expression.starts_with(owner)) continue;
      const std::string_view rest = expression.substr(owner.size());
      if (rest == path || (!with_choice.empty() && rest == with_choice)) return true;
    }
  }
  return false;
}

const Where* resource_of(const Where& where) {
  const Where* at = &where;
  while (at->element && at->above) at = at->above;
  return at;
}

// Places that R4's own definitions put an extension in, and that HL7's later edition of the extension names; 4.0.1 forgot them.
constexpr struct {
  std::string_view url, place;
} kForgotten[] = {{"http://hl7.org/fhir/StructureDefinition/structuredefinition-fhir-type", "ElementDefinition.type"},
                  {"http://hl7.org/fhir/StructureDefinition/structuredefinition-normative-version", "Element"},
                  {"http://hl7.org/fhir/StructureDefinition/valueset-concept-comments", "CodeSystem.concept"}};

bool is_forgotten(std::string_view url, const Where& where) {
  return std::any_of(std::begin(kForgotten), std::end(kForgotten), [&](const auto& each) { return each.url == url && is_place(each.place, where); });
}

bool context_fits(const ExtensionContext& context, Run& run, Node extension, const Standing& standing, const Where& where) {
  const Names& names = Names::get();
  switch (context.kind) {
    case ExtensionContext::Kind::element: return is_place(context.expression, where);
    case ExtensionContext::Kind::extension: {
      if (where.type->id != names.extension_type) return false;
      const Node carrier = extension.parent().parent();
      const Node url = carrier && carrier.kind() == Kind::object ? carrier[names.url] : Node();
      return url && url.kind() == Kind::string && url.string() == context.expression.substr(0, context.expression.find('#'));
    }
    case ExtensionContext::Kind::fhirpath: {
      try {
        EvalContext eval;
        eval.resource = standing.resource;
        eval.root_resource = standing.root;
        eval.host = &run;
        const Node carrier = extension.parent().kind() == Kind::array ? extension.parent().parent() : extension.parent();
        for (const PathValue& value : Expression::compile(context.expression).evaluate(standing.resource, resource_of(where)->type->id, eval)) {
          if (value.node == carrier || value.sibling == carrier) return true;
        }
        return false;
      } catch (const PathError&) {
        return true;
      }
    }
  }
  return true;
}

std::string list_of(const std::vector<ExtensionContext>& contexts) {
  std::string out;
  for (const ExtensionContext& context : contexts) out.append(out.empty() ? "" : ", ").append(context.expression);
  return out;
}

// Addresses that stand for anybody's (RFC 2606), and R4's way to carry elements of other versions.
bool is_example(std::string_view url) {
  const size_t host = url.find("://");
  std::string_view name = host == url.npos ? url : url.substr(host + 3);
  name = name.substr(0, name.find('/'));
  for (std::string_view example : {"example.org", "example.com", "example.net", "acme.com"})
    if (name == example || (name.ends_with(example) && name[name.size() - example.size() - 1] == '.')) return true;
  constexpr std::string_view kVersions = "http://hl7.org/fhir/";
  return url.starts_with(kVersions) && url.find("/StructureDefinition/extension-") == kVersions.size() + 3;
}

void unknown(Run& run, Node extension, bool modifier, std::string_view url) {
  if (modifier) {
    run.faults.add(extension, "extension", "modifier-unknown", fmt::format("the modifier extension {} is not known, so what stands here cannot be understood", url),
                   fmt::format("修饰性扩展 {} 未知，无法正确理解此处内容", url));
  } else if (run.options.publishing || run.options.warnings) {
    const bool error = run.options.publishing && !is_example(url);
    run.faults.add(Fault{extension, "extension", "extension-unknown", fmt::format("the extension {} is not known here", url),
                         fmt::format("此处没有扩展 {} 的定义", url), error ? Severity::error : Severity::warning, {}});
  }
}

// ext-1, which structure tells.
bool has_one_of_value_and_parts(Node extension, const Type& type, bool parts) {
  bool value = false;
  for (Node member : extension) {
    const NameId plain = Definitions::r4().plain(member.name());
    const Element* element = type.element(plain ? plain : member.name());
    value = value || (element && element->choice);
  }
  return value != parts;
}

// The parts of a complex extension are those that its definition slices out, whether it calls itself open or not: their urls mean
// nothing outside of it (http://hl7.org/fhir/R4/extensibility.html#Extension).
void check_parts(Run& run, Node parts, const Profile& profile, std::string_view url) {
  const Names& names = Names::get();
  const auto known = std::find_if(profile.root.children.begin(), profile.root.children.end(),
                                  [&](const Clause& child) { return child.name == names.extension; });
  if (known == profile.root.children.end() || known->slices.empty() || parts.kind() != Kind::array) return;
  for (Node part : parts) {
    const Node named = part.kind() == Kind::object ? part[names.url] : Node();
    if (!named || named.kind() != Kind::string || named.string().find(':') != std::string::npos) continue;
    const bool defined = std::any_of(known->slices.begin(), known->slices.end(), [&](const Clause& slice) {
      return std::any_of(slice.children.begin(), slice.children.end(),
                         [&](const Clause& child) { return child.name == names.url && child.fixed && child.fixed.raw() == named.raw(); });
    });
    if (!defined)
      run.faults.add(part, "extension", "extension-unknown", fmt::format("the extension {} has no part {}", url, excerpt(named)),
                     fmt::format("扩展 {} 没有 {} 这一部分", url, excerpt(named)));
  }
}

}  // namespace

void check_extension(Run& run, Node extension, const Element& element, const Standing& standing, const Where& where) {
  const Names& names = Names::get();
  if (!run.world.profiles) return;
  const Node named = extension[names.url];
  if (!named || named.kind() != Kind::string) return;
  const std::string url = named.string();
  const bool modifier = element.name == names.modifier_extension;
  const bool nested = where.type->id == names.extension_type;
  if (url.find(':') == url.npos) {
    if (!nested) run.faults.add(extension, "value", "extension-url", "the url of an extension is absolute", "扩展的 url 必须是绝对地址");
    return;  // a part of a complex extension: its profile's business
  }
  if (const size_t bar = url.find('|'); bar != url.npos) {
    run.faults.add(extension, "value", "extension-version", "the url of an extension names no version", "扩展的 url 不能带版本号");
    return;
  }
  const auto profile = run.world.profiles->find(url);
  if (!profile || profile->type != names.extension_type) return unknown(run, extension, modifier, url);
  const bool fits = profile->contexts.empty() || std::any_of(profile->contexts.begin(), profile->contexts.end(), [&](const ExtensionContext& context) {
                      return context_fits(context, run, extension, standing, where);
                    });
  if (!fits && !is_forgotten(url, where))
    run.faults.add(extension, "extension", "extension-context", fmt::format("the extension {} does not belong here, but to {}", url, list_of(profile->contexts)),
                   fmt::format("扩展 {} 不应放在此处，而应放在 {}", url, list_of(profile->contexts)));
  if (modifier != profile->modifier)
    run.faults.add(extension, "extension", "extension-modifier",
                   modifier ? "this is no modifier extension" : "this extension may change the meaning: it belongs into modifierExtension",
                   modifier ? "此扩展不是修饰性扩展" : "此扩展可能改变含义，应放在 modifierExtension 中");
  const Node parts = extension[names.extension];
  if (!has_one_of_value_and_parts(extension, names.r4.type(names.extension_type), static_cast<bool>(parts))) return;
  if (parts) check_parts(run, parts, *profile, url);
  check_profile(run, extension, names.extension_type, *profile, standing);
}

}  // namespace witmed::fhir
