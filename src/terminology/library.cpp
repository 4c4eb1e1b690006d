#include "terminology/library.h"

#include <algorithm>

#include "base/clock.h"
#include "base/time.h"
#include "terminology/choose.h"
#include "terminology/display.h"
#include "terminology/version.h"

namespace witmed::terminology {
namespace {

using fhir::Known;

int completeness(Content content) {
  switch (content) {
    case Content::complete: return 3;
    case Content::fragment: return 2;
    case Content::example: return 1;
    default: return 0;
  }
}

bool in_force(const System& system, std::string_view date) {
  const CodeSystem* book = system.book();
  if (!book) return true;
  if (!book->valid_from().empty() && date < book->valid_from()) return false;
  return book->valid_until().empty() || date <= book->valid_until();
}

std::string today() {
  std::string out;
  append_instant(out, wall_micros(), 0);
  return out.substr(0, 10);
}

bool dated(const System& system) {
  return system.book() && !(system.book()->valid_from().empty() && system.book()->valid_until().empty());
}

// Of two on one shelf that both answer: is `a`, which came later, the better one?
bool better(const System& a, const System& b, std::string_view date) {
  if (dated(a) || dated(b)) {
    const std::string day = date.empty() ? today() : std::string(date);
    if (const bool now = in_force(a, day); now != in_force(b, day)) return now;
  }
  if (const int more = completeness(a.content()) - completeness(b.content()); more != 0) return more > 0;
  if (a.definition.version.empty() || b.definition.version.empty()) return true;
  return compare_versions(a.definition.version, b.definition.version) >= 0;
}

// The newest on the first shelf that has one.
std::shared_ptr<const ValueSet> newest(const Shelf::ValueSets& all, std::string_view version) {
  std::shared_ptr<const ValueSet> best;
  for (const auto& held : all) {
    if (!version_matches(version, held->label.version)) continue;
    if (best && compare_versions(held->label.version, best->definition.version) < 0) continue;
    if (const auto& set = held->get()) best = set;
  }
  return best;
}

std::shared_ptr<const ValueSet> whole_system(const System& system, std::string_view url) {
  fhir::Value include = fhir::Value::object({{"system", fhir::Value(system.definition.url)}});
  if (!system.definition.version.empty()) include.set("version", system.definition.version);
  fhir::Value set = fhir::Value::object({{"resourceType", "ValueSet"}, {"url", fhir::Value(url)}, {"status", "active"}});
  if (!system.definition.version.empty()) set.set("version", system.definition.version);
  set.set("compose", fhir::Value::object({{"include", fhir::Value::list({std::move(include)})}}));
  return ValueSet::parse(set.json());
}

}  // namespace

// What was asked for and found before.
struct Library::Made {
  size_t hash;
  std::string url, version;
  std::shared_ptr<const CompiledSet> set;  // or:
  SystemPtr system;
  const Made* next = nullptr;
};

Library::~Library() {
  for (auto& bucket : made_)
    for (const Made* at = bucket.load(); at;) {
      const Made* next = at->next;
      delete at;
      at = next;
    }
}

SystemPtr Library::system(std::string_view url, std::string_view version, std::string_view date) const {
  SystemPtr partial;  // of which only a part is here, or nothing
  for (const auto& shelf : shelves_) {
    SystemPtr best;
    for (const auto& held : shelf->systems(url)) {
      if (!version_matches(version, held->label.version)) continue;
      const SystemPtr& system = held->get();
      if (system && (!best || better(*system, *best, date))) best = system;
    }
    if (best && best->content() == Content::complete) return best;
    if (best && (!partial || completeness(best->content()) > completeness(partial->content()))) partial = best;
  }
  return partial;
}

SystemPtr Library::supplement(std::string_view canonical) const {
  const Canonical wanted = split_canonical(canonical);
  for (const auto& shelf : shelves_)
    for (const auto& held : shelf->supplements_called(wanted.url))
      if (version_matches(wanted.version, held->label.version)) return held->get();
  return nullptr;
}

Source Library::source(std::string_view url, std::string_view version, const std::vector<std::string>& wanted,
                       std::string_view date) const {
  SystemPtr system = this->system(url, version, date);
  if (!system) return {};
  std::vector<SystemPtr> supplements;
  for (const auto& shelf : shelves_)
    for (const auto& held : shelf->supplements(url)) {
      if (!version_matches(split_canonical(held->label.supplements).version, system->definition.version)) continue;
      const SystemPtr& each = held->get();
      if (!each || !each->book()) continue;
      const bool asked = std::any_of(wanted.begin(), wanted.end(), [&](const std::string& canonical) {
        const Canonical its = split_canonical(canonical);
        return its.url == held->label.url && version_matches(its.version, held->label.version);
      });
      if (asked || each->is_language_pack()) supplements.push_back(each);
    }
  return {std::move(system), std::move(supplements)};
}

std::vector<std::string> Library::versions(std::string_view url) const {
  std::vector<std::string> out;
  for (const auto& shelf : shelves_)
    for (const auto& held : shelf->systems(url))
      if (!held->label.version.empty()) out.push_back(held->label.version);
  std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return compare_versions(a, b) < 0; });
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

std::shared_ptr<const ValueSet> Library::value_set(std::string_view canonical) const {
  const Canonical wanted = split_canonical(canonical);
  for (const auto& shelf : shelves_)
    if (auto found = newest(shelf->value_sets(wanted.url), wanted.version)) return found;
  return implied_value_set(canonical);
}

std::shared_ptr<const ValueSet> Library::implied_value_set(std::string_view canonical) const {
  const Canonical wanted = split_canonical(canonical);
  constexpr std::string_view kSnomedSet = "http://snomed.info/sct?fhir_vs";
  if (wanted.url == kSnomedSet) {
    const SystemPtr snomed = system("http://snomed.info/sct", wanted.version);
    return snomed && snomed->content() != Content::not_present ? whole_system(*snomed, wanted.url) : nullptr;
  }
  for (const auto& shelf : shelves_)
    for (const auto& held : shelf->systems_of_value_set(wanted.url)) {
      if (!version_matches(wanted.version, held->label.version)) continue;
      if (const SystemPtr& system = held->get()) return whole_system(*system, wanted.url);
    }
  return nullptr;
}

Shelf::ConceptMaps Library::concept_maps() const {
  Shelf::ConceptMaps out;
  for (const auto& shelf : shelves_) out.insert(out.end(), shelf->concept_maps().begin(), shelf->concept_maps().end());
  return out;
}

namespace {
size_t hash_of(std::string_view url, std::string_view version, bool set) {
  const std::hash<std::string_view> hash;
  return hash(url) * 31 + hash(version) * 2 + set;
}
}  // namespace

const Library::Made* Library::known(std::string_view url, std::string_view version, bool set) const {
  const size_t hash = hash_of(url, version, set);
  for (const Made* at = made_[hash % kBuckets].load(std::memory_order_acquire); at; at = at->next)
    if (at->hash == hash && at->url == url && at->version == version) return at;
  return nullptr;
}

const Library::Made* Library::remember(std::unique_ptr<Made> made) const {
  made->hash = hash_of(made->url, made->version, made->set != nullptr);
  std::atomic<const Made*>& bucket = made_[made->hash % kBuckets];
  const Made* first = bucket.load(std::memory_order_relaxed);
  Made* out = made.release();
  do out->next = first;
  while (!bucket.compare_exchange_weak(first, out, std::memory_order_release, std::memory_order_relaxed));
  return out;
}

std::shared_ptr<const CompiledSet> Library::compiled(std::string_view canonical) const {
  if (const Made* made = known(canonical, {}, true)) return made->set;
  const auto set = value_set(canonical);
  if (!set) return nullptr;
  auto compiled = CompiledSet::compile(*this, set);
  if (made_count_.fetch_add(1) < kMaxMade)
    remember(std::unique_ptr<Made>(new Made{0, std::string(canonical), {}, compiled, nullptr}));
  return compiled;
}

std::shared_ptr<const ConceptBits> Library::chosen(const ConceptSet& set, const SystemPtr& system, int64_t deadline) const {
  std::pair<const void*, std::string> key(system.get(), {});
  for (const Filter& each : set.filters)
    for (const std::string* word : {&each.property, &each.op, &each.value}) key.second.append(std::to_string(word->size())).append(":").append(*word);
  {
    std::shared_lock lock(chosen_mutex_);
    if (const auto found = chosen_.find(key); found != chosen_.end()) return found->second;
  }
  auto bits = std::make_shared<const ConceptBits>(choose(*system->book(), set.filters, deadline));
  std::unique_lock lock(chosen_mutex_);
  if (chosen_.size() < kMaxChosen) chosen_.emplace(std::move(key), bits);
  return bits;
}

SystemPtr Library::known_system(std::string_view url, std::string_view version) const {
  if (const Made* made = known(url, version, false)) return made->system;
  SystemPtr found = system(url, version);
  if (found && made_count_.fetch_add(1) < kMaxMade)
    remember(std::unique_ptr<Made>(new Made{0, std::string(url), std::string(version), nullptr, found}));
  return found;
}

fhir::Terminology::Verdict Library::judge(const fhir::Code& code, std::string_view value_set) const {
  Verdict out;
  std::shared_ptr<const CompiledSet> set;
  if (!value_set.empty() && (set = compiled(value_set))) out.member = set->contains(code.system, code.version, code.code);
  std::string_view url = code.system;
  if (url.empty() && set)
    if (const System* system = set->system_of(code.code)) url = system->definition.url;
  if (!url.empty()) judge_in_system(code, url, out);
  if (value_set.empty()) out.member = out.exists;
  if (set && out.display != Known::yes) {
    const std::string_view listed = set->display_of(url, code.code);
    if (out.right.empty()) out.right = listed;
    if (!listed.empty() && same_display(listed, code.display)) out.display = Known::yes;
  }
  if (code.display.empty()) out.display = Known::yes;
  return out;
}

void Library::judge_in_system(const fhir::Code& code, std::string_view url, Verdict& out) const {
  const SystemPtr system = known_system(url, code.version);
  if (!system) return;
  if (const Grammar* grammar = system->grammar()) {
    out.exists = grammar->judge(code.code, {}, nullptr) ? Known::yes : Known::no;
    return;
  }
  const CodeSystem& book = *system->book();
  const ConceptId id = book.find(code.code);
  if (id == kNoConcept) {
    out.exists = book.content() == Content::complete ? Known::no : Known::unknown;
    return;
  }
  out.exists = Known::yes;
  out.right = book.display(id);
  if (same_display(out.right, code.display)) {
    out.display = Known::yes;
    return;
  }
  out.display = out.right.empty() && book.designations(id).empty() ? Known::unknown : Known::no;
  for (const Designation each : book.designations(id))
    if (same_display(each.value, code.display)) out.display = Known::yes;
  for (const auto& shelf : shelves_)
    for (const auto& held : shelf->supplements(url))
      if (const SystemPtr& supplement = held->get(); supplement && supplement->is_language_pack())
        if (const ConceptId its = supplement->book()->find(code.code); its != kNoConcept)
          for (const Designation each : supplement->book()->designations(its))
            if (same_display(each.value, code.display)) out.display = Known::yes;
}

Known Library::subsumes(std::string_view url, std::string_view ancestor, std::string_view descendant) const {
  const SystemPtr system = known_system(url, {});
  if (!system || !system->book()) return Known::unknown;
  const CodeSystem& book = *system->book();
  const ConceptId above = book.find(ancestor), below = book.find(descendant);
  if (above == kNoConcept || below == kNoConcept) return Known::unknown;
  if (above == below) return Known::yes;
  return book.is_above(above, below) ? Known::yes : Known::no;
}

}  // namespace witmed::terminology
