// read and vread (http://hl7.org/fhir/R4/http.html#read, #vread), with conditional reads (#cread).
#include "base/text.h"
#include "base/time.h"
#include "fhir/issue.h"
#include "rest/interactions.h"
#include "rest/subset.h"

namespace witmed::rest {
namespace {

using fhir::Rejection;

std::string reference(const Call& call) {
  return std::string(fhir::Definitions::r4().type(call.route.type).name) + "/" + call.route.id;
}

bool is_unchanged(const Call& call, const record::Version& version) {
  if (!call.if_none_match.empty()) {
    for (std::string_view item : split(call.if_none_match, ','))
      if (trim(item) == "*" || read_etag(trim(item)) == version.version) return true;
    return false;  // If-Modified-Since counts only without it (RFC 9110 section 13.1.3)
  }
  auto since = parse_http_date(call.if_modified_since);
  return since && version.time < *since + 1'000'000;
}

Answer answer_version(const Call& call, const std::optional<record::Version>& version) {
  if (!version)
    throw Rejection(404, "not-found", reference(call) + " does not exist", "不存在 " + reference(call));
  if (version->removed())
    throw Rejection(410, "deleted", reference(call) + " was deleted at " + format_instant(version->time),
                    reference(call) + " 已于 " + format_instant(version->time) + " 删除");
  Answer answer;
  answer.version = version->version;
  answer.time = version->time;
  if (is_unchanged(call, *version)) {
    answer.status = 304;
    return answer;
  }
  answer.body = version->text;
  if (call.params.empty()) return answer;
  Subset subset = read_subset(call.params);
  if (!subset.whole())
    answer.body = std::make_shared<const std::string>(apply_subset(subset, *version->text));
  return answer;
}

}  // namespace

Answer read(const Call& call) {
  return answer_version(call, call.api.record.read(call.access, call.route.type, call.route.id));
}

Answer version_read(const Call& call) {
  auto number = parse_unsigned(call.route.version);
  if (!number) throw Rejection(404, "not-found", "versions are numbered 1, 2, 3 …", "版本号为 1、2、3 ……");
  return answer_version(call, call.api.record.vread(call.access, call.route.type, call.route.id, *number));
}

}  // namespace witmed::rest
