#include "fhir/json/value.h"

#include <algorithm>

namespace witmed::fhir {
namespace {

const Value kNothing;

}  // namespace

Value Value::number(int64_t number) {
  Value value(std::to_string(number));
  value.kind_ = Kind::number;
  return value;
}

Value Value::object(std::initializer_list<std::pair<std::string_view, Value>> members) {
  Value value;
  value.kind_ = Kind::object;
  value.set_ = true;
  for (const auto& [name, member] : members)
    if (member) value.members_.emplace_back(name, member);
  return value;
}

Value Value::list(std::initializer_list<Value> items) {
  Value value;
  value.kind_ = Kind::array;
  value.set_ = true;
  for (const Value& item : items) value.add(item);
  return value;
}

Value Value::of(Node node) {
  Value value;
  if (!node) return value;
  value.kind_ = node.kind();
  value.set_ = true;
  switch (node.kind()) {
    case Kind::object:
      for (Node child : node) value.members_.emplace_back(child.key(), of(child));
      break;
    case Kind::array:
      for (Node child : node) value.items_.push_back(of(child));
      break;
    case Kind::null: break;
    default: value.text_ = node.string();
  }
  return value;
}

Value Value::parse(std::string_view json) { return of(Document::parse(json).root()); }

const Value& Value::at(std::string_view name) const {
  for (const auto& [key, value] : members_)
    if (key == name) return value;
  return kNothing;
}

Value& Value::in(std::string_view name) {
  for (auto& [key, value] : members_)
    if (key == name) return value;
  if (!set_) {
    kind_ = Kind::object;
    set_ = true;
  }
  return members_.emplace_back(name, Value()).second;
}

void Value::set(std::string_view name, Value value) {
  if (!value) return remove(name);
  in(name) = std::move(value);
}

void Value::remove(std::string_view name) {
  std::erase_if(members_, [&](const Member& member) { return member.first == name; });
}

void Value::add(Value item) {
  if (!item) return;
  if (!set_) {
    kind_ = Kind::array;
    set_ = true;
  }
  items_.push_back(std::move(item));
}

void Value::write(std::string& out) const {
  bool first = true;
  const auto separate = [&] {
    if (!first) out += ',';
    first = false;
  };
  switch (kind_) {
    case Kind::object:
      out += '{';
      for (const auto& [name, value] : members_) {
        if (!value) continue;
        separate();
        out += quote(name);
        out += ':';
        value.write(out);
      }
      out += '}';
      break;
    case Kind::array:
      out += '[';
      for (const Value& item : items_) {
        separate();
        item.write(out);
      }
      out += ']';
      break;
    case Kind::string: out += quote(text_); break;
    case Kind::null: out += "null"; break;
    default: out += text_;
  }
}

std::string Value::json() const {
  std::string out;
  write(out);
  return out;
}

}  // namespace witmed::fhir
