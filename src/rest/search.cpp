// search in a type, a compartment, the system, by GET and POST (http://hl7.org/fhir/R4/http.html#search).
#include "base/clock.h"
#include "base/limits.h"
#include "base/text.h"
#include "fhir/issue.h"
#include "rest/bundle_writer.h"
#include "rest/interactions.h"
#include "rest/outcome.h"
#include "rest/page_links.h"
#include "rest/search_call.h"
#include "rest/subset.h"
#include "services/terminology/follower.h"

namespace witmed::rest {

namespace {

// Is the terminology service asked? A modifier may stand anywhere in a chain.
bool names_codes(const Params& params) {
  constexpr std::string_view kModifiers[] = {":in", ":not-in", ":above", ":below"};
  return std::any_of(params.begin(), params.end(), [&](const auto& param) {
    return std::any_of(std::begin(kModifiers), std::end(kModifiers),
                       [&](std::string_view modifier) { return param.first.find(modifier) != std::string::npos; });
  });
}

}  // namespace

fhir::SearchQuery parse_search(const Call& call, const Params& params) {
  fhir::ParseSettings settings;
  settings.lenient = call.prefer.lenient;
  settings.values = call.api.record.settings();
  if (settings.values.base_url.empty()) settings.values.base_url = call.base;
  settings.now = wall_micros();
  std::shared_ptr<const fhir::Terminology> terminology;
  if (names_codes(params)) terminology = call.api.terminology.current().library();
  settings.terminology = terminology.get();
  fhir::SearchQuery query = fhir::parse_query(call.route.type, params, settings);
  if (query.count && *query.count > limits::kPageMax) query.count = limits::kPageMax;
  if (call.route.owner != 0)
    query.compartment.emplace(fhir::Definitions::r4().type(call.route.owner).name, call.route.id);
  return query;
}

namespace {

std::string address(const Call& call) {
  const auto& definitions = fhir::Definitions::r4();
  std::string url = call.base;
  if (call.route.owner != 0) {
    url.append("/").append(definitions.type(call.route.owner).name).append("/").append(call.route.id);
    url.append("/").append(call.route.type == 0 ? "*" : definitions.type(call.route.type).name);
  } else if (call.route.type != 0) {
    url.append("/").append(definitions.type(call.route.type).name);
  }
  return url;
}

std::string_view mode_name(record::Page::Match::Mode mode) {
  switch (mode) {
    case record::Page::Match::Mode::include: return "include";
    case record::Page::Match::Mode::outcome: return "outcome";
    default: return "match";
  }
}

// The named query of the pages: Patient?_query=lookup&q=…&_count=…
const std::string* parameter(const Call& call, std::string_view name) {
  for (const auto& [key, value] : call.params)
    if (key == name) return &value;
  return nullptr;
}

Answer lookup(const Call& call) {
  const std::string* text = parameter(call, "q");
  if (text == nullptr)
    throw fhir::Rejection(400, "required", "_query=lookup needs q: a name, pinyin, a number or its last digits",
                          "_query=lookup 需要参数 q：姓名、拼音、证件号、电话或其末几位");
  const std::string* wanted = parameter(call, "_count");
  const auto count = wanted == nullptr ? 20 : parse_unsigned(*wanted).value_or(20);
  const auto page = call.api.record.lookup(call.access, *text, static_cast<uint32_t>(std::min<uint64_t>(count, limits::kPageMax)));
  BundleWriter writer(call.base, "searchset", page_bytes(page));
  if (page.total) writer.total(*page.total);
  write_links(writer, address(call), {{"_query", "lookup"}, {"q", *text}}, {});
  for (const auto& match : page.matches) writer.match("Patient", match.version.id, *match.version.text, "match");
  return Answer::of(200, writer.finish());
}

}  // namespace

Answer search(const Call& call) {
  if (const auto* named = parameter(call, "_query"); named != nullptr && *named == "lookup" &&
                                                     call.route.type == fhir::Definitions::r4().type_id("Patient") && call.route.owner == 0)
    return lookup(call);
  fhir::SearchQuery query = parse_search(call, call.params);
  record::Page page = call.api.record.search(call.access, query);
  Subset subset{query.summary, query.elements};
  BundleWriter writer(call.base, "searchset", page_bytes(page));
  if (page.total) writer.total(*page.total);
  write_links(writer, address(call), query.used, page.next);
  for (const auto& [version, mode] : page.matches) {
    std::string_view type = fhir::Definitions::r4().type(version.type).name;
    bool whole = subset.whole() || mode != record::Page::Match::Mode::match;
    if (whole)
      writer.match(type, version.id, *version.text, mode_name(mode));
    else
      writer.match(type, version.id, apply_subset(subset, *version.text), mode_name(mode));
  }
  if (!query.warnings.empty()) writer.outcome(outcome_text(query.warnings, call.language));
  auto answer = Answer::of(200, writer.finish());
  answer.plan = page.plan;
  return answer;
}

}  // namespace witmed::rest
