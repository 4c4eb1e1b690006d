#include "fhir/validate/profile/values.h"

#include "fhir/validate/names.h"

namespace witmed::fhir {
namespace {

void add(Node value, Node sibling, const Element& element, std::vector<Occurrence>& out) {
  if (value && value.kind() == Kind::null) value = {};
  if (sibling && sibling.kind() != Kind::object) sibling = {};
  if (value || sibling) out.push_back({value, sibling, value ? actual_type(value, element.type) : element.type, &element});
}

// The values of one property, each with what stands beside it.
void add_all(Node member, Node sibling, const Element& element, std::vector<Occurrence>& out) {
  const bool many = (member && member.kind() == Kind::array) || (sibling && sibling.kind() == Kind::array);
  if (!many) return add(member, sibling, element, out);
  std::vector<Node> beside;
  if (sibling && sibling.kind() == Kind::array)
    for (Node each : sibling) beside.push_back(each);
  size_t i = 0;
  if (member && member.kind() == Kind::array) {
    for (Node item : member) {
      add(item, i < beside.size() ? beside[i] : Node(), element, out);
      ++i;
    }
  }
  for (; i < beside.size(); ++i) add({}, beside[i], element, out);
}

Node target_of(const Occurrence& reference, Run& run, const Standing& standing) {
  const Names& names = Names::get();
  Node text = reference.node;
  if (text && text.kind() == Kind::object) text = text[names.reference];
  return text && text.kind() == Kind::string ? run.target(text.string(), standing) : Node();
}

}  // namespace

TypeId actual_type(Node node, TypeId declared) {
  const Names& names = Names::get();
  const TypeKind kind = names.r4.type(declared).kind;
  if ((kind != TypeKind::abstract && kind != TypeKind::resource) || node.kind() != Kind::object) return declared;
  const Node named = node[names.resource_type];
  const TypeId type = named && named.kind() == Kind::string ? names.r4.type_id(named.string()) : TypeId{0};
  return type ? type : declared;
}

std::vector<Occurrence> occurrences(const Occurrence& owner, NameId name) {
  const Names& names = Names::get();
  std::vector<Occurrence> out;
  const Type* type = &names.r4.type(owner.type);
  Node node = owner.node;
  if (type->kind == TypeKind::primitive) {
    type = &names.r4.type(names.element);
    node = owner.sibling;
  }
  if (!node || node.kind() != Kind::object) return out;
  for (Node member : node) {
    if (const Element* element = type->element(member.name())) {
      if (element->base != name) continue;
      const NameId beside = element->primitive ? names.r4.sibling(element->name) : NameId{0};
      add_all(member, beside ? node[beside] : Node(), *element, out);
    } else if (const NameId plain = names.r4.plain(member.name())) {
      element = type->element(plain);
      if (element && element->base == name && element->primitive && !node[plain]) add_all({}, member, *element, out);
    }
  }
  return out;
}

std::vector<Occurrence> follow(const Occurrence& from, const std::vector<Step>& path, Run& run, const Standing& standing) {
  const Names& names = Names::get();
  std::vector<Occurrence> at{from};
  for (const Step& step : path) {
    std::vector<Occurrence> next;
    for (const Occurrence& each : at) {
      switch (step.kind) {
        case Step::Kind::child: {
          auto found = occurrences(each, step.name);
          next.insert(next.end(), found.begin(), found.end());
          break;
        }
        case Step::Kind::extension:
          for (const Occurrence& extension : occurrences(each, names.extension)) {
            const Node url = extension.node ? extension.node[names.url] : Node();
            if (url && url.kind() == Kind::string && url.string() == step.url) next.push_back(extension);
          }
          break;
        case Step::Kind::resolve:
          if (const Node target = target_of(each, run, standing)) next.push_back({target, {}, actual_type(target, names.resource_base), nullptr});
          break;
        case Step::Kind::of_type:
          if (names.r4.is_a(each.type, step.type)) next.push_back(each);
          break;
      }
    }
    at = std::move(next);
  }
  return at;
}

}  // namespace witmed::fhir
