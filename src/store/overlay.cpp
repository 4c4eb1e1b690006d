#include "store/overlay.h"

#include <algorithm>
#include <iterator>
#include <tuple>

namespace witmed::store {
namespace {

auto order(const OverlayPosting& r) { return std::tie(r.key, r.rid, r.sequence); }
auto order(const OverlayOrdered& r) { return std::tie(r.row.key, r.row.value, r.rid, r.row.extra, r.sequence); }
auto order(const OverlayIdentity& r) { return std::tie(r.key, r.sequence); }
constexpr auto kByOrder = [](const auto& a, const auto& b) { return order(a) < order(b); };

template <class T>
void merge_rows(const std::vector<T>& a, const std::vector<T>& b, std::vector<T>& out) {
  out.reserve(a.size() + b.size());
  std::merge(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(out), kByOrder);
}

}  // namespace

void OverlayRun::sort() {
  std::sort(postings.begin(), postings.end(), kByOrder);
  std::sort(ordered.begin(), ordered.end(), kByOrder);
  std::sort(identities.begin(), identities.end(), kByOrder);
}

Run merge(const OverlayRun& a, const OverlayRun& b) {
  auto run = std::make_shared<OverlayRun>();
  run->first = a.first;
  run->last = b.last;
  merge_rows(a.postings, b.postings, run->postings);
  merge_rows(a.ordered, b.ordered, run->ordered);
  merge_rows(a.identities, b.identities, run->identities);
  return run;
}

std::shared_ptr<const Overlay> Overlay::with(Run run) const {
  auto next = std::make_shared<Overlay>(*this);
  next->last = run->last;
  next->runs.push_back(std::move(run));
  auto& r = next->runs;
  // A run at least a quarter of its elder is merged into it: sizes fall geometrically, each row is copied O(log n) times.
  while (r.size() >= 2 && r[r.size() - 2]->last > sealed && r.back()->rows() * 4 >= r[r.size() - 2]->rows()) {
    Run merged = merge(*r[r.size() - 2], *r.back());
    r.pop_back();
    r.back() = std::move(merged);
  }
  return next;
}

std::shared_ptr<const Overlay> Overlay::folded(Sequence folded) const {
  auto next = std::make_shared<Overlay>(*this);
  next->floor = std::max(floor, folded);
  std::erase_if(next->runs, [&](const Run& r) { return r->last <= folded; });
  return next;
}

std::shared_ptr<const Overlay> Overlay::seal() const {
  auto next = std::make_shared<Overlay>(*this);
  next->sealed = last;
  return next;
}

size_t Overlay::rows() const {
  size_t n = 0;
  for (const auto& r : runs) n += r->rows();
  return n;
}

std::vector<Change> changes(const Overlay& overlay, Key key, Sequence sequence) {
  std::vector<const OverlayPosting*> found;
  for (const auto& run : overlay.runs) {
    auto it = std::lower_bound(run->postings.begin(), run->postings.end(), key,
                               [](const OverlayPosting& r, Key k) { return r.key < k; });
    for (; it != run->postings.end() && it->key == key; ++it)
      if (it->sequence <= sequence) found.push_back(&*it);
  }
  std::sort(found.begin(), found.end(), [](auto* a, auto* b) { return order(*a) < order(*b); });
  std::vector<Change> out;
  for (auto* r : found) {  // the newest row of a number is the last one
    if (!out.empty() && out.back().rid == r->rid) out.pop_back();
    out.push_back({r->rid, r->removed});
  }
  return out;
}

std::vector<OrderedChange> changes(const Overlay& overlay, Key key, int64_t lo, int64_t hi, Sequence sequence) {
  std::vector<const OverlayOrdered*> found;
  for (const auto& run : overlay.runs) {
    auto it = std::lower_bound(run->ordered.begin(), run->ordered.end(), std::pair(key, lo),
                               [](const OverlayOrdered& r, const std::pair<Key, int64_t>& k) {
                                 return std::tie(r.row.key, r.row.value) < std::tie(k.first, k.second);
                               });
    for (; it != run->ordered.end() && it->row.key == key && it->row.value <= hi; ++it)
      if (it->sequence <= sequence) found.push_back(&*it);
  }
  std::sort(found.begin(), found.end(), [](auto* a, auto* b) { return order(*a) < order(*b); });
  std::vector<OrderedChange> out;
  for (auto* r : found) {
    if (!out.empty() && out.back().value == r->row.value && out.back().rid == r->rid && out.back().extra == r->row.extra)
      out.pop_back();
    out.push_back({r->row.value, r->rid, r->row.extra, r->removed});
  }
  return out;
}

Rid find(const Overlay& overlay, Key identity, uint16_t type, std::string_view id, Sequence sequence) {
  for (auto run = overlay.runs.rbegin(); run != overlay.runs.rend(); ++run) {
    auto it = std::lower_bound((*run)->identities.begin(), (*run)->identities.end(), identity,
                               [](const OverlayIdentity& r, Key k) { return r.key < k; });
    for (; it != (*run)->identities.end() && it->key == identity; ++it)
      if (it->sequence <= sequence && it->type == type && it->id == id) return it->rid;
  }
  return 0;
}

std::vector<std::pair<std::string, Rid>> ids(const Overlay& overlay, uint16_t type, const std::string* from, bool descending, Sequence sequence) {
  std::vector<std::pair<std::string, Rid>> out;
  for (const auto& run : overlay.runs)
    for (const auto& r : run->identities)
      if (r.type == type && r.sequence <= sequence && (from == nullptr || (descending ? r.id < *from : r.id > *from))) out.emplace_back(r.id, r.rid);
  std::sort(out.begin(), out.end());
  if (descending) std::reverse(out.begin(), out.end());
  return out;
}

}  // namespace witmed::store
