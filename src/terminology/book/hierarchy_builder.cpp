#include "terminology/book/hierarchy_builder.h"

#include <algorithm>
#include <numeric>

#include "fhir/issue.h"
#include "terminology/book/format.h"

namespace witmed::terminology {
namespace {

constexpr uint32_t kNone = ~0u;

// For each key the values of its pairs, in their order.
class Lists {
 public:
  template <class Key, class Value>
  Lists(uint32_t size, const std::vector<Edge>& edges, const Key& key, const Value& value) : first_(size + 1), values_(edges.size()) {
    for (const Edge& e : edges) ++first_[key(e) + 1];
    std::partial_sum(first_.begin(), first_.end(), first_.begin());
    auto at = first_;
    for (const Edge& e : edges) values_[at[key(e)]++] = value(e);
  }
  const uint32_t* begin(uint32_t key) const { return values_.data() + first_[key]; }
  const uint32_t* end(uint32_t key) const { return values_.data() + first_[key + 1]; }

 private:
  std::vector<uint32_t> first_, values_;
};

Lists parents_of(uint32_t size, const std::vector<Edge>& edges) {
  return {size, edges, [](const Edge& e) { return e.child; }, [](const Edge& e) { return e.parent; }};
}
Lists children_of(uint32_t size, const std::vector<Edge>& edges) {
  return {size, edges, [](const Edge& e) { return e.parent; }, [](const Edge& e) { return e.child; }};
}

// Puts parents before children. Where nothing more can be put because of a circle, one that stands in it loses those parents that
// are not there yet.
class Sorter {
 public:
  Sorter(uint32_t size, const std::vector<Edge>& edges)
      : size_(size), parents_(parents_of(size, edges)), children_(children_of(size, edges)), missing_(size), placed_(size) {
    for (const Edge& e : edges) ++missing_[e.child];
  }
  std::vector<uint32_t> sort(std::vector<Edge>& dropped) {
    for (uint32_t i = 0; i < size_; ++i)
      if (missing_[i] == 0) place(i);
    for (uint32_t lowest = 0; flow(), sorted_.size() < size_;) {
      while (placed_[lowest]) ++lowest;
      const uint32_t cut = in_circle(lowest);
      for (const uint32_t* p = parents_.begin(cut); p != parents_.end(cut); ++p)
        if (!placed_[*p]) dropped.push_back({cut, *p});
      place(cut);
    }
    return std::move(sorted_);
  }

 private:
  void place(uint32_t node) {
    placed_[node] = true;
    sorted_.push_back(node);
  }
  void flow() {
    for (; next_ < sorted_.size(); ++next_) {
      const uint32_t node = sorted_[next_];
      for (const uint32_t* c = children_.begin(node); c != children_.end(node); ++c)
        if (--missing_[*c] == 0 && !placed_[*c]) place(*c);
    }
  }
  // Upwards from `node`, until one comes again. The steps of all walks are bounded: then `node` itself must do.
  uint32_t in_circle(uint32_t node) {
    std::vector<uint32_t> way;
    if (seen_.empty()) seen_.resize(size_, kNone);
    ++walk_;
    for (uint32_t at = node; steps_ < 8ull * size_ + 64; ++steps_) {
      if (seen_[at] == walk_) return at;
      seen_[at] = walk_;
      const uint32_t* up = std::find_if(parents_.begin(at), parents_.end(at), [&](uint32_t p) { return !placed_[p]; });
      if (up == parents_.end(at)) break;
      at = *up;
    }
    return node;
  }

  uint32_t size_;
  Lists parents_, children_;
  std::vector<uint32_t> missing_, sorted_, seen_;
  std::vector<bool> placed_;
  size_t next_ = 0;
  uint64_t steps_ = 0;
  uint32_t walk_ = 0;
};

std::vector<Edge> without(std::vector<Edge> edges, std::vector<Edge> dropped) {
  const auto less = [](const Edge& a, const Edge& b) { return std::pair(a.child, a.parent) < std::pair(b.child, b.parent); };
  std::sort(dropped.begin(), dropped.end(), less);
  std::erase_if(edges, [&](const Edge& e) { return std::binary_search(dropped.begin(), dropped.end(), e, less); });
  return edges;
}

// The same parent told twice counts once. Pairs keep their order.
void remove_repeated(uint32_t size, std::vector<Edge>& edges) {
  const Lists parents = parents_of(size, edges);
  std::vector<uint32_t> at(size);
  std::erase_if(edges, [&](const Edge& e) {
    const uint32_t* mine = parents.begin(e.child) + at[e.child]++;
    constexpr ptrdiff_t kLookedAt = 64;  // parents of one concept; beyond, a repeated one does no harm but space
    const uint32_t* from = std::max(parents.begin(e.child), mine - kLookedAt);
    return std::find(from, mine, e.parent) != mine;
  });
}

class Arranger {
 public:
  Arranger(uint32_t size, std::vector<Edge> edges) : size_(size), edges_(std::move(edges)) {}

  Hierarchy arrange() {
    std::erase_if(edges_, [&](const Edge& e) { return e.child == e.parent && (out_.dropped.push_back(e), true); });
    remove_repeated(size_, edges_);
    std::vector<Edge> circles;
    sorted_ = Sorter(size_, edges_).sort(circles);
    if (!circles.empty()) edges_ = without(std::move(edges_), circles);
    out_.dropped.insert(out_.dropped.end(), circles.begin(), circles.end());
    lay_out();
    if (!edges_.empty()) tables();
    return std::move(out_);
  }

 private:
  // Depth first along first parents.
  void lay_out() {
    first_parent_.assign(size_, kNone);
    for (const Edge& e : edges_)
      if (first_parent_[e.child] == kNone) first_parent_[e.child] = e.parent;
    std::vector<Edge> tree;
    for (uint32_t i = 0; i < size_; ++i)
      if (first_parent_[i] != kNone) tree.push_back({i, first_parent_[i]});
    const Lists children = children_of(size_, tree);
    id_.resize(size_);
    std::vector<uint32_t> open;
    for (uint32_t root = 0; root < size_; ++root) {
      if (first_parent_[root] != kNone) continue;
      open.push_back(root);
      while (!open.empty()) {
        const uint32_t node = open.back();
        open.pop_back();
        id_[node] = static_cast<uint32_t>(out_.order.size());
        out_.order.push_back(node);
        for (const uint32_t* c = children.end(node); c != children.begin(node);) open.push_back(*--c);
      }
    }
  }

  void tables() {
    out_.parent.resize(size_);
    out_.tree_end.resize(size_);
    for (uint32_t id = size_; id-- > 0;) {
      const uint32_t up = first_parent_[out_.order[id]];
      out_.parent[id] = up == kNone ? id : id_[up];
      out_.tree_end[id] = std::max(out_.tree_end[id], id + 1);
      if (up != kNone) out_.tree_end[id_[up]] = std::max(out_.tree_end[id_[up]], out_.tree_end[id]);
    }
    for (const Edge& e : edges_) {
      if (first_parent_[e.child] == e.parent) continue;
      out_.more_parents.push_back({id_[e.child], id_[e.parent]});
      out_.more_children.emplace_back(id_[e.parent], id_[e.child]);
    }
    std::stable_sort(out_.more_parents.begin(), out_.more_parents.end(), [](const Edge& a, const Edge& b) { return a.child < b.child; });
    std::sort(out_.more_children.begin(), out_.more_children.end());
    if (!out_.more_children.empty()) runs();
  }

  // Children before parents: what is below a child is below its parents.
  void runs() {
    using Runs = std::vector<std::pair<uint32_t, uint32_t>>;
    std::vector<Runs> below(size_);
    const Lists children = children_of(size_, edges_);
    uint64_t looked_at = 0;
    for (uint32_t i = size_; i-- > 0;) {
      const uint32_t node = sorted_[i], id = id_[node], end = out_.tree_end[id];
      Runs all;
      for (const uint32_t* c = children.begin(node); c != children.end(node); ++c) {
        const uint32_t child = id_[*c];
        if (first_parent_[*c] != node) all.emplace_back(child, out_.tree_end[child]);
        all.insert(all.end(), below[child].begin(), below[child].end());
      }
      if ((looked_at += all.size()) > kMaxRuns)
        throw fhir::Rejection(422, "too-costly", "the hierarchy is too tangled: too many concepts have several parents", "层级关系过于复杂：多上级的概念过多");
      std::sort(all.begin(), all.end());
      Runs& mine = below[id];
      const auto add = [&](uint32_t first, uint32_t last) {
        if (first >= last) return;
        if (!mine.empty() && first <= mine.back().second) mine.back().second = std::max(mine.back().second, last);
        else mine.emplace_back(first, last);
      };
      for (const auto& [first, last] : all) {  // without its own tree
        add(first, std::min(last, std::max(first, id)));
        add(std::max(first, std::min(end, last)), last);
      }
    }
    for (uint32_t id = 0; id < size_; ++id)
      for (const auto& [first, last] : below[id]) out_.more_below.push_back({id, first, last});
  }

  uint32_t size_;
  std::vector<Edge> edges_;
  std::vector<uint32_t> sorted_, first_parent_, id_;
  Hierarchy out_;
};

}  // namespace

Hierarchy arrange(uint32_t size, std::vector<Edge> edges) { return Arranger(size, std::move(edges)).arrange(); }

}  // namespace witmed::terminology
