#include "store/search/walk.h"

#include <tuple>

namespace witmed::store {

OrderedWalk::OrderedWalk(View& view, const std::vector<Key>& keys, bool descending) : view_(view), descending_(descending) {
  for (Key key : keys) {
    Source source;
    source.key = key;
    sources_.push_back(std::move(source));
  }
}

bool OrderedWalk::before(const Row& a, const Row& b) const {
  return descending_ ? std::tie(a.value, a.rid) > std::tie(b.value, b.rid) : std::tie(a.value, a.rid) < std::tie(b.value, b.rid);
}

void OrderedWalk::after(Row row) {
  for (auto& source : sources_) {
    source.last = row;
    source.begun = true;
  }
}

void OrderedWalk::fill(Source& source) {
  source.rows.clear();
  source.at = 0;
  const int64_t lo = source.begun && !descending_ ? source.last.value : INT64_MIN;
  const int64_t hi = source.begun && descending_ ? source.last.value : INT64_MAX;
  view_.ordered(source.key, lo, hi, descending_, [&](int64_t value, Rid rid, int64_t) {
    const Row row{value, rid};
    if (source.begun && !before(source.last, row)) return true;
    source.rows.push_back(row);
    source.last = row;
    source.begun = true;
    return source.rows.size() < source.chunk;
  });
  source.ended = source.rows.size() < source.chunk;
  source.chunk = std::min(source.chunk * 2, 4096u);
}

bool OrderedWalk::next(Row& row) {
  Source* first = nullptr;
  for (auto& source : sources_) {
    if (source.at == source.rows.size() && !source.ended) fill(source);
    if (source.at < source.rows.size() && (first == nullptr || before(source.rows[source.at], first->rows[first->at]))) first = &source;
  }
  if (first == nullptr) return false;
  row = first->rows[first->at];
  for (auto& source : sources_)
    if (source.at < source.rows.size() && source.rows[source.at].value == row.value && source.rows[source.at].rid == row.rid) ++source.at;
  return true;
}

}  // namespace witmed::store
