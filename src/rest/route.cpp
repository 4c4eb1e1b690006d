#include "rest/route.h"

#include <array>

#include "base/text.h"
#include "fhir/issue.h"

namespace witmed::rest {
namespace {

using fhir::Rejection;

constexpr size_t kSegments = 4;  // the longest address: Patient/p1/Observation/_search

struct Segments {
  std::array<std::string, kSegments> text;
  size_t count = 0;
};

[[noreturn]] void not_found() {
  throw Rejection(404, "not-found", "there is nothing at this address; see [base]/metadata for what is",
                  "该地址不存在；可用的地址见 [base]/metadata");
}

Segments cut(std::string_view path) {
  Segments segments;
  if (path.starts_with('/')) path.remove_prefix(1);
  if (path.ends_with('/')) path.remove_suffix(1);
  if (path.empty()) return segments;
  for (;;) {
    size_t slash = path.find('/');
    if (segments.count == kSegments) not_found();
    auto decoded = percent_decode(path.substr(0, slash), false);
    if (!decoded || decoded->empty()) not_found();
    segments.text[segments.count++] = std::move(*decoded);
    if (slash == std::string_view::npos) return segments;
    path.remove_prefix(slash + 1);
  }
}

fhir::TypeId resource_type(const std::string& name) {
  const auto& definitions = fhir::Definitions::r4();
  fhir::TypeId type = definitions.type_id(name);
  if (type != 0 && definitions.is_resource(type)) return type;
  bool readable = name.size() <= 64 && is_utf8(name);
  std::string shown(readable ? std::string_view(name) : std::string_view("…"));
  throw Rejection(404, "not-supported", "FHIR R4 has no resource type \"" + shown + "\"",
                  "FHIR R4 没有资源类型“" + shown + "”");
}

Route operation(std::string name, fhir::TypeId type, std::string id) {
  Route route;
  route.shape = Shape::operation;
  route.operation = std::move(name);
  route.type = type;
  route.id = std::move(id);
  return route;
}

void need_id(const std::string& text) {
  if (!is_id(text))
    throw Rejection(404, "value", "an id has 1 to 64 letters, digits, \"-\" and \".\"",
                    "标识只能由 1–64 个字母、数字、“-”和“.”组成");
}

Route one_segment(Segments& s) {
  std::string& first = s.text[0];
  Route route;
  if (first == "metadata")
    route.shape = Shape::metadata;
  else if (first == "_history")
    route.shape = Shape::system_history;
  else if (first == "_search")
    route.shape = Shape::system_search;
  else if (first[0] == '$')
    return operation(std::move(first), 0, {});
  else {
    route.shape = Shape::type;
    route.type = resource_type(first);
  }
  return route;
}

Route two_segments(Segments& s) {
  Route route;
  route.type = resource_type(s.text[0]);
  std::string& second = s.text[1];
  if (second == "_history")
    route.shape = Shape::type_history;
  else if (second == "_search")
    route.shape = Shape::type_search;
  else if (second[0] == '$')
    return operation(std::move(second), route.type, {});
  else {
    need_id(second);
    route.shape = Shape::instance;
    route.id = std::move(second);
  }
  return route;
}

Route in_compartment(Segments& s, fhir::TypeId owner, Shape shape) {
  if (fhir::Definitions::r4().compartment(s.text[0]).empty()) not_found();
  Route route;
  route.shape = shape;
  route.owner = owner;
  route.id = std::move(s.text[1]);
  route.type = s.text[2] == "*" ? fhir::TypeId{0} : resource_type(s.text[2]);
  return route;
}

Route longer(Segments& s) {
  fhir::TypeId type = resource_type(s.text[0]);
  need_id(s.text[1]);
  Route route;
  route.type = type;
  std::string& third = s.text[2];
  if (s.count == 3 && third[0] == '$') return operation(std::move(third), type, std::move(s.text[1]));
  if (third == "_history") {
    route.shape = s.count == 3 ? Shape::instance_history : Shape::version;
    route.id = std::move(s.text[1]);
    route.version = std::move(s.text[3]);
    return route;
  }
  if (s.count == 3) return in_compartment(s, type, Shape::compartment);
  if (s.text[3] == "_search") return in_compartment(s, type, Shape::compartment_search);
  not_found();
}

}  // namespace

bool is_id(std::string_view text) {
  if (text.empty() || text.size() > 64) return false;
  for (char c : text) {
    bool letter = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (!letter && c != '-' && c != '.') return false;
  }
  return true;
}

Route read_route(std::string_view path) {
  Segments segments = cut(path);
  switch (segments.count) {
    case 0: return {};
    case 1: return one_segment(segments);
    case 2: return two_segments(segments);
    default: return longer(segments);
  }
}

}  // namespace witmed::rest
