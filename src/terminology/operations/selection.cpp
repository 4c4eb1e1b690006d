#include "terminology/operations/selection.h"

#include <algorithm>

#include "terminology/choose.h"
#include "terminology/limits.h"
#include "terminology/version.h"

namespace witmed::terminology {
namespace {

using fhir::Severity;

[[noreturn]] void refuse(int status, const char* code, const char* kind, Message message, std::string text) {
  throw Refusal(status, {Severity::error, code, kind, {}, message_id(message), std::move(text)});
}

constexpr size_t kFewEntries = 16;

std::string code_of(const Segment& segment, const Place& place) {
  return place.code.empty() && place.id != kNoConcept ? std::string(segment.source.book()->code(place.id)) : place.code;
}

}  // namespace

// Takes out what `test` holds of.
template <typename Test>
void Segment::remove_if(Test test) {
  if (!by_bits) {
    codes_.clear();
    std::erase_if(entries, [&](const Chosen& each) { return test(each.place); });
    return;
  }
  ConceptBits kept(source.book()->size());
  for (ConceptId id = bits.next(0); id != kNoConcept; id = bits.next(id + 1))
    if (!test(Place{id, {}})) kept.set(id);
  bits = std::move(kept);
}

bool Segment::has(std::string_view code) const {
  if (by_bits) {
    const ConceptId id = source.book()->find(code);
    return id != kNoConcept && bits.test(id);
  }
  if (entries.size() <= kFewEntries)
    return std::any_of(entries.begin(), entries.end(), [&](const Chosen& each) { return each.place.code == code; });
  if (codes_.empty())
    for (const Chosen& each : entries) codes_.insert(each.place.code);
  return codes_.contains(std::string(code));
}

std::string_view Segment::system() const {
  if (source) return source.url();
  return entries.empty() ? std::string_view() : std::string_view(entries.front().listed->system);
}

uint32_t Selection::total() const {
  uint32_t n = 0;
  for (const Segment& each : segments) n += each.size();
  return n;
}

void Selection::tell(std::string_view name, std::string value) {
  std::pair<std::string, std::string> item(name, std::move(value));
  if (std::find(told.begin(), told.end(), item) == told.end()) told.push_back(std::move(item));
}

bool Selection::contains(std::string_view system, std::string_view version, std::string_view code) const {
  for (const Segment& each : segments) {
    if (each.system() != system) continue;
    if (versioned && !one_per_code && each.source && each.source.version() != version) continue;
    if (each.has(code)) return true;
  }
  return false;
}

Selection Selector::select(const std::shared_ptr<const ValueSet>& set) {
  context_.required_supplements = context_.wishes.supplements;
  for (const std::string& each : set->supplements) context_.required_supplements.push_back(each);
  std::vector<std::string> path;
  Selection out = select(set, path, true);
  std::vector<Source> sources;
  for (const Segment& each : out.segments)
    if (each.source) sources.push_back(each.source);
  context_.require_supplements(sources);
  return out;
}

Selection Selector::select(const std::shared_ptr<const ValueSet>& set, std::vector<std::string>& path, bool top) {
  context_.walk();
  const std::string name = set->definition.canonical();
  if (!name.empty() && std::find(path.begin(), path.end(), name) != path.end()) {
    std::string all;
    for (const std::string& each : path) all.append(all.empty() ? "" : ", ").append(each);
    refuse(422, "processing", "vs-invalid", Message::circular, context_.text(Message::circular, {name, all}));
  }
  if (path.size() > kMaxImports) refuse(422, "too-costly", "too-costly", Message::circular, context_.text(Message::circular, {name, "…"}));
  if (!set->locked_date.empty())
    throw Refusal(422, {Severity::error, "business-rule", "business-rule", {}, {}, "Cannot process a ValueSet with a lockedDate"});
  path.push_back(name);
  keep_.push_back(set);
  context_.wishes.see(*set);
  Selection out;
  tell_status(set->definition, top ? nullptr : &keep_.front()->definition, out);
  if (!set->composed) {
    add_listed(*set, out);
  } else {
    note_versions(*set, out);
    std::vector<size_t> order(set->include.size());
    for (size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) {
      const ConceptSet &x = set->include[a], &y = set->include[b];
      return x.system == y.system && !x.version.empty() && !y.version.empty() && compare_versions(x.version, y.version) > 0;
    });
    for (const size_t index : order) add_include(set, index, path, out);
    subtract(set, path, out);
  }
  path.pop_back();
  return out;
}

void Selector::add_listed(const ValueSet& set, Selection& out) const {
  for (const Listed& each : set.listed) {
    if (out.segments.empty() || out.segments.back().system() != each.system) out.segments.emplace_back().from = &set;
    out.segments.back().entries.push_back({0, {kNoConcept, each.code}, nullptr, &each});
  }
  out.flat = true;
}

// The same system in several versions; and includes of some, excludes of others: then codes are compared without their version.
void Selector::note_versions(const ValueSet& set, Selection& out) const {
  std::map<std::string, std::string> seen;
  bool same = !set.include.empty() && !set.exclude.empty(), overlap = false;
  for (const auto* sets : {&set.include, &set.exclude})
    for (const ConceptSet& each : *sets) {
      if (each.system.empty()) {
        same = false;
        continue;
      }
      const auto [at, fresh] = seen.emplace(each.system, each.version);
      if (!fresh && at->second != each.version) out.versioned = true;
      same = same && !each.version.empty() && each.system == set.include.front().system;
    }
  for (const ConceptSet& a : set.include)
    for (const ConceptSet& b : set.exclude) overlap = overlap || a.version == b.version;
  out.one_per_code = context_.wishes.versions_match.value_or(same && !overlap);
}

Source Selector::source(const ConceptSet& each, Selection& out) {
  const std::string version = context_.wishes.version_of(each.system, each.version, &context_.used_rules);
  const SystemPtr any = context_.library.system(each.system, version, context_.wishes.date);
  if (any && any->content() == Content::not_present)
    refuse(422, "business-rule", "invalid-data", Message::no_content, context_.text(Message::no_content, {each.system}));
  Source source = context_.find(each.system, each.version);
  if (!source) {
    if (version.empty())
      refuse(422, "not-found", "not-found", Message::unknown_system_expansion, context_.text(Message::unknown_system_expansion, {each.system}));
    const std::string known = context_.known_versions(each.system);
    const Message message = known.empty() ? Message::unknown_version_expansion_none : Message::unknown_version_expansion;
    refuse(422, "not-found", "not-found", message, context_.text(message, {each.system, version, known}));
  }
  if (auto refused = context_.check_version(source)) throw Refusal(400, std::move(*refused));
  out.tell("used-codesystem", source.canonical());
  if (source.system().content() != Content::complete) {
    out.unclosed = true;
    out.tell(source.system().content() == Content::fragment ? "used-fragment" : "used-example", source.canonical());
  }
  return source;
}

bool Selector::is_excluded_system(const Source& source) const {
  const auto& excluded = context_.wishes.excluded_systems;
  return std::any_of(excluded.begin(), excluded.end(), [&](const std::string& each) {
    const Canonical wanted = split_canonical(each);
    return wanted.url == source.url() && version_matches(wanted.version, source.version());
  });
}

std::vector<Selection> Selector::imports(const std::shared_ptr<const ValueSet>& set, const ConceptSet& each, std::vector<std::string>& path,
                                         Selection& out) {
  std::vector<Selection> selections;
  for (const std::string& import : each.value_sets) {
    const std::string canonical = context_.pinned(import);
    const auto other = context_.value_set(canonical, set.get());
    if (!other) {
      const Canonical parts = split_canonical(canonical);
      const Message message = parts.version.empty() ? Message::unknown_import : Message::unknown_import_version;
      refuse(422, "not-found", parts.version.empty() ? "unknown" : "not-found", message,
             context_.text(message, {parts.url, parts.version}));
    }
    selections.push_back(select(other, path, false));
    tell_status(other->definition, &keep_.front()->definition, out);
    if (!other->is_contained) out.tell("used-valueset", other->definition.canonical());
    for (auto& [name, value] : selections.back().told) out.tell(name, value);
    out.unclosed = out.unclosed || selections.back().unclosed;
  }
  return selections;
}

void Selector::add_include(const std::shared_ptr<const ValueSet>& set, size_t index, std::vector<std::string>& path, Selection& out) {
  const ConceptSet& each = set->include[index];
  if (!each.value_sets.empty() || !each.concepts.empty() || each.filters.size() > 1) out.flat = true;
  std::vector<Selection> imported = imports(set, each, path, out);
  if (each.system.empty()) return add_whole_import(imported, out);
  const Source source = this->source(each, out);
  tell_status(source.system().definition, &keep_.front()->definition, out);
  if (is_excluded_system(source)) return;
  Segment made = segment(*set, each, "ValueSet.compose.include[" + std::to_string(index) + "]", source, out);
  for (const Selection& other : imported)
    made.remove_if([&](const Place& place) { return !other.contains(source.url(), source.version(), code_of(made, place)); });
  drop(made, *set);
  drop_seen(made, out);
  out.segments.push_back(std::move(made));
}

// All of the first value set that is in the others too.
void Selector::add_whole_import(const std::vector<Selection>& imports, Selection& out) const {
  if (imports.empty()) return;
  for (Segment segment : imports.front().segments) {
    for (size_t i = 1; i < imports.size(); ++i) {
      const std::string system(segment.system()), version(segment.source ? segment.source.version() : "");
      segment.remove_if([&](const Place& place) { return !imports[i].contains(system, version, code_of(segment, place)); });
    }
    drop_seen(segment, out);
    out.segments.push_back(std::move(segment));
  }
  out.versioned = out.versioned || imports.front().versioned;
}

Segment Selector::segment(const ValueSet& set, const ConceptSet& each, std::string_view place, const Source& source, Selection& out) {
  Segment made;
  made.source = source;
  made.from = &set;
  if (!each.concepts.empty()) {
    for (const ConceptReference& reference : each.concepts) {
      const auto found = source.locate(reference.code);
      if (!found) continue;
      if (!each.filters.empty() && !context_.chosen(each, source, place)->test(found->id)) continue;
      made.entries.push_back({0, {found->id, found->code}, &reference, nullptr});
    }
    return made;
  }
  if (const Grammar* grammar = source.system().grammar()) {
    if (!grammar->list || !each.filters.empty())
      throw Refusal(422, {Severity::error, "not-supported", "not-supported", {}, "CODESYSTEM_NOT_ENUMERABLE",
                          "The code system '" + source.url() + "' cannot be listed: its codes are made by a grammar"});
    for (std::string& code : grammar->list()) made.entries.push_back({0, {kNoConcept, std::move(code)}, nullptr, nullptr});
    out.flat = true;
    return made;
  }
  made.by_bits = true;
  made.bits = each.filters.empty() ? ConceptBits(source.book()->size(), true) : *context_.chosen(each, source, place);
  return made;
}

// What the value set or the request leaves out: inactive codes, codes that are not to be chosen.
void Selector::drop(Segment& segment, const ValueSet& set) const {
  const bool active = (set.inactive && !*set.inactive) || context_.wishes.active_only.value_or(false);
  const bool selectable = context_.wishes.exclude_not_for_ui.value_or(false);
  if (!active && !selectable) return;
  segment.remove_if([&](const Place& place) {
    return (active && segment.source.inactive(place)) || (selectable && segment.source.abstract(place));
  });
}

// Codes that came before.
void Selector::drop_seen(Segment& segment, const Selection& out) const {
  for (const Segment& before : out.segments) {
    if (before.system() != segment.system()) continue;
    const bool same_version = !before.source || !segment.source || before.source.version() == segment.source.version();
    if (!same_version && !out.one_per_code) continue;
    segment.remove_if([&](const Place& place) { return before.has(code_of(segment, place)); });
  }
  std::unordered_set<std::string> own;
  if (!segment.by_bits) segment.remove_if([&](const Place& place) { return !own.insert(place.code).second; });
}

void Selector::subtract(const std::shared_ptr<const ValueSet>& set, std::vector<std::string>& path, Selection& out) {
  for (size_t i = 0; i < set->exclude.size(); ++i) {
    const ConceptSet& each = set->exclude[i];
    if (!each.value_sets.empty() || !each.concepts.empty() || each.filters.size() > 1) out.flat = true;
    const std::vector<Selection> imported = imports(set, each, path, out);
    Segment gone;
    if (!each.system.empty()) {
      const Source source = this->source(each, out);
      gone = segment(*set, each, "ValueSet.compose.exclude[" + std::to_string(i) + "]", source, out);
    }
    const auto in_all = [&](std::string_view system, std::string_view version, std::string_view code) {
      return std::all_of(imported.begin(), imported.end(), [&](const Selection& s) { return s.contains(system, version, code); });
    };
    for (Segment& segment : out.segments) {
      const std::string system(segment.system()), version(segment.source ? segment.source.version() : "");
      if (!each.system.empty() && each.system != system) continue;
      if (gone.source && segment.source && gone.source.version() != version && !out.one_per_code) continue;
      segment.remove_if([&](const Place& place) {
        const std::string code = code_of(segment, place);
        return (each.system.empty() || gone.has(code)) && in_all(system, version, code);
      });
    }
  }
  std::erase_if(out.segments, [](const Segment& each) { return each.size() == 0 && !each.source; });
}

// Of a definition that is used by another (from), or is the one that was asked for.
void Selector::tell_status(const Definition& definition, const Definition* from, Selection& out) const {
  const std::string name = definition.canonical();
  if (definition.standards_status == "deprecated" || definition.standards_status == "withdrawn") {
    if (!from || from->standards_status != definition.standards_status) out.tell("warning-" + definition.standards_status, name);
  } else if (definition.status == "retired") {
    if (!from || from->status != "retired") out.tell("warning-retired", name);
  } else if (definition.experimental) {
    if (from && !from->experimental) out.tell("warning-experimental", name);
  } else if (definition.status == "draft" || definition.standards_status == "draft") {
    if (from && from->status != "draft" && from->standards_status != "draft") out.tell("warning-draft", name);
  }
}

}  // namespace witmed::terminology
