#include "services/resource_view.h"

namespace witmed::services {

using fhir::Kind;
using fhir::Node;

std::string text_of(Node node) { return node && node.kind() == Kind::string ? node.string() : std::string(); }

Node at(Node object, std::string_view key) {
  return object && object.kind() == Kind::object ? object[key] : Node();
}

std::string member(Node object, std::string_view key) { return text_of(at(object, key)); }

// "Organization/x" → "x"; absolute references and versions are taken off.
std::string target(Node reference, std::string_view type) {
  std::string text = member(reference, "reference");
  if (size_t history = text.find("/_history/"); history != std::string::npos) text.resize(history);
  const std::string mark = std::string(type) + "/";
  size_t at = text.rfind(mark);
  if (at == std::string::npos || (at > 0 && text[at - 1] != '/')) return {};
  return text.substr(at + mark.size());
}

std::string first_code(Node concept_node) {
  std::string found;
  each_item(at(concept_node, "coding"), [&](Node coding) {
    if (found.empty()) found = member(coding, "code");
  });
  return found;
}

bool has_code(Node concept_node, std::string_view code) {
  bool found = false;
  each_item(at(concept_node, "coding"),
            [&](Node coding) { found = found || member(coding, "code") == code; });
  return found;
}

std::string name_of(Node concept_node) {
  std::string name = member(concept_node, "text");
  if (name.empty())
    each_item(at(concept_node, "coding"), [&](Node coding) {
      if (name.empty()) name = member(coding, "display");
    });
  return name.empty() ? first_code(concept_node) : name;
}

}  // namespace witmed::services
