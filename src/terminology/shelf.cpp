#include "terminology/shelf.h"

#include <algorithm>

namespace witmed::terminology {
namespace {

Content content_of(std::string_view text) {
  if (text == "not-present") return Content::not_present;
  if (text == "example") return Content::example;
  if (text == "fragment") return Content::fragment;
  if (text == "supplement") return Content::supplement;
  return Content::complete;
}

template <class T>
void remove_id(ByText<std::vector<HeldPtr<T>>>& map, std::string_view id) {
  for (auto at = map.begin(); at != map.end();) {
    std::erase_if(at->second, [&](const auto& held) { return held->label.id == id; });
    at = at->second.empty() ? map.erase(at) : std::next(at);
  }
}

}  // namespace

std::optional<Label> label_of(fhir::Node resource) {
  if (!resource || resource.kind() != fhir::Kind::object) return std::nullopt;
  const std::string type = text_of(resource, "resourceType");
  Label label;
  label.id = text_of(resource, "id");
  label.url = text_of(resource, "url");
  label.version = text_of(resource, "version");
  if (label.url.empty()) return std::nullopt;
  if (type == "CodeSystem") {
    label.content = content_of(text_of(resource, "content"));
    label.supplements = text_of(resource, "supplements");
    label.value_set = text_of(resource, "valueSet");
    label.kind = label.content == Content::supplement ? Kind::supplement : Kind::code_system;
  } else if (type == "ValueSet") {
    label.kind = Kind::value_set;
  } else if (type == "ConceptMap") {
    label.kind = Kind::concept_map;
  } else {
    return std::nullopt;
  }
  return label;
}

bool Shelf::put(std::shared_ptr<const std::string> text) {
  std::optional<Label> label;
  {
    const fhir::Document document = fhir::Document::parse(*text);
    label = label_of(document.root());
  }
  if (!label) return false;
  switch (label->kind) {
    case Kind::code_system:
    case Kind::supplement: put(std::make_shared<const Held<System>>(*label, [text] { return System::parse(*text); })); break;
    case Kind::value_set: put(std::make_shared<const Held<ValueSet>>(*label, [text] { return ValueSet::parse(*text); })); break;
    case Kind::concept_map: put(std::make_shared<const Held<ConceptMap>>(*label, [text] { return ConceptMap::parse(*text); })); break;
  }
  return true;
}

void Shelf::put(HeldPtr<System> held) {
  const Label& label = held->label;
  if (label.kind == Kind::supplement) {
    supplements_[label.supplements.substr(0, label.supplements.find('|'))].push_back(held);
    supplements_by_name_[label.url].push_back(std::move(held));
    return;
  }
  if (!label.value_set.empty()) by_value_set_[label.value_set.substr(0, label.value_set.find('|'))].push_back(held);
  systems_[label.url].push_back(std::move(held));
}

void Shelf::put(HeldPtr<ValueSet> held) { value_sets_[held->label.url].push_back(std::move(held)); }

void Shelf::put(HeldPtr<ConceptMap> held) { concept_maps_.push_back(std::move(held)); }

void Shelf::remove(Kind kind, std::string_view id) {
  switch (kind) {
    case Kind::code_system:
    case Kind::supplement:  // one type of resource: it may have been the other before
      for (auto* map : {&systems_, &supplements_, &supplements_by_name_, &by_value_set_}) remove_id(*map, id);
      break;
    case Kind::value_set: remove_id(value_sets_, id); break;
    case Kind::concept_map: std::erase_if(concept_maps_, [&](const auto& held) { return held->label.id == id; }); break;
  }
}

}  // namespace witmed::terminology
