#include "terminology/concept_map.h"

#include "fhir/issue.h"

namespace witmed::terminology {
namespace {

using fhir::Kind;
using fhir::Node;

template <typename Visit>
void each(Node parent, std::string_view key, Visit visit) {
  if (!parent || parent.kind() != Kind::object) return;
  const Node list = parent[key];
  if (!list || list.kind() != Kind::array) return;
  for (Node item : list) visit(item);
}

std::string either(Node node, std::string_view first, std::string_view second) {
  std::string out = text_of(node, first);
  return out.empty() ? text_of(node, second) : out;
}

// Some release of R5 writes sourceScopeUri, R4 sourceUri.
std::string scope(Node map, std::string_view side) {
  const std::string name(side);
  for (const std::string& key : {name + "Uri", name + "Canonical", name + "ScopeUri", name + "ScopeCanonical"})
    if (std::string out = text_of(map, key); !out.empty()) return out;
  return {};
}

std::vector<MapProduct> read_products(Node target, std::string_view key) {
  std::vector<MapProduct> out;
  each(target, key, [&](Node item) {
    MapProduct product;
    product.property = either(item, "property", "attribute");
    product.system = text_of(item, "system");
    product.code = either(item, "value", "valueCode");
    product.display = text_of(item, "display");
    if (const Node coding = item["valueCoding"]) {
      product.system = text_of(coding, "system");
      product.code = text_of(coding, "code");
      product.display = text_of(coding, "display");
    }
    if (product.code.empty()) product.code = text_of(item, "valueString");
    out.push_back(std::move(product));
  });
  return out;
}

MapElement read_element(Node node) {
  MapElement element;
  element.code = text_of(node, "code");
  element.display = text_of(node, "display");
  element.unmapped = text_of(node, "noMap") == "true";
  each(node, "target", [&](Node item) {
    MapTarget target;
    target.code = text_of(item, "code");
    target.display = text_of(item, "display");
    target.comment = text_of(item, "comment");
    target.equivalence = text_of(item, "equivalence");
    if (target.equivalence.empty()) target.equivalence = equivalence_of(text_of(item, "relationship"));
    target.depends_on = read_products(item, "dependsOn");
    target.product = read_products(item, "product");
    if (target.code.empty()) element.unmapped = true;
    else element.targets.push_back(std::move(target));
  });
  return element;
}

MapGroup read_group(Node node) {
  MapGroup group;
  group.source = text_of(node, "source");
  group.target = text_of(node, "target");
  group.source_version = text_of(node, "sourceVersion");
  group.target_version = text_of(node, "targetVersion");
  for (auto [url, version] : {std::pair{&group.source, &group.source_version}, std::pair{&group.target, &group.target_version}}) {
    const size_t bar = url->find('|');
    if (bar == std::string::npos) continue;
    *version = url->substr(bar + 1);
    url->resize(bar);
  }
  each(node, "element", [&](Node item) { group.elements.push_back(read_element(item)); });
  if (const Node unmapped = node["unmapped"]; unmapped && unmapped.kind() == Kind::object) {
    group.unmapped_mode = text_of(unmapped, "mode");
    if (group.unmapped_mode == "use-source-code") group.unmapped_mode = "provided";
    group.unmapped_code = text_of(unmapped, "code");
    group.unmapped_display = text_of(unmapped, "display");
    group.unmapped_url = either(unmapped, "url", "otherMap");
  }
  return group;
}

// Views into the elements, which no longer move.
void index(MapGroup& group) {
  for (uint32_t e = 0; e < group.elements.size(); ++e) {
    const MapElement& element = group.elements[e];
    group.by_source.emplace(element.code, e);
    for (uint32_t t = 0; t < element.targets.size(); ++t) group.by_target.emplace(element.targets[t].code, std::pair{e, t});
  }
}

struct Relation {
  std::string_view equivalence, relationship, turned;
};
constexpr Relation kRelations[] = {
    {"equivalent", "equivalent", "equivalent"},
    {"wider", "source-is-narrower-than-target", "narrower"},
    {"narrower", "source-is-broader-than-target", "wider"},
    {"relatedto", "related-to", "relatedto"},
    {"unmatched", "not-related-to", "unmatched"},
    {"equal", "equivalent", "equal"},
    {"subsumes", "source-is-narrower-than-target", "specializes"},
    {"specializes", "source-is-broader-than-target", "subsumes"},
    {"inexact", "related-to", "inexact"},
    {"disjoint", "not-related-to", "disjoint"},
};

}  // namespace

std::shared_ptr<const ConceptMap> ConceptMap::parse(std::string_view text) {
  const fhir::Document document = fhir::Document::parse(text);
  const Node root = document.root();
  if (root.kind() != Kind::object || text_of(root, "resourceType") != "ConceptMap")
    throw fhir::Rejection(422, "invalid", "this is no ConceptMap", "这不是 ConceptMap");
  auto map = std::make_shared<ConceptMap>();
  map->definition = Definition::of(root);
  map->source_scope = scope(root, "source");
  map->target_scope = scope(root, "target");
  each(root, "group", [&](Node item) {
    if (item.kind() == Kind::object) map->groups.push_back(read_group(item));
  });
  for (MapGroup& group : map->groups) index(group);
  return map;
}

std::string_view relationship_of(std::string_view equivalence) {
  for (const Relation& each : kRelations)
    if (each.equivalence == equivalence) return each.relationship;
  return equivalence;
}

std::string_view equivalence_of(std::string_view relationship) {
  for (const Relation& each : kRelations)
    if (each.relationship == relationship) return each.equivalence;
  return relationship;
}

std::string_view turned(std::string_view equivalence) {
  for (const Relation& each : kRelations)
    if (each.equivalence == equivalence) return each.turned;
  return equivalence;
}

}  // namespace witmed::terminology
