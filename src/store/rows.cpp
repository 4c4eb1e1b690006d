#include "store/rows.h"

#include <algorithm>
#include <cstring>
#include <iterator>

#include "base/varint.h"

namespace witmed::store {
namespace {

template <class T>
void sort_distinct(std::vector<T>& rows) {
  std::sort(rows.begin(), rows.end());
  rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
}

void put(std::string& out, Key key) { out.append(reinterpret_cast<const char*>(&key), sizeof key); }
void put(std::string& out, const OrderedRow& row) {
  put(out, row.key);
  put_varint(out, zigzag(row.value));
  put_varint(out, zigzag(row.extra));
}

Key take_key(std::string_view& in) {
  Key key;
  if (in.size() < sizeof key) throw Failure("damaged index rows: cut short");
  std::memcpy(&key, in.data(), sizeof key);
  in.remove_prefix(sizeof key);
  return key;
}
OrderedRow take_ordered(std::string_view& in) {
  const Key key = take_key(in);
  const int64_t value = unzigzag(take_varint(in));
  return {key, value, unzigzag(take_varint(in))};
}

}  // namespace

void RowSet::normalize() {
  sort_distinct(postings);
  sort_distinct(ordered);
}

RowDelta difference(const RowSet& before, const RowSet& after) {
  RowDelta d;
  const auto minus = [](const auto& a, const auto& b, auto& out) {
    std::set_difference(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(out));
  };
  minus(after.postings, before.postings, d.added.postings);
  minus(after.ordered, before.ordered, d.added.ordered);
  minus(before.postings, after.postings, d.removed.postings);
  minus(before.ordered, after.ordered, d.removed.ordered);
  return d;
}

void pack(const RowDelta& d, std::string& out) {
  for (size_t n : {d.added.postings.size(), d.added.ordered.size(), d.removed.postings.size(), d.removed.ordered.size()})
    put_varint(out, n);
  for (const RowSet* set : {&d.added, &d.removed}) {
    for (Key key : set->postings) put(out, key);
    for (const auto& row : set->ordered) put(out, row);
  }
}

RowDelta unpack(std::string_view in) {
  RowDelta d;
  uint64_t n[4];
  for (auto& count : n) {
    count = take_varint(in);
    if (count > in.size()) throw Failure("damaged index rows: impossible count");
  }
  for (int i = 0; RowSet* set : {&d.added, &d.removed}) {
    set->postings.reserve(n[i]);
    for (uint64_t k = 0; k < n[i]; ++k) set->postings.push_back(take_key(in));
    ++i;
    set->ordered.reserve(n[i]);
    for (uint64_t k = 0; k < n[i]; ++k) set->ordered.push_back(take_ordered(in));
    ++i;
  }
  return d;
}

}  // namespace witmed::store
