#include "terminology/operations/wishes.h"

#include <algorithm>

#include "base/text.h"
#include "terminology/operations/outcome.h"
#include "terminology/version.h"

namespace witmed::terminology {
namespace {

using Mode = Wishes::VersionRule::Mode;

struct RuleName {
  std::string_view name;
  Mode mode;
  bool of_value_set;
};
constexpr RuleName kRules[] = {
    {"system-version", Mode::fallback, false},          {"check-system-version", Mode::check, false},
    {"force-system-version", Mode::force, false},       {"default-valueset-version", Mode::fallback, true},
    {"check-valueset-version", Mode::check, true},      {"force-valueset-version", Mode::force, true},
};

[[noreturn]] void refuse(std::string text) {
  throw Refusal(400, {fhir::Severity::error, "invalid", "invalid-data", {}, {}, std::move(text)});
}

std::optional<uint32_t> number(std::string_view name, std::string_view text) {
  const auto value = parse_unsigned(text);
  if (!value || *value > 0x7fffffff) refuse(std::string(name) + " has to be a whole number that is not negative");
  return static_cast<uint32_t>(*value);
}

// Chinese only for those who ask for it: programs compare the English words.
Tongue tongue_of(std::string_view accept_language) {
  Languages languages;
  if (!Languages::parse(accept_language, false, languages)) return Tongue::en;
  return agree("zh", languages.wishes().front().tag, Agreement::language) && languages.wishes().front().tag != "*" ? Tongue::zh
                                                                                                                    : Tongue::en;
}

}  // namespace

std::string Wishes::VersionRule::parameter() const {
  for (const RuleName& each : kRules)
    if (each.mode == mode && each.of_value_set == of_value_set) return std::string(each.name) + "=" + url + "|" + version;
  return {};
}

Wishes Wishes::read(const Input& input, std::string_view accept_language, Purpose purpose) {
  Wishes out;
  out.purpose = purpose;
  out.tongue = tongue_of(accept_language);
  if (!accept_language.empty() && !Languages::parse(accept_language, purpose == Purpose::expand, out.request_languages))
    out.request_languages = {};
  for (const Input::Entry& each : input.entries()) {
    if (each.name == "tx-resource" || each.name == "cache-id" || each.name == "property" || each.name == "useSupplement")
      out.speaks_r5 = true;
    if (!each.value) out.see(each.name, trim(each.text));
  }
  return out;
}

void Wishes::see(const ValueSet& set) {
  for (const auto& [name, text] : set.parameters) see(name, text);
  for (const std::string& property : set.properties) see("property", property);
  if (request_languages.empty() && !set.definition.language.empty())
    Languages::parse(set.definition.language, purpose == Purpose::expand, request_languages);
}

void Wishes::add_rule(std::string_view name, std::string_view text) {
  for (const RuleName& each : kRules) {
    if (each.name != name) continue;
    const Canonical canonical = split_canonical(text);
    if (canonical.version.empty()) refuse(std::string(name) + " has to be url|version");
    rules.push_back({each.mode, each.of_value_set, std::string(canonical.url), std::string(canonical.version)});
  }
}

void Wishes::see(std::string_view name, std::string_view text) {
  const bool truth = text == "true";
  if (name == "property") {
    if (!text.empty() && std::find(properties.begin(), properties.end(), text) == properties.end()) properties.emplace_back(text);
    return;
  }
  if (name == "designation") return designations.emplace_back(text), void();
  if (name == "useSupplement") return supplements.emplace_back(text), void();
  if (name == "exclude-system") return excluded_systems.emplace_back(text), void();
  if (name.ends_with("-version")) return add_rule(name, text);
  if (seen_.contains(name)) return;  // what was said first counts
  seen_.emplace(name);
  if (name == "displayLanguage") {
    if (Languages::parse(text, purpose == Purpose::expand, display_languages)) return;
    throw Refusal(400, {fhir::Severity::error, "processing", "invalid-display", {}, message_id(Message::bad_language),
                        say(Message::bad_language, tongue, {text})});
  }
  if (name == "activeOnly") active_only = truth;
  else if (name == "versionsMatch") versions_match = truth;
  else if (name == "excludeNested") exclude_nested = truth;
  else if (name == "includeDesignations") include_designations = truth;
  else if (name == "includeDefinition") include_definition = truth;
  else if (name == "excludeNotForUI") exclude_not_for_ui = truth;
  else if (name == "excludePostCoordinated") exclude_post_coordinated = truth;
  else if (name == "lenient-display-validation") lenient_display = truth;
  else if (name == "valueset-membership-only") membership_only = truth;
  else if (name == "inferSystem") infer_system = truth;
  else if (name == "abstract") abstract_allowed = text != "false";
  else if (name == "filter") filter = text;
  else if (name == "date") date = text.substr(0, 10);
  else if (name == "count") count = number(name, text);
  else if (name == "offset") offset = number(name, text);
}

std::string Wishes::version_of(std::string_view url, std::string_view version, std::set<std::string>* used) const {
  const auto rule = [&](Mode mode) -> const VersionRule* {
    for (const VersionRule& each : rules)
      if (each.mode == mode && each.url == url) return &each;
    return nullptr;
  };
  const VersionRule* decides = rule(Mode::force);
  if (!decides && version.empty()) decides = rule(Mode::fallback);
  if (!decides && version.empty()) decides = rule(Mode::check);
  if (!decides) return std::string(version);
  if (used) used->insert(decides->parameter());
  return decides->version;
}

std::string Wishes::language_summary() const {
  if (languages().empty()) return "--";
  return languages().text();
}

}  // namespace witmed::terminology
