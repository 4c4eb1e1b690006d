#include "terminology/operations/validation.h"

#include <algorithm>

#include "terminology/limits.h"
#include "terminology/version.h"

namespace witmed::terminology {
namespace {

using fhir::Severity;

constexpr std::string_view kDeprecatedInSet = "http://hl7.org/fhir/StructureDefinition/valueset-deprecated";

// Includes of one system in several versions: the newest first.
std::vector<const ConceptSet*> in_order(const std::vector<ConceptSet>& sets) {
  std::vector<const ConceptSet*> out;
  for (const ConceptSet& each : sets) out.push_back(&each);
  std::stable_sort(out.begin(), out.end(), [](const ConceptSet* a, const ConceptSet* b) {
    return a->system == b->system && !a->version.empty() && !b->version.empty() && compare_versions(a->version, b->version) > 0;
  });
  return out;
}

std::string joined(const std::vector<std::string>& items) {
  std::string out;
  for (const std::string& each : items) out.append(out.empty() ? "" : ", ").append(each);
  return out;
}

}  // namespace

void Validation::prepare() {
  context_.required_supplements = wishes_.supplements;
  for (const std::string& each : set_->supplements) context_.required_supplements.push_back(each);
  std::vector<std::string> path;
  std::vector<Source> sources;
  prepare(set_, path, sources);
  context_.require_supplements(sources);
}

void Validation::prepare(const Set& set, std::vector<std::string>& path, std::vector<Source>& sources) {
  context_.walk();
  const std::string name = set->definition.canonical();
  if ((!name.empty() && std::find(path.begin(), path.end(), name) != path.end()) || path.size() > kMaxImports)
    throw Refusal(422, {Severity::error, "processing", "vs-invalid", {}, message_id(Message::circular),
                        context_.text(Message::circular, {name, joined(path)})});
  path.push_back(name);
  context_.wishes.see(*set);
  for (const auto* sets : {&set->include, &set->exclude}) {
    for (size_t i = 0; i < sets->size(); ++i) {
      const ConceptSet& each = (*sets)[i];
      for (const std::string& import : each.value_sets) {
        const std::string canonical = context_.pinned(import);
        const Set other = context_.value_set(canonical, set.get());
        if (!other)
          throw Refusal(422, {Severity::error, "not-found", "not-found", {}, message_id(Message::unknown_value_set),
                              context_.text(Message::unknown_value_set, {canonical})});
        prepare(other, path, sources);
      }
      const Source source = context_.find(each.system, each.version);
      if (source) sources.push_back(source);
      if (source && !each.filters.empty())
        context_.chosen(each, source, std::string("ValueSet.compose.") + (sets == &set->include ? "include[" : "exclude[") + std::to_string(i) + "]");
    }
  }
  path.pop_back();
}

Validation::Checked Validation::check(const Set& set, const std::string& place, Coding& coding) {
  context_.walk();
  Checked out;
  out.in = false;
  if (coding.system.empty() && !wishes_.infer_system) {
    say({Severity::warning, "invalid", "invalid-data", place, message_id(Message::no_system), context_.text(Message::no_system, {})});
    return out;
  }
  if (coding.system.empty()) {
    coding.system = infer_system(set, coding.code);
    if (coding.system.empty()) return out;
    inferred_ = coding.system;
  }
  if (!set->composed) {
    for (const Listed& each : set->listed)
      if (each.system == coding.system && each.code == coding.code) {
        const Source source = context_.find(coding.system, each.version.empty() ? coding.version : each.version);
        if (!source) return tell_unknown_system(coding.system, each.version, place), out.in.reset(), out;
        const ConceptSet whole{coding.system, each.version, {}, {}, {}};
        out.version = source.version();
        out.in = in_set(set, whole, 0, source, place, coding.code, Role::include, out);
      }
    return out;
  }
  const std::string picked = coding.version.empty() ? applicable_version(set, coding) : std::string();
  for (const ConceptSet* each : in_order(set->include)) {
    bool here = each->system.empty() && !each->value_sets.empty();  // with neither it means nothing
    if (!here && each->system == coding.system && (picked.empty() || each->version == picked) && use_include(set, *each, coding.version)) {
      here = check_include(set, *each, place, coding, out);
      if (!out.in) return out;
    }
    if (here && in_imports(set, *each, place, coding, out)) {
      out.in = true;
      break;
    }
  }
  if (*out.in && excluded(set, place, coding, out)) out.in = false;
  return out;
}

// False, and out.in not known: the system is not here.
bool Validation::check_include(const Set& set, const ConceptSet& each, const std::string& place, const Coding& coding, Checked& out) {
  const std::string version = determine_version(place, each.system, each.version, coding.version);
  const Source source = context_.find(each.system, version);
  if (!source) {
    if (wishes_.membership_only) return false;
    tell_unknown_system(coding.system, version, place);
    out.in.reset();
    return false;
  }
  if (auto refused = context_.check_version(source, below(place, "version"))) say(std::move(*refused));
  out.default_language = source.system().definition.language.empty() ? "en" : source.system().definition.language;
  out.content = source.system().content();
  say_status(source.system().definition, "CodeSystem");
  const auto index = static_cast<size_t>(&each - set->include.data());
  if (!in_set(set, each, index, source, place, coding.code, Role::include, out)) return false;
  out.version = source.version();
  return true;
}

bool Validation::in_imports(const Set& set, const ConceptSet& each, const std::string& place, Coding& coding, Checked& out) {
  for (const std::string& import : each.value_sets) {
    const Set other = context_.value_set(context_.pinned(import), set.get());
    if (!other) return false;
    say_status(other->definition, "ValueSet");
    Checked inner = check(other, place, coding);
    if (out.names.empty()) out.names = std::move(inner.names);
    if (!inner.version.empty()) out.version = inner.version;
    out.default_language = inner.default_language;
    out.content = inner.content;
    if (inner.in != true) return false;
  }
  return true;
}

bool Validation::excluded(const Set& set, const std::string& place, Coding& coding, Checked& out) {
  for (size_t i = 0; i < set->exclude.size(); ++i) {
    const ConceptSet& each = set->exclude[i];
    bool hit = each.system.empty() && !each.value_sets.empty();
    if (!hit && each.system == coding.system) {
      const Source source = context_.find(each.system, each.version);
      if (!source)
        throw Refusal(422, {Severity::error, "not-found", "not-found", {}, message_id(Message::unknown_system),
                            context_.text(Message::unknown_system, {each.system})});
      say_status(source.system().definition, "CodeSystem");
      Checked inner;
      hit = in_set(set, each, i, source, place, coding.code, Role::exclude, inner);
    }
    if (hit && in_imports(set, each, place, coding, out)) return true;
  }
  return false;
}

bool Validation::in_set(const Set& set, const ConceptSet& each, size_t index, const Source& source, const std::string& place,
                        const std::string& code, Role role, Checked& out) {
  const std::optional<Place> found = source.locate(code);
  if (each.whole()) {
    if (!found) {
      if (wishes_.membership_only || role == Role::exclude) return false;
      if (source.system().content() == Content::complete) return tell_unknown_code(source, code, place), false;
      tell_unknown_code(source, code, place);
      return true;
    }
    if (found->code != code) {
      normal_code_ = found->code;
      say({Severity::information, "business-rule", "code-rule", below(place, "code"), message_id(Message::code_case),
           context_.text(Message::code_case, {code, found->code, source.canonical()})}, false);
    }
  }
  const ConceptReference* listed = nullptr;
  for (const ConceptReference& reference : each.concepts)
    if (reference.code == code || (found && reference.code == found->code)) listed = &reference;
  if (!each.concepts.empty() && !listed) return false;
  if (!found) return false;
  if (!each.filters.empty()) {
    const std::string where = std::string("ValueSet.compose.") + (role == Role::include ? "include[" : "exclude[") + std::to_string(index) + "]";
    if (!context_.chosen(each, source, where)->test(found->id)) return false;
  }
  std::vector<Name> names = source.names(*found);
  if (listed && !listed->display.empty()) {
    Name name;
    name.value = listed->display;
    name.language = set->definition.language;
    name.status = "active";
    names.push_back(std::move(name));
  }
  out.names.insert(out.names.end(), names.begin(), names.end());
  if (!take(set, source, *found, place, code, role, each.whole())) return false;
  if (role == Role::include && listed) {
    std::string status = extension_text(listed->node, kStandardsStatus);
    if (status.empty() && extension_value(listed->node, kDeprecatedInSet)) status = "deprecated";
    if (status == "withdrawn" || status == "deprecated")
      say({Severity::warning, "business-rule", "code-comment", below(place, "code"), message_id(Message::deprecated_in_value_set),
           context_.text(Message::deprecated_in_value_set, {code, source.url(), status, set->definition.canonical()})}, false);
  }
  return true;
}

// Abstract and inactive codes: may it be used here?
bool Validation::take(const Set& set, const Source& source, const Place& found, const std::string& place, const std::string& code,
                      Role role, bool whole) {
  const bool inactive = source.inactive(found);
  if (!wishes_.abstract_allowed && source.abstract(found)) {
    if (!wishes_.membership_only && role == Role::include)
      say({Severity::error, "business-rule", "code-rule", below(place, "code"), message_id(Message::abstract),
           context_.text(Message::abstract, {source.url(), code})}, false);
    return false;
  }
  const bool dropped = inactive && ((set->inactive && !*set->inactive) || wishes_.active_only.value_or(false));
  if (dropped) {
    if (role == Role::exclude) return false;
    if (whole)
      say({Severity::error, "business-rule", "code-rule", below(place, "code"), message_id(Message::not_active),
           context_.text(Message::not_active, {code})});
    if (!wishes_.membership_only) note_inactive(source, found, place, code, true);
    return false;
  }
  if (role == Role::include) note_inactive(source, found, place, code, false);
  return true;
}

void Validation::note_inactive(const Source& source, const Place& found, const std::string& place, const std::string& code, bool always) {
  if (inactive_ && !always) return;
  inactive_ = source.inactive(found);
  inactive_place_ = place;
  inactive_code_ = code;
  status_ = source.status(found);
}

void Validation::tell_unknown_code(const Source& source, const std::string& code, const std::string& place) {
  const bool fragment = source.system().content() != Content::complete;
  const Message message = fragment ? Message::unknown_code_fragment
                          : source.version().empty() ? Message::unknown_code : Message::unknown_code_version;
  say({fragment ? Severity::warning : Severity::error, "code-invalid", "invalid-code", below(place, "code"), message_id(message),
       context_.text(message, {code, source.url(), source.version()})}, false);
}

}  // namespace witmed::terminology
