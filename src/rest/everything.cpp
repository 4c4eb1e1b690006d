// Patient/[id]/$everything (http://hl7.org/fhir/R4/patient-operation-everything.html).
#include "base/text.h"
#include "fhir/issue.h"
#include "rest/bundle_writer.h"
#include "rest/interactions.h"
#include "rest/moment.h"
#include "rest/page_links.h"

namespace witmed::rest {
namespace {

using fhir::Rejection;

void read_types(const std::string& text, std::vector<fhir::TypeId>& types) {
  const auto& definitions = fhir::Definitions::r4();
  for (std::string_view name : split(text, ',')) {
    fhir::TypeId type = definitions.type_id(trim(name));
    if (type == 0 || !definitions.is_resource(type))
      throw Rejection(400, "value", "_type lists resource types, separated by commas",
                      "_type 应为以逗号分隔的资源类型");
    types.push_back(type);
  }
}

record::EverythingQuery read_query(const Call& call) {
  record::EverythingQuery query;
  query.patient = call.route.id;
  query.count = read_count(call.params);
  int zone = call.api.record.settings().zone_minutes;
  for (const auto& [name, value] : call.params) {
    if (name == "_type")
      read_types(value, query.types);
    else if (name == "start")
      query.start = read_moment(name, value, zone).low;
    else if (name == "end")
      query.end = read_moment(name, value, zone).high;
    else if (name == "_cursor")
      query.cursor = value;
    else if (name == "_since")
      query.since = read_moment(name, value, zone).low;
    else if (!is_result_param(name) && !call.prefer.lenient)
      throw Rejection(400, "not-supported", "$everything does not know the parameter \"" + name + "\"",
                      "$everything 不支持参数“" + name + "”");
  }
  return query;
}

}  // namespace

Answer everything(const Call& call) {
  const record::Page page = call.api.record.everything(call.access, read_query(call));
  BundleWriter writer(call.base, "searchset", page_bytes(page));
  if (page.total) writer.total(*page.total);
  write_links(writer, call.base + "/Patient/" + call.route.id + "/$everything", call.params, page.next);
  for (const auto& match : page.matches) {
    bool included = match.mode == record::Page::Match::Mode::include;
    writer.match(fhir::Definitions::r4().type(match.version.type).name, match.version.id, *match.version.text,
                 included ? "include" : "match");
  }
  return Answer::of(200, writer.finish());
}

}  // namespace witmed::rest
