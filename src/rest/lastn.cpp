// Observation/$lastn (http://hl7.org/fhir/R4/observation-operation-lastn.html).
#include <algorithm>

#include "base/limits.h"
#include "base/text.h"
#include "fhir/issue.h"
#include "rest/bundle_writer.h"
#include "rest/interactions.h"
#include "rest/page_links.h"
#include "rest/search_call.h"

namespace witmed::rest {
namespace {

// "max": how many of each kind, one when not said.
uint32_t take_max(Params& params) {
  uint32_t max = 1;
  for (const auto& [name, value] : params) {
    if (name != "max") continue;
    const auto wanted = parse_unsigned(value);
    if (!wanted || *wanted == 0 || *wanted > limits::kPageMax)
      throw fhir::Rejection(400, "value", "max is a number from 1 on", "max 应为 1 以上的整数");
    max = static_cast<uint32_t>(*wanted);
  }
  std::erase_if(params, [](const auto& p) { return p.first == "max"; });
  return max;
}

bool about_someone(const fhir::SearchQuery& query) {
  return std::any_of(query.all.begin(), query.all.end(), [](const auto& c) {
    return c.param != nullptr && (c.param->code == "patient" || c.param->code == "subject");
  });
}

}  // namespace

Answer lastn(const Call& call) {
  Params params = call.params;
  const uint32_t max = take_max(params);
  const fhir::SearchQuery query = parse_search(call, params);
  if (!about_someone(query))
    throw fhir::Rejection(400, "required", "$lastn needs patient or subject", "$lastn 需要参数 patient 或 subject");
  const auto page = call.api.record.lastn(call.access, query, max);
  BundleWriter writer(call.base, "searchset", page_bytes(page));
  writer.total(*page.total);
  write_links(writer, call.base + "/Observation/$lastn", call.params, {});
  for (const auto& match : page.matches) writer.match("Observation", match.version.id, *match.version.text, "match");
  auto answer = Answer::of(200, writer.finish());
  answer.plan = page.plan;
  return answer;
}

}  // namespace witmed::rest
