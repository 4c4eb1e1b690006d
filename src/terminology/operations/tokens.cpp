// What a search for codes compares with: value sets and hierarchies as lists of codes, whole systems by their name.
#include "terminology/library.h"
#include "terminology/operations/selection.h"

namespace witmed::terminology {
namespace {

using Token = fhir::Terminology::Token;

constexpr std::string_view kValueSet = "ValueSet/";

[[noreturn]] void too_many(size_t limit) {
  throw fhir::Rejection(400, "too-costly", "more than " + std::to_string(limit) + " codes: name a smaller value set, or a code further down",
                        "代码超过 " + std::to_string(limit) + " 个，请用较小的值集或更具体的代码");
}

// Lists and whole systems need no look at the systems themselves.
bool is_plain(const ValueSet& set) {
  if (!set.exclude.empty() || !set.composed || (set.inactive && !*set.inactive)) return false;
  for (const ConceptSet& each : set.include)
    if (!each.value_sets.empty() || !each.filters.empty()) return false;
  return true;
}

std::shared_ptr<const ValueSet> by_id(const Library& library, std::string_view id) {
  for (const auto& shelf : library.shelves())
    for (const auto& [url, all] : shelf->all_value_sets())
      for (const auto& held : all)
        if (held->label.id == id && held->get()) return held->get();
  return nullptr;
}

}  // namespace

std::optional<std::vector<Token>> Library::tokens(std::string_view value_set, size_t limit) const {
  const auto set = value_set.starts_with(kValueSet) ? by_id(*this, value_set.substr(kValueSet.size())) : this->value_set(value_set);
  if (!set) return std::nullopt;
  std::vector<Token> out;
  if (is_plain(*set)) {
    for (const ConceptSet& each : set->include) {
      if (each.concepts.empty()) out.push_back({each.system, {}});
      if (out.size() + each.concepts.size() > limit) too_many(limit);
      for (const ConceptReference& concept_reference : each.concepts) out.push_back({each.system, concept_reference.code});
    }
    return out;
  }
  try {
    Context context{*this, Wishes()};
    const Selection selection = Selector(context).select(set);
    if (selection.unclosed) return std::nullopt;  // what is not in the part that is here may be in the rest
    if (selection.total() > limit) too_many(limit);
    for (const Segment& segment : selection.segments) {
      const std::string system(segment.system());
      for (const Chosen& each : segment.entries) out.push_back({system, each.place.code});
      if (!segment.by_bits) continue;
      for (ConceptId id = segment.bits.next(0); id != kNoConcept; id = segment.bits.next(id + 1))
        out.push_back({system, std::string(segment.source.book()->code(id))});
    }
    return out;
  } catch (const Refusal&) {  // a system of it is not here: it cannot be listed
    return std::nullopt;
  }
}

std::optional<std::vector<Token>> Library::relatives(std::string_view url, std::string_view code, bool below, size_t limit) const {
  const SystemPtr system = this->system(url, {});
  if (!system || !system->book()) return std::nullopt;
  const CodeSystem& book = *system->book();
  const ConceptId id = book.find(code);
  if (id == kNoConcept) return std::nullopt;
  std::vector<Token> out = {{std::string(url), std::string(book.code(id))}};
  const auto add = [&](ConceptId each) {
    if (out.size() >= limit) too_many(limit);
    out.push_back({std::string(url), std::string(book.code(each))});
  };
  if (below) {
    for (const CodeSystem::Run& run : book.below(id))
      for (ConceptId each = run.first; each < run.last; ++each) add(each);
    return out;
  }
  ConceptBits seen(book.size());
  std::vector<ConceptId> open = {id};
  while (!open.empty()) {
    const ConceptId at = open.back();
    open.pop_back();
    for (const ConceptId parent : book.parents(at))
      if (!seen.test(parent)) seen.set(parent), open.push_back(parent), add(parent);
  }
  return out;
}

}  // namespace witmed::terminology
