// The paths of all parts of a type, merged by their first steps, so that a resource is walked once for all of
// them.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "fhir/search/part_path.h"
#include "fhir/search/values.h"

namespace witmed::fhir {

struct PathLeaf {
  uint16_t part;  // number among the parts of the type
  bool joined;    // its entries carry the ordinal of the composite's root
  Emitter emit;
};

struct PathBranch {
  PathEdge edge;
  bool root = false;             // a composite's root: its items are counted
  std::vector<PathLeaf> leaves;  // values found here
  std::vector<std::unique_ptr<PathBranch>> branches;
};

class PathTrie {
 public:
  // Adds a chain of a part; `joined_depth` is the length of its composite's root, 0 = none.
  void add(const PathChain& chain, uint16_t part, size_t joined_depth, Emitter emit);
  const std::vector<std::unique_ptr<PathBranch>>& branches() const { return top_.branches; }

 private:
  PathBranch top_;
};

}  // namespace witmed::fhir
