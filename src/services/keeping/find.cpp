#include "services/keeping/find.h"

#include "base/text.h"
#include "fhir/issue.h"

namespace witmed::keeping {

using fhir::Rejection;

record::Version current(const services::Request& request, std::string_view type, std::string_view id) {
  auto version = request.record.read(request.access, fhir::Definitions::r4().type_id(type), id);
  const std::string name = std::string(type) + "/" + std::string(id);
  if (!version) throw Rejection(404, "not-found", "there is no " + name, "没有 " + name);
  if (version->removed()) throw Rejection(410, "deleted", name + " was deleted", name + " 已删除");
  return *std::move(version);
}

record::Version current(const services::Request& request) {
  return current(request, fhir::Definitions::r4().type(request.type).name, request.id);
}

std::string id_of(std::string_view type, std::string_view reference) {
  const size_t slash = reference.find('/');
  if (slash == std::string_view::npos) return std::string(reference);
  if (reference.substr(0, slash) != type)
    throw Rejection(400, "value", "a reference to " + std::string(type) + " is needed, not " + std::string(reference),
                    "需要指向 " + std::string(type) + " 的引用，而不是 " + std::string(reference));
  return std::string(reference.substr(slash + 1));
}

std::vector<record::Version> found(const services::Request& request, std::string_view type, SearchParams params, uint32_t count) {
  fhir::ParseSettings settings;
  settings.values = request.record.settings();
  settings.now = request.now;
  fhir::SearchQuery query = fhir::parse_query(fhir::Definitions::r4().type_id(type), params, settings);
  query.count = count;
  std::vector<record::Version> versions;
  for (auto& match : request.record.search(request.access, query).matches)
    if (match.mode == record::Page::Match::Mode::match) versions.push_back(std::move(match.version));
  return versions;
}

std::vector<record::Version> all_found(const services::Request& request, std::string_view type, SearchParams params, uint32_t most) {
  auto versions = found(request, type, std::move(params), most + 1);
  if (versions.size() > most)
    throw Rejection(422, "too-costly", "more than " + std::to_string(most) + " of " + std::string(type) + " are concerned: do it in parts",
                    "涉及的 " + std::string(type) + " 超过 " + std::to_string(most) + " 条，请分批办理");
  return versions;
}

bool any(const services::Request& request, std::string_view type, SearchParams params) {
  return !found(request, type, std::move(params), 1).empty();
}

std::string escaped(std::string_view value) {
  std::string out;
  for (char c : value) {
    if (c == ',' || c == '|' || c == '$' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

void append_token(std::string& out, std::string_view system, std::string_view value) {
  append_percent_encoded(out, escaped(system) + "|" + escaped(value));
}

}  // namespace witmed::keeping
