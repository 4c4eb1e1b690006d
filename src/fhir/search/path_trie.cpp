#include "fhir/search/path_trie.h"

namespace witmed::fhir {

void PathTrie::add(const PathChain& chain, uint16_t part, size_t joined_depth, Emitter emit) {
  PathBranch* at = &top_;
  size_t depth = 0;
  for (const PathEdge& edge : chain) {
    PathBranch* next = nullptr;
    for (auto& branch : at->branches) {
      if (branch->edge == edge) next = branch.get();
    }
    if (next == nullptr) {
      next = at->branches.emplace_back(std::make_unique<PathBranch>()).get();
      next->edge = edge;
    }
    at = next;
    if (++depth == joined_depth) at->root = true;
  }
  at->leaves.push_back({part, joined_depth != 0, emit});
}

}  // namespace witmed::fhir
