#include "fhir/json/document.h"

#include "fhir/json/fault.h"
#include "fhir/json/text.h"

namespace witmed::fhir {
namespace {

std::string_view body(std::string_view quoted) { return quoted.substr(1, quoted.size() - 2); }

// The type of what an object member holds, given the type of the object; 0 when R4 does not say.
TypeId type_of_member(const Element* element, Node value) {
  const Definitions& r4 = Definitions::r4();
  if (!element) return 0;
  if (r4.type(element->type).kind != TypeKind::abstract || value.kind() != Kind::object) return element->type;
  std::string scratch;
  static const NameId kResourceType = r4.name("resourceType");
  const Node named = value[kResourceType];
  return named && named.kind() == Kind::string ? r4.type_id(named.view(scratch)) : TypeId{0};
}

// Appends ".name", or ".value.ofType(Quantity)" for an alternative of a choice.
const Element* append_member(std::string& path, TypeId owner, Node member) {
  const Definitions& r4 = Definitions::r4();
  const Type& type = r4.type(owner);
  const NameId plain = r4.plain(member.name());
  const NameId name = plain && !type.element(member.name()) ? plain : member.name();
  const Element* element = type.element(name);
  if (!path.empty()) path += '.';
  if (!element) {
    path += plain ? r4.text(plain) : member.key();
  } else if (element->choice) {
    path.append(r4.text(element->base)).append(".ofType(").append(r4.type(element->type).name).append(")");
  } else {
    path += r4.text(name);
  }
  return element;
}

}  // namespace

Document::Document(Document&&) noexcept = default;
Document& Document::operator=(Document&&) noexcept = default;
Document::~Document() = default;

std::string_view Document::key_text(const Entry& entry) const {
  if (!entry.key) return {};
  const char* begin = text_.get() + entry.key + 1;
  const char* end = begin;
  while (*end != '"') end += *end == '\\' ? 2 : 1;
  return {begin, static_cast<size_t>(end - begin)};
}

std::string_view Node::key() const { return doc_->key_text(doc_->entries_[index_]); }

std::string_view Node::view(std::string& scratch) const {
  const std::string_view text = raw();
  switch (kind()) {
    case Kind::number:
    case Kind::boolean: return text;
    case Kind::string: break;
    default: return {};
  }
  if (!escaped()) return body(text);
  unescape(body(text), scratch);
  return scratch;
}

std::string Node::string() const {
  std::string scratch;
  const std::string_view text = view(scratch);
  return text.data() == scratch.data() ? scratch : std::string(text);
}

uint32_t Node::size() const {
  uint32_t count = 0;
  for (auto it = begin(), last = end(); it != last; ++it) ++count;
  return count;
}

Node Node::operator[](std::string_view key) const {
  if (kind() != Kind::object) return {};
  if (const NameId name = Definitions::r4().name(key)) return (*this)[name];
  std::string scratch;
  for (Node member : *this) {
    const Document::Entry& entry = doc_->entries_[member.index_];
    if (entry.name) continue;
    if (!(entry.flags & Document::kKeyEscaped)) {
      if (member.key() == key) return member;
      continue;
    }
    unescape(member.key(), scratch);
    if (scratch == key) return member;
  }
  return {};
}

Node Node::parent() const {
  if (!index_) return {};
  const Document::Entry* entries = doc_->entries_.get();
  uint32_t container = 0;
  for (uint32_t child = 1; child != index_;) {
    if (entries[child].next <= index_) {
      child = entries[child].next;
    } else {
      container = child++;
    }
  }
  return {doc_, container};
}

Document::Place Document::place(uint32_t offset) const { return place_in(text(), offset); }

TypeId Document::resource_type() const {
  if (root().kind() != Kind::object) return 0;
  const Node named = root()["resourceType"];
  std::string scratch;
  const TypeId type =
      named && named.kind() == Kind::string ? Definitions::r4().type_id(named.view(scratch)) : TypeId{0};
  return Definitions::r4().is_resource(type) ? type : TypeId{0};
}

std::string Document::path(Node node) const {
  TypeId type = resource_type();
  std::string path(Definitions::r4().type(type).name);
  const uint32_t target = node.index_;
  Node at = root();
  while (at.index_ != target) {
    uint32_t position = 0;
    Node child;
    for (Node candidate : at) {
      child = candidate;
      if (entries_[candidate.index_].next > target) break;
      ++position;
    }
    if (at.kind() == Kind::array) {
      path += '[' + std::to_string(position) + ']';
      if (Definitions::r4().type(type).kind == TypeKind::abstract) type = 0;
    } else {
      const Element* element = append_member(path, type, child);
      type = type_of_member(element, child);
    }
    at = child;
  }
  return path;
}

}  // namespace witmed::fhir
