// From a FHIR search to index keys. Each condition becomes a node, a set of ranges, or nothing; where keys alone cannot decide
// (hashed text prefixes, identifiers, composites …) the condition is also compared with the resource itself.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "fhir/search/query.h"
#include "store/keys.h"
#include "store/search/node.h"

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

struct Plan {
  Node type;                            // resources of the searched type(s)
  std::vector<Node> exact;              // compartment, ids, access filter: no comparison needed
  std::vector<ConditionPlan> conditions;
};

Plan make_plan(View& view, const Keys& keys, const fhir::SearchQuery& query);
// Resources in which a parameter has no value at all, for those that a sorted walk does not meet.
Node missing(View& view, fhir::TypeId type, const fhir::SearchParam& param);

}  // namespace witmed::store
