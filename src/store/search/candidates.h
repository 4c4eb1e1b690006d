// What a search is about: the resources of some types that meet all conditions, as a list of numbers that can be walked and
// asked, and the comparison that decides where the list says only "perhaps".
#pragma once
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "store/search/judge.h"
#include "store/search/plan.h"

namespace witmed::store {

// How much the answer will read: a total looks at every candidate, a sorted page at those that come first.
enum class Reading : uint8_t { page, sorted_page, whole };

class Candidates {
 public:
  // `conditions` must live as long. `compartment`: owner's type and id.
  Candidates(SearchContext& context, std::vector<fhir::TypeId> types, std::span<const fhir::Condition> conditions,
             Reading reading = Reading::page, const std::pair<std::string, std::string>* compartment = nullptr);
  Candidates(const Candidates&) = delete;

  // A superset of the matches; equal to them unless compares().
  const Node& node() const { return node_; }
  // The same without one condition, when another way takes care of it.
  Node without(const fhir::Condition* except) const;
  bool compares() const;
  // The resource as it is in this view, when it is a match and not newer than `pinned`.
  std::optional<Stored> accept(Rid rid, bool body, Sequence pinned = INT64_MAX);
  // Every match, counted.
  uint64_t count(Sequence pinned);
  // The same from a sample of those that have to be compared.
  uint64_t estimated_count(Sequence pinned);
  uint64_t accepted() const { return accepted_; }
  // "code keys; value-quantity compared": each condition and how it is decided, for the log of slow requests.
  std::string description() const;

 private:
  Node all_of(std::vector<Node> with, const fhir::Condition* except) const;
  bool narrowed() const;
  void plan(std::span<const fhir::Condition> conditions);
  void plan_links(std::span<const fhir::Condition> conditions);
  ConditionPlan plan_any(const fhir::Condition& condition, size_t near);
  ConditionPlan plan_logic(const fhir::Condition& condition, size_t near);
  size_t estimate() const;
  size_t far_limit() const;
  void gather_ranges(Reading reading);
  bool gather(ConditionPlan& plan, size_t budget);
  void gather_updates();
  bool meets(const Stored& stored);

  SearchContext& context_;
  std::vector<fhir::TypeId> types_;
  Reading reading_;
  Node everything_;
  std::vector<Node> exact_;  // compartment, access filter: no comparison needed
  std::vector<ConditionPlan> conditions_;
  Node node_;
  Judge judge_;
  uint64_t accepted_ = 0;
};

}  // namespace witmed::store
