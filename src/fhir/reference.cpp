#include "fhir/reference.h"

#include <algorithm>

namespace witmed::fhir {
namespace {

// The last part of a path; `rest` is what stands before it, without the slash.
std::string_view last_part(std::string_view text, std::string_view& rest) {
  size_t slash = text.rfind('/');
  if (slash == std::string_view::npos) {
    rest = {};
    return text;
  }
  rest = text.substr(0, slash);
  return text.substr(slash + 1);
}

}  // namespace

bool is_id(std::string_view text) {
  return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
  });
}

ReferenceParts split_reference(std::string_view text) {
  ReferenceParts parts;
  if (size_t history = text.rfind("/_history/"); history != std::string_view::npos) {
    parts.version = text.substr(history + 10);
    text = text.substr(0, history);
  }
  std::string_view before, base;
  std::string_view id = last_part(text, before);
  if (before.empty() || !is_id(id)) return {};
  std::string_view name = last_part(before, base);
  if (!base.empty() && base.find("://") == std::string_view::npos) return {};
  const Definitions& r4 = Definitions::r4();
  TypeId type = r4.type_id(name);
  if (type == 0 || !r4.is_resource(type)) return {};
  parts.type = type;
  parts.id = id;
  parts.base = base;
  return parts;
}

}  // namespace witmed::fhir
