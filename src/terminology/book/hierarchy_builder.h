// From "this one's parent is that one" to the order of a book and its tables of the hierarchy; see format.h.
#pragma once
#include <cstdint>
#include <utility>
#include <vector>

namespace witmed::terminology {

struct Edge {
  uint32_t child, parent;
};
struct BelowRun {
  uint32_t id, first, last;
};

// Numbers in `edges` and `dropped` are places in the order of adding; in the tables, ids.
struct Hierarchy {
  std::vector<uint32_t> order;               // id → place in the order of adding
  std::vector<uint32_t> parent, tree_end;    // empty where there are no edges
  std::vector<Edge> more_parents;            // sorted by child
  std::vector<std::pair<uint32_t, uint32_t>> more_children;  // (parent, child), sorted
  std::vector<BelowRun> more_below;          // sorted
  std::vector<Edge> dropped;                 // closed a circle
};

// `edges` in the order told; a child's first is its first parent. Repeated ones are left out. Throws Rejection(422) when the
// hierarchy is so tangled that more_below would have more than kMaxRuns.
Hierarchy arrange(uint32_t size, std::vector<Edge> edges);

}  // namespace witmed::terminology
