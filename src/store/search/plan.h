// From conditions to index keys. Each condition on values becomes a node, a set of ranges, or nothing; where keys alone cannot
// decide (hashed text prefixes, identifiers, composites …) the condition is also compared with the resource itself.
// Conditions about linked resources are planned in links.h, when it is known how much the others leave.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "fhir/search/query.h"
#include "store/search/context.h"

namespace witmed::store {

// lo <= value <= hi of one ordered key; `low`/`high` then decide on the whole interval of a row.
struct Range {
  Key key;
  int64_t lo, hi;
  enum class Test : uint8_t { all, contained, not_contained, above, below, at_least, at_most, after, before, overlaps } test = Test::all;
  int64_t begin = 0, end = 0;  // the searched interval, [begin, end) in ms, or mapped numbers begin..end
  bool accepts(int64_t value, int64_t extra) const;
};

struct ConditionPlan {
  const fhir::Condition* condition = nullptr;
  std::optional<Node> node;    // candidates by posting lists
  std::vector<Range> ranges;   // or by ordered rows (a union)
  bool compare = false;        // candidates must be compared with the resource
};

// What a plan is made for.
struct PlanScope {
  SearchContext& context;
  const std::vector<fhir::TypeId>& types;
  const Node& everything;  // resources of those types
  bool contained = false;  // about resources that are contained in others: nodes list their holders
};

// Of a condition of kind value, id or last_updated.
ConditionPlan plan_condition(const PlanScope& scope, const fhir::Condition& condition);
// Resources that refer to Type/id in one part: by a relative reference, or by an absolute one under the address of this server.
Node reference_node(const SearchContext& context, uint64_t part, fhir::TypeId type, const std::string& id);
// Resources of these types.
Node type_node(const SearchContext& context, const std::vector<fhir::TypeId>& types);
// Resources that may contain one of these types that meets the conditions: to be compared.
Node contained_node(SearchContext& context, const std::vector<fhir::TypeId>& types, std::span<const fhir::Condition> conditions);
// Those in the compartment of Owner/id (http://hl7.org/fhir/R4/compartmentdefinition.html).
Node compartment_node(const PlanScope& scope, const std::string& owner, const std::string& id);
// Resources in which a parameter has no value at all, for those that a sorted walk does not meet.
Node missing(View& view, fhir::TypeId type, const fhir::SearchParam& param);

// The types that a search is about.
std::vector<fhir::TypeId> searched_types(const fhir::SearchQuery& query);

}  // namespace witmed::store
