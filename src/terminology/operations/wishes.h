// The parameters of $expand and $validate-code that say how (http://hl7.org/fhir/R4/valueset-operation-expand.html and those of
// HL7's terminology ecosystem), read from the request and from what a value set says of its own expansion.
#pragma once
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "terminology/language.h"
#include "terminology/operations/input.h"
#include "terminology/operations/message.h"
#include "terminology/value_set.h"

namespace witmed::terminology {

struct Wishes {
  enum class Purpose : uint8_t { expand, validate };
  // `accept_language`: of the HTTP request. Throws Refusal(400).
  static Wishes read(const Input& input, std::string_view accept_language, Purpose purpose);
  // What the value set itself asks for; the request goes first.
  void see(const ValueSet& set);

  // Which version of a system or value set is to be used where nothing else says it (fallback), is the only one allowed
  // (check), or is used whatever anything else says (force).
  struct VersionRule {
    enum class Mode : uint8_t { fallback, check, force } mode;
    bool of_value_set;
    std::string url, version;
    std::string parameter() const;  // "system-version=url|1.0"
  };
  std::vector<VersionRule> rules;
  // By the rules; `used`: those that decided, where it matters.
  std::string version_of(std::string_view url, std::string_view version, std::set<std::string>* used = nullptr) const;

  Purpose purpose = Purpose::expand;
  Tongue tongue = Tongue::en;
  Languages display_languages, request_languages;  // the parameter; Accept-Language, else the value set's
  const Languages& languages() const { return display_languages.empty() ? request_languages : display_languages; }
  std::string language_summary() const;

  std::vector<std::string> properties, designations, supplements, excluded_systems;
  std::optional<bool> versions_match;  // one code from one version of its system only
  std::optional<bool> active_only, exclude_nested, include_designations, include_definition, exclude_not_for_ui, exclude_post_coordinated;
  bool abstract_allowed = true, infer_system = false, lenient_display = false, membership_only = false;
  std::optional<uint32_t> count, offset;
  std::string filter, date;
  bool speaks_r5 = false;  // sent what only later releases know: answered in their form
  int64_t deadline = 0;    // steady-clock microseconds

 private:
  void see(std::string_view name, std::string_view text);
  void add_rule(std::string_view name, std::string_view text);
  std::set<std::string, std::less<>> seen_;
};

}  // namespace witmed::terminology
