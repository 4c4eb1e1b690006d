#include "terminology/choose.h"

#include <algorithm>
#include <functional>

#include "base/clock.h"
#include "base/pattern.h"
#include "base/text.h"
#include "fhir/issue.h"
#include "terminology/limits.h"

namespace witmed::terminology {
namespace {

using Why = FilterFault::Why;
using Test = std::function<bool(std::string_view)>;

constexpr uint32_t kClockEvery = 1024;  // concepts between two looks at the clock

std::vector<std::string_view> list_of(std::string_view value) {
  std::vector<std::string_view> out;
  for (const std::string_view item : split(value, ',')) out.push_back(trim(item));
  std::sort(out.begin(), out.end());
  return out;
}

// The comparison that an operator asks of one value.
Test comparison(const Filter& filter) {
  if (filter.op == "=") return [&filter](std::string_view text) { return text == filter.value; };
  if (filter.op == "in" || filter.op == "not-in")
    return [list = list_of(filter.value)](std::string_view text) { return std::binary_search(list.begin(), list.end(), text); };
  if (filter.op == "regex") {
    const auto pattern = Pattern::read(filter.value);
    if (!pattern) throw Why::bad_regex;
    return [pattern = *pattern](std::string_view text) { return pattern.takes(text); };
  }
  throw Why::not_understood;
}

class Chooser {
 public:
  Chooser(const CodeSystem& book, const Filter& filter, int64_t deadline)
      : book_(book), filter_(filter), deadline_(deadline), out_(book.size()) {}

  ConceptBits run() {
    const std::string& property = filter_.property;
    if (property == "concept" || property == "code") by_code();
    else if (property == "display") each([&, test = comparison(filter_)](ConceptId id) { return test(book_.display(id)); });
    else if (property == "parent" || property == "child") by_relation(property == "parent");
    else by_property();
    return std::move(out_);
  }

 private:
  template <typename Take>
  void each(Take take) {
    for (ConceptId id = 0; id < book_.size(); ++id) {
      if (id % kClockEvery == 0) check_deadline(deadline_);
      if (take(id)) out_.set(id);
    }
    if (filter_.op == "not-in") out_.flip();
  }
  bool truth() const { return filter_.value == "true"; }

  void below(ConceptId id) {
    for (const CodeSystem::Run& run : book_.below(id)) out_.set_run(run.first, run.last);
  }
  void above(ConceptId id) {
    std::vector<ConceptId> open = {id};
    while (!open.empty()) {
      const ConceptId at = open.back();
      open.pop_back();
      for (const ConceptId parent : book_.parents(at))
        if (!out_.test(parent)) out_.set(parent), open.push_back(parent);
    }
  }

  void by_code() {
    const std::string& op = filter_.op;
    if (op == "=" || op == "in" || op == "not-in" || op == "regex") {
      if (op == "=") {  // follows the case rule of the system
        if (const ConceptId id = book_.find(filter_.value); id != kNoConcept) out_.set(id);
        return;
      }
      return each([&, test = comparison(filter_)](ConceptId id) { return test(book_.code(id)); });
    }
    if (op == "exists") return each([&](ConceptId) { return truth(); });
    const ConceptId root = book_.find(filter_.value);
    if (root == kNoConcept) {
      if (op == "is-not-a") out_.flip();
      else if (op != "is-a" && op != "descendent-of" && op != "child-of" && op != "generalizes" && op != "descendent-leaf")
        throw Why::not_understood;
      return;
    }
    by_hierarchy(root);
  }

  void by_hierarchy(ConceptId root) {
    const std::string& op = filter_.op;
    if (op == "is-a" || op == "is-not-a") {
      below(root);
      out_.set(root);
      if (op == "is-not-a") out_.flip();
    } else if (op == "descendent-of") {
      below(root);
    } else if (op == "child-of") {
      for (const ConceptId child : book_.children(root)) out_.set(child);
    } else if (op == "descendent-leaf") {
      for (const CodeSystem::Run& run : book_.below(root))
        for (ConceptId id = run.first; id < run.last; ++id)
          if (!book_.has_children(id)) out_.set(id);
    } else if (op == "generalizes") {
      out_.set(root);
      above(root);
    } else {
      throw Why::not_understood;
    }
  }

  // parent = X: the children of X. child = X: its parents.
  void by_relation(bool parent) {
    if (filter_.op == "exists")
      return each([&](ConceptId id) { return truth() == (parent ? !book_.parents(id).empty() : book_.has_children(id)); });
    if (filter_.op != "=" && filter_.op != "in") throw Why::not_understood;
    for (const std::string_view code : filter_.op == "=" ? std::vector<std::string_view>{filter_.value} : list_of(filter_.value)) {
      const ConceptId id = book_.find(code);
      if (id == kNoConcept) continue;
      for (const ConceptId other : parent ? book_.children(id) : book_.parents(id)) out_.set(other);
    }
  }

  void by_property() {
    const std::string& name = filter_.property;
    const std::optional<uint32_t> property = property_index();
    if (!property && name != "inactive" && name != "notSelectable" && name != "status" && name != "deprecated")
      throw Why::not_understood;
    if (filter_.op == "exists") {
      if (!property) throw Why::not_understood;
      return each([&](ConceptId id) { return truth() == has(id, *property); });
    }
    const Test test = comparison(filter_);
    if (name == "inactive") return each([&](ConceptId id) { return test(book_.inactive(id) ? "true" : "false"); });
    if (!property) return each([&](ConceptId) { return false; });
    each([&](ConceptId id) {
      for (const PropertyValue value : book_.values(id))
        if (value.property == *property && test(value.text)) return true;
      return false;
    });
  }

  // A property by its code, else by the last part of its uri: some systems name the common ones otherwise.
  std::optional<uint32_t> property_index() const {
    if (const auto index = book_.property(filter_.property)) return index;
    const auto definitions = book_.properties();
    const std::string uri = "http://hl7.org/fhir/concept-properties#" + filter_.property;
    for (uint32_t i = 0; i < definitions.size(); ++i)
      if (definitions[i].uri == uri) return i;
    return std::nullopt;
  }
  bool has(ConceptId id, uint32_t property) const {
    for (const PropertyValue value : book_.values(id))
      if (value.property == property) return true;
    return false;
  }

  const CodeSystem& book_;
  const Filter& filter_;
  int64_t deadline_;
  ConceptBits out_;
};

}  // namespace

void check_deadline(int64_t deadline) {
  if (deadline != 0 && steady_micros() > deadline)
    throw fhir::Rejection(503, "timeout", "this takes too long; ask for less", "耗时过长，请缩小范围");
}

ConceptBits choose(const CodeSystem& book, std::span<const Filter> filters, int64_t deadline) {
  ConceptBits out(book.size(), true);
  for (size_t i = 0; i < filters.size(); ++i) {
    if (filters[i].value.empty()) throw FilterFault{Why::no_value, i};
    try {
      out.keep(Chooser(book, filters[i], deadline).run());
    } catch (Why why) {
      throw FilterFault{why, i};
    }
  }
  return out;
}

}  // namespace witmed::terminology
