// TerminologyCapabilities (http://hl7.org/fhir/R4/terminologycapabilities.html): which code systems are here, and how they are
// expanded and judged.
#include <map>

#include "base/clock.h"
#include "base/time.h"
#include "base/version.h"
#include "rest/interactions.h"
#include "services/terminology/follower.h"

namespace witmed::rest {
namespace {

using fhir::Value;

constexpr std::string_view kExpansionParameters[] = {
    "activeOnly",   "cache-id",          "check-system-version", "check-valueset-version", "count",
    "date",         "default-valueset-version", "displayLanguage", "excludeNested",        "excludeNotForUI",
    "exclude-system", "filter",          "force-system-version", "force-valueset-version", "includeDefinition",
    "includeDesignations", "offset",     "property",             "system-version",         "tx-resource", "useSupplement",
};

std::string now() {
  std::string out;
  append_instant(out, wall_micros(), 0);
  return out;
}

// By canonical; several versions of one stand together.
Value code_systems(const terminology::Library& library) {
  std::map<std::string_view, std::map<std::string_view, const terminology::Label*>> all;
  for (const auto& shelf : library.shelves())
    for (const auto& [url, systems] : shelf->all_systems())
      for (const auto& held : systems)
        if (held->label.content != terminology::Content::not_present) all[url].try_emplace(held->label.version, &held->label);
  Value out = Value::list();
  for (const auto& [url, versions] : all) {
    Value listed = Value::list();
    for (const auto& [version, label] : versions)
      if (!version.empty()) listed.add(Value::object({{"code", Value(version)}}));
    Value entry = Value::object({{"uri", Value(url)}});
    if (!listed.items().empty()) entry.set("version", std::move(listed));
    entry.set("subsumption", Value(true));
    out.add(std::move(entry));
  }
  return out;
}

}  // namespace

std::string terminology_capabilities(const Call& call) {
  Value parameters = Value::list();
  for (const std::string_view name : kExpansionParameters) parameters.add(Value::object({{"name", Value(name)}}));
  const auto library = call.api.terminology.current().library();
  Value out = Value::object({{"resourceType", "TerminologyCapabilities"}});
  out.set("url", Value(call.base + "/metadata?mode=terminology"));
  out.set("version", Value(kVersion));
  out.set("name", "Witmed");
  out.set("title", "Witmed 术语服务 · terminology");
  out.set("status", "active");
  out.set("date", Value(now()));
  out.set("kind", "instance");
  out.set("software", Value::object({{"name", "Witmed 智慧医疗"}, {"version", Value(kVersion)}}));
  out.set("implementation", Value::object({{"description", "Witmed 区域健康档案平台 · regional health platform"}, {"url", Value(call.base)}}));
  out.set("codeSystem", code_systems(*library));
  out.set("expansion", Value::object({{"hierarchical", Value(true)}, {"paging", Value(true)},
                                      {"incomplete", Value(false)}, {"parameter", std::move(parameters)},
                                      {"textFilter", "words in any order, by their beginnings; pinyin initials · 各词不计次序，按词首；拼音首字母"}}));
  out.set("codeSearch", "all");
  out.set("validateCode", Value::object({{"translations", Value(true)}}));
  out.set("translation", Value::object({{"needsMap", Value(true)}}));
  return out.json();
}

}  // namespace witmed::rest
