#include "terminology/concept_map.h"

#include "fhir/issue.h"

namespace witmed::terminology {
namespace {

using fhir::Kind;
using fhir::Node;
using fhir::Value;

// R4 writes sourceUri, R5 sourceScopeUri.
std::string scope(Node map, std::string_view side) {
  const std::string name(side);
  for (const std::string& key : {name + "Uri", name + "Canonical", name + "ScopeUri", name + "ScopeCanonical"})
    if (std::string out = text_of(map, key); !out.empty()) return out;
  return {};
}

std::vector<MapProduct> read_products(std::string_view json, std::string_view key) {
  std::vector<MapProduct> out;
  if (json.empty()) return out;
  const Value extra = Value::parse(json);
  for (const Value& item : extra.at(key).items()) {
    MapProduct product;
    product.property = item.text("property").empty() ? item.text("attribute") : item.text("property");
    product.system = item.text("system");
    product.display = item.text("display");
    product.code = item.text("value");
    for (const auto& [name, value] : item.members()) {
      if (!name.starts_with("value")) continue;
      if (value.kind() == Kind::object) {  // R5's valueCoding
        product.system = value.text("system");
        product.code = value.text("code");
        product.display = value.text("display");
      } else {
        product.code = value.text();
      }
    }
    out.push_back(std::move(product));
  }
  return out;
}

struct Relation {
  std::string_view equivalence, relationship, turned;
};
constexpr Relation kRelations[] = {
    {"equivalent", "equivalent", "equivalent"},
    {"equal", "equivalent", "equal"},
    {"wider", "source-is-narrower-than-target", "narrower"},
    {"narrower", "source-is-broader-than-target", "wider"},
    {"subsumes", "source-is-narrower-than-target", "specializes"},
    {"specializes", "source-is-broader-than-target", "subsumes"},
    {"relatedto", "related-to", "relatedto"},
    {"inexact", "related-to", "inexact"},
    {"unmatched", "not-related-to", "unmatched"},
    {"disjoint", "not-related-to", "disjoint"},
};

const Relation* relation(std::string_view equivalence) {
  for (const Relation& each : kRelations)
    if (each.equivalence == equivalence) return &each;
  return nullptr;
}

}  // namespace

ConceptMap::ConceptMap(MapBook book) : book_(std::move(book)) {
  definition.url = book_.url();
  definition.version = book_.version();
  definition.name = book_.name();
  definition.title = book_.title();
  definition.status = book_.status();
  if (book_.resource().empty()) return;
  const fhir::Document resource = fhir::Document::parse(book_.resource());
  definition = Definition::of(resource.root());
  source_scope = scope(resource.root(), "source");
  target_scope = scope(resource.root(), "target");
}

std::shared_ptr<const ConceptMap> ConceptMap::parse(std::string_view text) {
  const fhir::Document document = fhir::Document::parse(text);
  const Node root = document.root();
  if (root.kind() != Kind::object || text_of(root, "resourceType") != "ConceptMap")
    throw fhir::Rejection(422, "invalid", "this is no ConceptMap", "这不是 ConceptMap");
  return std::make_shared<const ConceptMap>(MapBook(Image::keep(MapBookBuilder::from_resource(root).finish())));
}

std::vector<MapProduct> depends_on(const MapBookPair& pair) { return read_products(pair.extra, "dependsOn"); }
std::vector<MapProduct> products(const MapBookPair& pair) { return read_products(pair.extra, "product"); }

std::string_view relationship_of(std::string_view equivalence) {
  const Relation* found = relation(equivalence);
  return found ? found->relationship : equivalence;
}

std::string_view turned(std::string_view equivalence) {
  const Relation* found = relation(equivalence);
  return found ? found->turned : equivalence;
}

}  // namespace witmed::terminology
