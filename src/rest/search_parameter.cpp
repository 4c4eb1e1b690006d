// SearchParameter/[id]/$status: whether a search parameter of the record's own is indexed, and how far that is.
#include "base/text.h"
#include "fhir/issue.h"
#include "rest/interactions.h"

namespace witmed::rest {
namespace {

void append_part(std::string& out, std::string_view name, std::string_view kind, std::string_view value, bool quoted) {
  out.append(R"({"name":")").append(name).append("\",\"").append(kind).append("\":");
  if (quoted) append_json_string(out, value);
  else out += value;
  out += '}';
}

}  // namespace

Answer search_parameter_status(const Call& call) {
  const auto status = call.api.record.search_parameter_status(call.access, call.route.id);
  if (!status) throw fhir::Rejection(404, "not-found", "there is no such SearchParameter", "没有这个 SearchParameter");
  std::string out = R"({"resourceType":"Parameters","parameter":[)";
  append_part(out, "state", "valueCode", status->state, true);
  if (!status->reason.empty()) append_part(out += ',', "reason", "valueString", status->reason, true);
  if (status->state == "indexing") {
    append_part(out += ',', "done", "valueDecimal", std::to_string(status->done), false);
    append_part(out += ',', "total", "valueDecimal", std::to_string(status->total), false);
  }
  return Answer::of(200, out += "]}");
}

}  // namespace witmed::rest
