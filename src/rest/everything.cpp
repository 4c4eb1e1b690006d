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

struct Wishes {
  std::vector<fhir::TypeId> types;
  std::optional<int64_t> start, end, since;
  std::string cursor;
};

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

Wishes read_wishes(const Call& call) {
  Wishes wishes;
  int zone = call.api.record.settings().zone_minutes;
  for (const auto& [name, value] : call.params) {
    if (name == "_type")
      read_types(value, wishes.types);
    else if (name == "start")
      wishes.start = read_moment(name, value, zone).low;
    else if (name == "end")
      wishes.end = read_moment(name, value, zone).high;
    else if (name == "_cursor")
      wishes.cursor = value;
    else if (name == "_since")
      wishes.since = read_moment(name, value, zone).low;
    else if (!is_result_param(name) && !call.prefer.lenient)
      throw Rejection(400, "not-supported", "$everything does not know the parameter \"" + name + "\"",
                      "$everything 不支持参数“" + name + "”");
  }
  return wishes;
}

}  // namespace

Answer everything(const Call& call) {
  Wishes wishes = read_wishes(call);
  auto patient = call.api.record.read(call.access, call.route.type, call.route.id);
  if (!patient) throw Rejection(404, "not-found", "there is no such patient", "没有该患者");
  if (patient->removed()) throw Rejection(410, "deleted", "the patient was deleted", "该患者已删除");
  record::Page page = call.api.record.everything(call.access, call.route.id, wishes.types, wishes.start,
                                                 wishes.end, read_count(call.params), wishes.cursor);
  BundleWriter writer(call.base, "searchset", page_bytes(page));
  // With _since only what changed is shown, so that the number of all says nothing.
  if (page.total && !wishes.since) writer.total(*page.total);
  write_links(writer, call.base + "/Patient/" + call.route.id + "/$everything", call.params, page.next);
  for (const auto& match : page.matches) {
    if (wishes.since && match.version.time < *wishes.since) continue;
    bool included = match.mode == record::Page::Match::Mode::include;
    writer.match(fhir::Definitions::r4().type(match.version.type).name, match.version.id, *match.version.text,
                 included ? "include" : "match");
  }
  return Answer::of(200, writer.finish());
}

}  // namespace witmed::rest
