#include "fhir/json/member.h"

namespace witmed::fhir {
namespace {

Node member(Node owner, std::string_view key) { return owner && owner.kind() == Kind::object ? owner[key] : Node(); }

}  // namespace

std::string text_of(Node owner, std::string_view key) {
  const Node found = member(owner, key);
  return found ? found.string() : std::string();
}

std::vector<Node> items_of(Node owner, std::string_view key) {
  std::vector<Node> out;
  const Node list = member(owner, key);
  if (!list || list.kind() != Kind::array) return out;
  for (Node item : list)
    if (item.kind() == Kind::object) out.push_back(item);
  return out;
}

std::vector<std::string> texts_of(Node owner, std::string_view key) {
  std::vector<std::string> out;
  const Node list = member(owner, key);
  if (!list || list.kind() != Kind::array) return out;
  for (Node item : list)
    if (item.kind() == Kind::string) out.push_back(item.string());
  return out;
}

}  // namespace witmed::fhir
