// Which version of a code system a coding is judged by, and which system a bare code belongs to.
#include <algorithm>
#include <set>

#include "terminology/display.h"
#include "terminology/operations/validation.h"
#include "terminology/version.h"

namespace witmed::terminology {
namespace {

using fhir::Severity;

bool newer(const std::string& a, const std::string& b) { return compare_versions(a, b) > 0; }

}  // namespace

// The include's version under the rules, or the coding's where it only says the same more exactly. Tells where they differ.
std::string Validation::determine_version(const std::string& place, const std::string& system, const std::string& set_version,
                                          const std::string& coding_version) {
  std::string result = wishes_.version_of(system, set_version);
  if (coding_version.empty()) return result;
  const bool here = static_cast<bool>(context_.find_as_asked(system, {}));
  if (!result.empty() && here && coding_version != result && version_matches(result, coding_version)) result = coding_version;
  if (result.empty()) {
    for (const std::string& each : context_.library.versions(system))
      if (each == coding_version || version_matches(coding_version, each)) result = coding_version;
  }
  const Source source = context_.find(system, result);
  const std::string at = below(place, "version");
  if (source && !version_matches(coding_version, source.version())) {
    const bool versioned = source.book() && source.book()->version_needed();
    Finding finding{Severity::error, "invalid", "vs-invalid", at, {}, {}};
    Message message = Message::version_mismatch;
    if (result.empty()) {
      message = Message::version_mismatch_default;
      if (!versioned) finding.severity = Severity::warning;
      finding.text = context_.text(message, {system, source.version(), coding_version});
    } else if (result != set_version) {
      message = Message::version_mismatch_changed;
      finding.text = context_.text(message, {system, result, set_version, coding_version});
    } else {
      finding.text = context_.text(message, {system, set_version, coding_version});
    }
    finding.id = message_id(message);
    const bool error = finding.severity == Severity::error;
    say(std::move(finding), error);
    if (!context_.find_as_asked(system, coding_version)) tell_unknown_system(system, coding_version, place);
  } else if (!source && result != coding_version) {
    say({Severity::error, "invalid", "vs-invalid", at, message_id(Message::version_mismatch),
         context_.text(Message::version_mismatch, {system, result, coding_version})});
  }
  return result;
}

// A coding without version, of a system that is included in several: the newest that has the code with this display.
// Empty when it does not matter.
std::string Validation::applicable_version(const Set& set, const Coding& coding) {
  std::set<std::string> versions;
  for (const ConceptSet& each : set->include)
    if (each.system == coding.system && !each.version.empty()) versions.insert(each.version);
  if (versions.size() < 2) return {};
  std::vector<std::string> having, all(versions.begin(), versions.end());
  for (const std::string& version : all) {
    const Source source = context_.find(coding.system, version);
    const auto found = source ? source.locate(coding.code) : std::nullopt;
    if (!found) continue;
    const std::vector<Name> names = source.names(*found);
    const bool fits = coding.display.empty() || std::any_of(names.begin(), names.end(), [&](const Name& n) { return n.value == coding.display; });
    if (fits) having.push_back(version);
  }
  if (having.size() == all.size()) return {};
  std::vector<std::string>& of = having.empty() ? all : having;
  return *std::min_element(of.begin(), of.end(), newer);
}

// An include in the coding's own version goes before others of the system.
bool Validation::use_include(const Set& set, const ConceptSet& each, const std::string& version) const {
  if (version.empty() || each.version == version) return true;
  return std::none_of(set->include.begin(), set->include.end(), [&](const ConceptSet& other) { return other.version == version; });
}

std::string Validation::newest_included(const std::string& system) const {
  std::string out;
  for (const ConceptSet& each : set_->include)
    if (each.system == system && !each.version.empty() && (out.empty() || newer(each.version, out))) out = each.version;
  return out;
}

void Validation::tell_unknown_system(const std::string& system, const std::string& version, const std::string& place) {
  Message message = Message::unknown_system;
  std::string name = system, text;
  if (version.empty()) {
    text = context_.text(message, {system});
  } else {
    const std::string known = context_.known_versions(system);
    message = known.empty() ? Message::unknown_version_none : Message::unknown_version;
    if (!known.empty()) name += "|" + version;
    text = context_.text(message, {system, version, known});
  }
  say_message(text);
  if (std::find(unknown_systems_.begin(), unknown_systems_.end(), name) != unknown_systems_.end()) return;
  unknown_systems_.push_back(name);
  findings_.add({Severity::error, "not-found", "not-found", below(place, "system"), message_id(message), std::move(text)});
}

std::string Validation::infer_system(const Set& set, const std::string& code) {
  context_.walk();
  std::vector<std::string> systems;
  const auto add = [&](const std::string& system) {
    if (std::find(systems.begin(), systems.end(), system) == systems.end()) systems.push_back(system);
  };
  for (const ConceptSet& each : set->include) {
    for (const std::string& import : each.value_sets)
      if (const Set other = context_.value_set(context_.pinned(import), set.get()))
        if (const std::string inner = infer_system(other, code); !inner.empty()) add(inner);
    if (each.system.empty()) continue;
    const bool listed = std::any_of(each.concepts.begin(), each.concepts.end(), [&](const auto& c) { return c.code == code; });
    if (!each.concepts.empty() && !listed) continue;
    const Source source = listed ? Source() : context_.find(each.system, each.version);
    if (listed || (source && source.locate(code))) add(each.system);
  }
  for (const Listed& each : set->listed)
    if (!set->composed && each.code == code) add(each.system);
  if (systems.size() == 1) return systems.front();
  if (set != set_) return {};
  std::string all;
  if (systems.empty())
    for (const ConceptSet& each : set->include)
      if (!each.system.empty()) all.append(all.empty() ? "" : ", ").append(each.system);
  for (const std::string& each : systems) all.append(all.empty() ? "" : ", ").append(each);
  const Message message = systems.empty() ? Message::cannot_infer : Message::cannot_infer_many;
  say({Severity::error, "not-found", "cannot-infer", "code", message_id(message),
       context_.text(message, {code, set->definition.canonical(), all})});
  return {};
}

}  // namespace witmed::terminology
