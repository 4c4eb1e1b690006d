#include "terminology/operations/input.h"

#include "base/text.h"
#include "fhir/issue.h"
#include "terminology/limits.h"

namespace witmed::terminology {
namespace {
const fhir::Value kNothing;
}

Input::Input(const fhir::Value& parameters) {
  const auto& items = parameters.at("parameter").items();
  if (items.size() > kMaxParameters)
    throw fhir::Rejection(400, "too-costly", "too many parameters", "参数过多");
  for (const fhir::Value& each : items) {
    Entry entry;
    entry.name = each.text("name");
    if (const fhir::Value& resource = each.at("resource")) {
      entry.value = &resource;
    } else {
      for (const auto& [name, value] : each.members()) {
        if (!name.starts_with("value")) continue;
        const bool primitive = value.kind() != fhir::Kind::object && value.kind() != fhir::Kind::array;
        if (primitive) entry.text = value.text();
        else entry.value = &value;
      }
      if (each.at("part")) entry.value = &each;
    }
    entries_.push_back(entry);
  }
}

void Input::add(std::string_view name, std::string_view text) { entries_.push_back({name, text, nullptr}); }

void Input::add_value(std::string_view name, const fhir::Value& value) { entries_.push_back({name, {}, &value}); }

void Input::add(const Input& other) { entries_.insert(entries_.end(), other.entries_.begin(), other.entries_.end()); }

const Input::Entry* Input::find(std::string_view name) const {
  for (const Entry& each : entries_)
    if (each.name == name) return &each;
  return nullptr;
}

std::string_view Input::text(std::string_view name) const {
  const Entry* entry = find(name);
  return entry ? trim(entry->text) : std::string_view();
}

std::string_view Input::text(std::string_view name, std::string_view other) const {
  const std::string_view first = text(name);
  return first.empty() ? text(other) : first;
}

const fhir::Value& Input::value(std::string_view name) const {
  const Entry* entry = find(name);
  return entry && entry->value ? *entry->value : kNothing;
}

bool Input::flag(std::string_view name, bool otherwise) const {
  const std::string_view given = text(name);
  return given == "true" ? true : given == "false" ? false : otherwise;
}

}  // namespace witmed::terminology
