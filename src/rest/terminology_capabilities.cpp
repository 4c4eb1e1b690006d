// metadata?mode=terminology: the TerminologyCapabilities (http://hl7.org/fhir/R4/terminologycapabilities.html), which say what
// code systems are here, those of R4 among them. Value sets stand in extensions: R4 has no place for them.
#include <map>
#include <set>

#include "base/clock.h"
#include "base/text.h"
#include "base/time.h"
#include "fhir/json/value.h"
#include "rest/interactions.h"
#include "services/terminology/follower.h"

namespace witmed::rest {
namespace {

using fhir::Value;
using Versions = std::map<std::string, std::set<std::string>>;  // by url

template <typename Held>
void gather(const terminology::ByText<Held>& shelf, Versions& out) {
  for (const auto& [url, all] : shelf)
    for (const auto& each : all) out[url].insert(each->label.version);
}

Value code_system(const std::string& url, const std::set<std::string>& versions) {
  Value out = Value::object({{"uri", url}});
  for (const std::string& version : versions)
    if (!version.empty()) out.in("version").add(Value::object({{"code", version}}));
  return out;
}

}  // namespace

Answer terminology_capabilities(const Call& call) {
  Versions systems, sets;
  const auto library = call.api.terminology.current().library();
  for (const auto& shelf : library->shelves()) {
    gather(shelf->all_systems(), systems);
    gather(shelf->all_value_sets(), sets);
  }
  std::string now;
  append_instant(now, wall_micros(), 0);
  Value out = Value::object({{"resourceType", "TerminologyCapabilities"}});
  for (const auto& [url, versions] : sets)
    out.in("extension").add(Value::object({{"url", "urn:witmed:value-set"}, {"valueCanonical", url}}));
  out.set("status", "active");
  out.set("date", now);
  out.set("kind", "instance");
  out.set("implementation", Value::object({{"description", "Witmed 区域健康档案平台 · regional health platform"}, {"url", call.base}}));
  for (const auto& [url, versions] : systems) out.in("codeSystem").add(code_system(url, versions));
  return Answer::of(200, out.json());
}

}  // namespace witmed::rest
