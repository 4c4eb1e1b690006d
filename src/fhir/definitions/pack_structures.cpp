#include <algorithm>
#include <cctype>
#include <stdexcept>

#include "fhir/definitions/pack_json.h"
#include "fhir/definitions/pack_model.h"

namespace witmed::fhir::pack {
namespace {

bool flag_of(element e, const char* key) {
  bool v = false;
  return e[key].get(v) == simdjson::SUCCESS && v;
}

std::string after_last(const std::string& s, char c) {
  const size_t at = s.rfind(c);
  return at == std::string::npos ? s : s.substr(at + 1);
}

std::string extension(element e, const char* url, const char* value) {
  for (element x : list_of(e, "extension")) {
    if (text_of(x, "url") == std::string("http://hl7.org/fhir/StructureDefinition/") + url)
      return text_of(x, value);
  }
  return {};
}

// "http://hl7.org/fhirpath/System.String" stands for a FHIR primitive that an extension names.
std::string type_code(element definition, element type) {
  std::string code = text_of(type, "code");
  if (code.rfind("http://hl7.org/fhirpath/", 0) != 0) return code;
  if (definition["base"].error() == simdjson::SUCCESS && text_of(definition["base"], "path") == "Resource.id")
    return "id";
  const std::string named = extension(type, "structuredefinition-fhir-type", "valueUrl");
  return named.empty() ? "string" : named;
}

uint8_t strength_of(const std::string& s) {
  return s == "required" ? 4 : s == "extensible" ? 3 : s == "preferred" ? 2 : s == "example" ? 1 : 0;
}

uint16_t max_of(const std::string& max) {
  return max == "*" ? 0xffff : static_cast<uint16_t>(std::stoi(max));
}

// What all alternatives of an element have in common.
Element common_of(element e, const std::string& path) {
  Element out;
  out.path = path;
  out.min = static_cast<uint16_t>(int64_t(e["min"]));
  out.max = max_of(text_of(e, "max"));
  const std::string base_max = text_of(e["base"], "max");
  out.array = base_max != "0" && base_max != "1";  // the JSON form follows the base definition
  out.modifier = flag_of(e, "isModifier");
  out.summary = flag_of(e, "isSummary");
  if (element binding; e["binding"].get(binding) == simdjson::SUCCESS) {
    out.binding = text_of(binding, "valueSet");
    out.strength = strength_of(text_of(binding, "strength"));
  }
  return out;
}

std::vector<std::string> targets_of(element type) {
  std::vector<std::string> out;
  for (element profile : list_of(type, "targetProfile")) {
    const std::string url{std::string_view(profile)};
    // The package adds types of its own to AuditEvent.source.observer.
    if (url.starts_with("http://hl7.org/fhir/StructureDefinition/")) out.push_back(after_last(url, '/'));
  }
  if (std::find(out.begin(), out.end(), "Resource") != out.end()) out.clear();
  return out;
}

std::string choice_name(const std::string& base, std::string type) {
  type[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(type[0])));
  return base + type;
}

// Adds the element, or one for each alternative of a choice, to the type that owns it.
void add_element(Type& owner, element e, const std::string& path, bool backbone) {
  Element proto = common_of(e, path);
  proto.base = after_last(path, '.');
  const std::string reference = text_of(e, "contentReference");
  const bool choice = proto.base.size() > 3 && proto.base.ends_with("[x]");
  if (choice) proto.base.resize(proto.base.size() - 3);
  proto.choice = choice;
  proto.name = proto.base;
  if (backbone || !reference.empty()) {
    proto.type = backbone ? path : after_last(reference, '#');
    owner.elements.push_back(proto);
    return;
  }
  for (element type : list_of(e, "type")) {
    Element one = proto;
    one.type = type_code(e, type);
    if (choice) one.name = choice_name(proto.base, one.type);
    one.targets = targets_of(type);
    owner.elements.push_back(one);
    if (!choice) return;
  }
}

// Only constraints stated here: the inherited ones stand on the type they come from.
void add_invariants(Type& owner, element e, const std::string& path, const std::string& url) {
  for (element c : list_of(e, "constraint")) {
    const std::string source = text_of(c, "source");
    if (!source.empty() && source != url) continue;
    owner.invariants.push_back({text_of(c, "key"), path, text_of(c, "expression"), text_of(c, "human"),
                                text_of(c, "severity") == "warning"});
  }
}

std::string kind_of(element sd) {
  const std::string kind = text_of(sd, "kind");
  if (flag_of(sd, "abstract")) return "abstract";
  if (kind == "primitive-type") return "primitive";
  return kind == "resource" ? "resource" : "complex";
}

bool is_backbone(element e) {
  for (element type : list_of(e, "type")) {
    const std::string code = text_of(type, "code");
    return code == "BackboneElement" || code == "Element";
  }
  return false;
}

void read_structure(element sd, Model& model) {
  const std::string name = text_of(sd, "name"), url = text_of(sd, "url");
  Type& root = model.types[name];
  root.name = name;
  root.base = after_last(text_of(sd, "baseDefinition"), '/');
  root.kind = kind_of(sd);
  root.resource = root.kind == "resource";
  for (element e : list_of(sd["snapshot"], "element")) {
    const std::string path = text_of(e, "path");
    if (path == name) {
      add_invariants(root, e, path, url);
      continue;
    }
    Type& owner = model.types.at(path.substr(0, path.rfind('.')));
    if (root.kind == "primitive" && path == name + ".value") {
      for (element type : list_of(e, "type")) root.regex = extension(type, "regex", "valueString");
      continue;
    }
    const bool backbone = is_backbone(e);
    add_element(owner, e, path, backbone);
    if (backbone) {
      Type& type = model.types[path];
      type.name = path;
      type.kind = "backbone";
      type.base = text_of(list_of(e, "type").at(0), "code");
      add_invariants(type, e, path, url);
    } else {
      add_invariants(owner, e, path, url);
    }
  }
}

void read_compartment(element definition, Model& model) {
  Compartment out{text_of(definition, "code"), {}};
  for (element r : list_of(definition, "resource")) {
    Rule rule{text_of(r, "code"), {}};
    for (element p : list_of(r, "param")) rule.params.emplace_back(std::string_view(p));
    // R4 says "{def}" for three of the five; a resource is always in its own compartment.
    const bool self = rule.type == out.name &&
                      std::find(rule.params.begin(), rule.params.end(), "{def}") == rule.params.end();
    if (self) rule.params.insert(rule.params.begin(), "{def}");
    if (!rule.params.empty()) out.rules.push_back(std::move(rule));
  }
  model.compartments.push_back(std::move(out));
}

}  // namespace

void read_profiles(const std::string& path, Model& model) {
  simdjson::dom::parser parser;
  for (element entry : list_of(load(parser, path), "entry")) {
    element resource = entry["resource"];
    const std::string type = text_of(resource, "resourceType");
    if (type == "CompartmentDefinition") read_compartment(resource, model);
    if (type != "StructureDefinition" || text_of(resource, "kind") == "logical") continue;
    if (text_of(resource, "fhirVersion") != "4.0.1") continue;  // the package adds SubscriptionStatus of R4B
    if (text_of(resource, "derivation") != "constraint") read_structure(resource, model);
  }
}

}  // namespace witmed::fhir::pack
