// history of an instance, a type, the system (http://hl7.org/fhir/R4/http.html#history).
#include "base/limits.h"
#include "base/text.h"
#include "fhir/issue.h"
#include "rest/bundle_writer.h"
#include "rest/interactions.h"
#include "rest/moment.h"
#include "rest/page_links.h"
#include "rest/subset.h"

namespace witmed::rest {
namespace {

using fhir::Rejection;

record::HistoryQuery read_query(const Call& call) {
  record::HistoryQuery query;
  query.type = call.route.type;
  query.id = call.route.id;
  query.count = read_count(call.params);
  int zone = call.api.record.settings().zone_minutes;
  for (const auto& [name, value] : call.params) {
    if (name == "_since")
      query.since = read_moment(name, value, zone).low;
    else if (name == "_at")
      query.at = read_moment(name, value, zone).high - 1;
    else if (name == "_cursor")
      query.cursor = value;
    else if (!is_result_param(name) && !call.prefer.lenient)
      throw Rejection(400, "not-supported", "history does not know the parameter \"" + name + "\"",
                      "历史查询不支持参数“" + name + "”");
  }
  return query;
}

std::string address(const Call& call) {
  std::string url = call.base;
  if (call.route.type != 0) url.append("/").append(fhir::Definitions::r4().type(call.route.type).name);
  if (!call.route.id.empty()) url.append("/").append(call.route.id);
  return url += "/_history";
}

}  // namespace

Answer history(const Call& call) {
  record::HistoryQuery query = read_query(call);
  Subset subset = read_subset(call.params);
  record::Page page = call.api.record.history(call.access, query);
  if (page.matches.empty() && !query.id.empty() && query.cursor.empty() && !query.since && !query.at)
    throw Rejection(404, "not-found", "this resource never existed", "该资源从未存在");
  BundleWriter writer(call.base, "history", page_bytes(page));
  if (page.total) writer.total(*page.total);
  write_links(writer, address(call), call.params, page.next);
  for (const auto& [version, mode] : page.matches) {
    std::string_view type = fhir::Definitions::r4().type(version.type).name;
    if (version.removed())
      writer.history(type, version, {});
    else if (subset.whole())
      writer.history(type, version, *version.text);
    else
      writer.history(type, version, apply_subset(subset, *version.text));
  }
  return Answer::of(200, writer.finish());
}

}  // namespace witmed::rest
