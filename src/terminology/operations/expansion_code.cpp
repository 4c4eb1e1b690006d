// One code of an expansion: displays, designations, properties.
#include <algorithm>

#include "terminology/operations/expansion.h"
#include "terminology/operations/operations.h"

namespace witmed::terminology {
namespace {

using fhir::Value;

constexpr std::string_view kConceptProperties = "http://hl7.org/fhir/concept-properties#";
constexpr std::string_view kStructure = "http://hl7.org/fhir/StructureDefinition/";

// Extensions that go with the code into the expansion.
constexpr std::string_view kOfConcept[] = {"coding-sctdescid", "rendering-style", "rendering-xhtml", "codesystem-alternate"};
constexpr std::string_view kOfReference[] = {"valueset-supplement", "valueset-deprecated", "structuredefinition-standards-status",
                                             "valueset-concept-definition", "coding-sctdescid", "rendering-style", "rendering-xhtml"};
constexpr std::string_view kOfDesignation[] = {"coding-sctdescid", "rendering-style", "rendering-xhtml",
                                               "structuredefinition-standards-status", "codesystem-alternate"};

// Extensions that become properties.
struct PropertyExtension {
  std::string_view extension, uri, code, type;
};
constexpr PropertyExtension kPropertyExtensions[] = {
    {"codesystem-label", "label", "label", "valueString"},          {"valueset-label", "label", "label", "valueString"},
    {"codesystem-conceptOrder", "order", "order", "valueDecimal"},  {"valueset-conceptOrder", "order", "order", "valueDecimal"},
    {"itemWeight", "itemWeight", "weight", "valueDecimal"},
};

template <size_t N>
bool is_one_of(std::string_view url, const std::string_view (&names)[N]) {
  if (!url.starts_with(kStructure)) return false;
  url.remove_prefix(kStructure.size());
  return std::find(std::begin(names), std::end(names), url) != std::end(names);
}

const Value& value_of(const Value& extension) {
  static const Value nothing;
  for (const auto& [name, value] : extension.members())
    if (name.starts_with("value")) return value;
  return nothing;
}

}  // namespace

Value Expansion::code(const Segment& segment, const Chosen& chosen, const Selection& selection) {
  Value out = Value::object();
  if (chosen.listed) {
    const Listed& listed = *chosen.listed;
    if (!listed.system.empty()) out.set("system", listed.system);
    if (listed.abstract) out.set("abstract", Value(true));
    if (listed.inactive) out.set("inactive", Value(true));
    if (!listed.version.empty()) out.set("version", listed.version);
    out.set("code", listed.code);
    if (!listed.display.empty()) out.set("display", listed.display);
    return out;
  }
  const Source& source = segment.source;
  Chosen full = chosen;
  if (full.place.code.empty()) full.place.code = source.book()->code(full.place.id);
  out.set("system", source.url());
  if (source.abstract(full.place)) out.set("abstract", Value(true));
  if (source.inactive(full.place)) out.set("inactive", Value(true));
  if (selection.versioned && !source.version().empty()) out.set("version", source.version());
  out.set("code", full.place.code);
  const auto tags = wishes_.languages().tags();
  std::vector<Name> names = source.names(full.place, tags.empty() ? std::string_view() : tags.front());
  if (full.reference) {
    if (!full.reference->display.empty()) {
      Name name;
      name.language = segment.from->definition.language;
      name.use_system = kUseSystem;
      name.use_code = kPreferredUse;
      name.use_display = "Preferred For Language";
      name.value = full.reference->display;
      name.status = "active";
      names.insert(names.begin(), std::move(name));
    }
    const Value reference = Value::of(full.reference->node);
    for (const Value& each : reference.at("designation").items()) {
      Name name;
      name.language = each.text("language");
      name.use_system = each.at("use").text("system");
      name.use_code = each.at("use").text("code");
      name.use_display = each.at("use").text("display");
      name.value = each.text("value");
      name.extension = each.at("extension");
      name.status = "active";
      names.push_back(std::move(name));
    }
  }
  add_properties(segment, full, out);
  add_names(names, out, segment);
  return out;
}

bool Expansion::designation_wanted(const Name& name) const {
  if (wishes_.designations.empty()) return true;
  return std::any_of(wishes_.designations.begin(), wishes_.designations.end(), [&](const std::string& each) {
    const size_t bar = each.find('|');
    if (bar == std::string::npos) return false;
    const std::string_view system = std::string_view(each).substr(0, bar), code = std::string_view(each).substr(bar + 1);
    return (name.use_system == system && name.use_code == code) || (system == "urn:ietf:bcp:47" && name.language == code);
  });
}

void Expansion::add_names(const std::vector<Name>& names, Value& out, const Segment& segment) {
  const Name* shown = best_name(names, wishes_.languages());
  if (shown) out.set("display", shown->value);
  const auto use = [&](const Name& name) {
    if (!name.supplement) return;
    std::string canonical = name.supplement->definition.canonical();
    if (std::find(used_supplements_.begin(), used_supplements_.end(), canonical) == used_supplements_.end())
      used_supplements_.push_back(std::move(canonical));
  };
  for (const SystemPtr& each : segment.source.supplements())
    if (!each->is_language_pack()) {
      Name name;
      name.supplement = each.get();
      use(name);
    }
  if (shown) use(*shown);
  if (!wishes_.include_designations.value_or(false)) return;
  Value list = Value::list();
  for (const Name& name : names) {
    if (&name == shown || name.value.empty() || !designation_wanted(name)) continue;
    if (shown && name.value == shown->value && name.language == shown->language && name.shown_first()) continue;
    use(name);
    Value designation = Value::object();
    Value extensions = Value::list();
    for (const Value& each : name.extension.items())
      if (is_one_of(each.text("url"), kOfDesignation)) extensions.add(each);
    if (!extensions.items().empty()) designation.set("extension", std::move(extensions));
    if (!name.language.empty()) designation.set("language", name.language);
    if (!name.use_code.empty()) {
      Value coding = Value::object();
      if (!name.use_system.empty()) coding.set("system", name.use_system);
      coding.set("code", name.use_code);
      if (!name.use_display.empty()) coding.set("display", name.use_display);
      designation.set("use", std::move(coding));
    }
    designation.set("value", name.value);
    list.add(std::move(designation));
  }
  if (!list.items().empty()) out.set("designation", std::move(list));
}

void Expansion::define(Value& out, std::string_view uri, std::string_view code, std::string_view type, Value value, bool repeats) {
  if (!value || !wishes_.speaks_r5) return;
  const Value* known = nullptr;
  for (const Value& each : properties_.items())
    if (each.text("code") == code || (!uri.empty() && each.text("uri") == uri)) known = &each;
  const std::string name(known ? known->text("code") : code);
  if (!known) {
    Value definition = Value::object({{"code", Value(code)}});
    if (!uri.empty()) definition.set("uri", uri);
    properties_.add(std::move(definition));
  }
  if (!out.at("property")) out.set("property", Value::list());
  auto& list = out.in("property").items();
  const auto same = std::find_if(list.begin(), list.end(), [&](const Value& each) {
    return each.text("code") == name && (!repeats || each.at(type) == value);
  });
  Value property = Value::object({{"code", Value(name)}, {type, std::move(value)}});
  if (same == list.end()) out.in("property").add(std::move(property));
  else *same = std::move(property);
}

void Expansion::add_extensions(const std::vector<Value>& of_concept, const Value& of_reference, Value& out) {
  Value kept = Value::list();
  const auto as_property = [&](const Value& extension) {
    for (const PropertyExtension& each : kPropertyExtensions)
      if (extension.text("url") == std::string(kStructure) + std::string(each.extension))
        define(out, std::string(kConceptProperties) + std::string(each.uri), each.code, each.type, value_of(extension));
  };
  for (const Value& each : of_concept) {
    as_property(each);
    if (is_one_of(each.text("url"), kOfConcept)) kept.add(each);
    if (each.text("url") == kStandardsStatus)
      define(out, std::string(kConceptProperties) + "status", "status", "valueCode", value_of(each));
  }
  for (const Value& each : of_reference.items()) {
    as_property(each);
    if (is_one_of(each.text("url"), kOfReference)) kept.add(each);
  }
  if (!kept.items().empty()) out.set("extension", std::move(kept));
}

void Expansion::add_properties(const Segment& segment, const Chosen& chosen, Value& out) {
  const Source& source = segment.source;
  const std::string status = source.status(chosen.place);
  const std::string status_uri = std::string(kConceptProperties) + "status";
  if (!status.empty() && status != "active") define(out, status_uri, "status", "valueCode", status);
  else if (source.deprecated(chosen.place)) define(out, status_uri, "status", "valueCode", "deprecated");
  static const Value nothing;
  const Value reference = chosen.reference ? Value::of(chosen.reference->node).at("extension") : nothing;
  add_extensions(source.extensions(chosen.place), reference, out);
  if (wishes_.properties.empty()) return;
  const std::vector<Property> properties = source.properties(chosen.place);
  for (const std::string& wanted : wishes_.properties) {
    if (wanted == "definition") {
      const std::string definition = source.definition(chosen.place);
      if (!definition.empty()) define(out, std::string(kConceptProperties) + "definition", wanted, "valueString", definition);
      continue;
    }
    for (const Property& each : properties) {
      if (wanted != "*" && each.code != wanted) continue;
      auto [type, value] = parameter_value(each);
      define(out, each.uri, each.code, type, std::move(value), true);
    }
  }
}

}  // namespace witmed::terminology
