// CodeSystem: who stands above whom.
#include <algorithm>

#include "terminology/book/code_system.h"

namespace witmed::terminology {
namespace {

struct Pair {
  uint32_t key, other;
};
struct BelowRecord {
  uint32_t key, first, last;
};

// Index of the first record of sorted `section` whose (key, second) is not less.
template <class Record, class Less>
uint32_t lower(const Image& image, Section section, const Less& less) {
  uint32_t low = 0, high = image.items<Record>(section);
  while (low < high) {
    const uint32_t middle = low + (high - low) / 2;
    if (less(image.item<Record>(section, middle))) low = middle + 1;
    else high = middle;
  }
  return low;
}

void append_others(const Image& image, Section section, ConceptId id, std::vector<ConceptId>& out) {
  const uint32_t count = image.items<Pair>(section);
  for (uint32_t i = lower<Pair>(image, section, [&](const Pair& p) { return p.key < id; }); i < count; ++i) {
    const Pair pair = image.item<Pair>(section, i);
    if (pair.key != id) return;
    out.push_back(pair.other);
  }
}

}  // namespace

bool CodeSystem::has_hierarchy() const { return !image_.section(Section::parent).empty(); }

ConceptId CodeSystem::tree_end(ConceptId id) const {
  return std::clamp(image_.number(Section::tree_end, id), std::min(id + 1, size_), size_);
}

std::vector<ConceptId> CodeSystem::roots() const {
  std::vector<ConceptId> out;
  for (ConceptId id = 0; id < size_; id = tree_end(id)) out.push_back(id);
  return out;
}

std::vector<ConceptId> CodeSystem::parents(ConceptId id) const {
  std::vector<ConceptId> out;
  if (id >= size_ || !has_hierarchy()) return out;
  const ConceptId first = image_.number(Section::parent, id);
  if (first < id) out.push_back(first);
  append_others(image_, Section::more_parents, id, out);
  return out;
}

std::vector<ConceptId> CodeSystem::children(ConceptId id) const {
  std::vector<ConceptId> out;
  if (id >= size_ || !has_hierarchy()) return out;
  const ConceptId end = tree_end(id);
  for (ConceptId child = id + 1; child < end; child = tree_end(child)) out.push_back(child);
  append_others(image_, Section::more_children, id, out);
  return out;
}

bool CodeSystem::has_children(ConceptId id) const {
  if (id >= size_ || !has_hierarchy()) return false;
  if (tree_end(id) > id + 1) return true;
  const uint32_t at = lower<Pair>(image_, Section::more_children, [&](const Pair& p) { return p.key < id; });
  return at < image_.items<Pair>(Section::more_children) && image_.item<Pair>(Section::more_children, at).key == id;
}

bool CodeSystem::is_above(ConceptId ancestor, ConceptId descendant) const {
  if (ancestor >= size_ || descendant >= size_ || ancestor == descendant || !has_hierarchy()) return false;
  if (descendant > ancestor && descendant < tree_end(ancestor)) return true;
  // The last run of `ancestor` that begins at or before `descendant`.
  const uint32_t at = lower<BelowRecord>(image_, Section::more_below, [&](const BelowRecord& r) {
    return r.key < ancestor || (r.key == ancestor && r.first <= descendant);
  });
  if (at == 0) return false;
  const auto run = image_.item<BelowRecord>(Section::more_below, at - 1);
  return run.key == ancestor && run.first <= descendant && descendant < run.last;
}

std::vector<CodeSystem::Run> CodeSystem::below(ConceptId id) const {
  std::vector<Run> out;
  if (id >= size_ || !has_hierarchy()) return out;
  const Run own{id + 1, tree_end(id)};
  const auto add = [&](Run run) {
    run.first = out.empty() ? run.first : std::max(run.first, out.back().last);
    run.last = std::min(run.last, size_);
    if (run.first < run.last) out.push_back(run);
  };
  bool own_added = false;
  const uint32_t count = image_.items<BelowRecord>(Section::more_below);
  for (uint32_t i = lower<BelowRecord>(image_, Section::more_below, [&](const BelowRecord& r) { return r.key < id; }); i < count; ++i) {
    const auto run = image_.item<BelowRecord>(Section::more_below, i);
    if (run.key != id) break;
    if (!own_added && run.first > id) own_added = true, add(own);
    add({run.first, run.last});
  }
  if (!own_added) add(own);
  return out;
}

}  // namespace witmed::terminology
