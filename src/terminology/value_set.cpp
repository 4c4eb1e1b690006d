#include "terminology/value_set.h"

#include "base/limits.h"
#include "fhir/issue.h"
#include "terminology/limits.h"

namespace witmed::terminology {
namespace {

using fhir::Kind;
using fhir::Node;
using fhir::Rejection;

constexpr std::string_view kSupplement = "http://hl7.org/fhir/StructureDefinition/valueset-supplement";
constexpr std::string_view kParameter = "http://hl7.org/fhir/StructureDefinition/valueset-expansion-parameter";
constexpr std::string_view kParameterTools =
    "http://hl7.org/fhir/tools/StructureDefinition/valueset-expansion-parameter";

template <typename Visit>
void each(Node parent, std::string_view key, Visit visit) {
  if (!parent || parent.kind() != Kind::object) return;
  const Node list = parent[key];
  if (!list || list.kind() != Kind::array) return;
  for (Node item : list) visit(item);
}

void expect_object(Node node, std::string_view what) {
  if (node && node.kind() == Kind::object) return;
  throw Rejection(422, "structure", std::string(what) + " has to be an object", std::string(what) + " 应为对象");
}

ConceptSet read_set(Node node) {
  expect_object(node, "ValueSet.compose.include");
  ConceptSet out;
  out.system = text_of(node, "system");
  out.version = text_of(node, "version");
  each(node, "concept", [&](Node item) { out.concepts.push_back({text_of(item, "code"), text_of(item, "display"), item}); });
  each(node, "filter", [&](Node item) { out.filters.push_back({text_of(item, "property"), text_of(item, "op"), text_of(item, "value")}); });
  each(node, "valueSet", [&](Node item) { out.value_sets.push_back(item.string()); });
  return out;
}

void read_listed(Node parent, std::vector<Listed>& out, int depth) {
  if (depth > limits::kJsonDepth) return;
  each(parent, "contains", [&](Node item) {
    if (const std::string code = text_of(item, "code"); !code.empty())
      out.push_back({text_of(item, "system"), text_of(item, "version"), code, text_of(item, "display"),
                     text_of(item, "abstract") == "true", text_of(item, "inactive") == "true"});
    read_listed(item, out, depth + 1);
  });
}

void read_parameters(Node compose, ValueSet& out) {
  each(compose, "extension", [&](Node extension) {
    const std::string url = text_of(extension, "url");
    if (url != kParameter && url != kParameterTools) return;
    const std::string name = extension_text(extension, "name");
    if (!name.empty()) out.parameters.emplace_back(name, extension_text(extension, "value"));
  });
  each(compose, "property", [&](Node item) { out.properties.push_back(item.string()); });
}

}  // namespace

std::shared_ptr<const ValueSet> ValueSet::parse(std::string_view text) {
  auto document = std::make_shared<const fhir::Document>(fhir::Document::parse(text));
  return read(document, document->root(), 0);
}

std::shared_ptr<ValueSet> ValueSet::read(std::shared_ptr<const fhir::Document> document, Node node, int depth) {
  expect_object(node, "ValueSet");
  if (text_of(node, "resourceType") != "ValueSet")
    throw Rejection(422, "invalid", "this is no ValueSet", "这不是 ValueSet");
  auto out = std::make_shared<ValueSet>();
  out->definition = Definition::of(node);
  each(node, "extension", [&](Node extension) {
    if (text_of(extension, "url") != kSupplement) return;
    for (Node member : extension)
      if (member.key().starts_with("value")) out->supplements.push_back(member.string());
  });
  if (const Node compose = node["compose"]; compose && compose.kind() == Kind::object) {
    out->composed = true;
    if (const Node inactive = compose["inactive"]) out->inactive = inactive.is_true();
    out->locked_date = text_of(compose, "lockedDate");
    each(compose, "include", [&](Node item) { out->include.push_back(read_set(item)); });
    each(compose, "exclude", [&](Node item) { out->exclude.push_back(read_set(item)); });
    read_parameters(compose, *out);
  }
  if (out->include.size() + out->exclude.size() > kMaxConceptSets)
    throw Rejection(422, "too-costly", "the value set has too many includes and excludes", "值集的 include 与 exclude 过多");
  if (const Node expansion = node["expansion"]) read_listed(expansion, out->listed, 0);
  if (depth == 0)
    each(node, "contained", [&](Node item) {
      if (text_of(item, "resourceType") != "ValueSet") return;
      auto inner = read(document, item, 1);
      inner->is_contained = true;
      out->contained.push_back(std::move(inner));
    });
  out->node_ = node;
  out->document_ = std::move(document);
  return out;
}

}  // namespace witmed::terminology
