// Index rows of one resource, before it has a number: what the key grammar (keys.h) makes of its entries.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace witmed::store {

using Key = int64_t;      // a keyed 64-bit hash; signed because the engines order it so
using Rid = int64_t;      // internal number of a resource, from 1, in order of creation
using Sequence = int64_t; // place in the change feed, from 1, without gaps

struct OrderedRow {
  Key key;
  int64_t value;  // what is ordered: milliseconds since 1970, or a number mapped to an order-preserving integer
  int64_t extra;  // dates: length of the interval in milliseconds; numbers: distance to the upper end; timeline: institution
  auto operator<=>(const OrderedRow&) const = default;
};

struct RowSet {
  std::vector<Key> postings;         // sorted, distinct
  std::vector<OrderedRow> ordered;   // sorted, distinct
  void normalize();
  bool operator==(const RowSet&) const = default;
  size_t size() const { return postings.size() + ordered.size(); }
};

// What an update changes: rows only in `after` are added, rows only in `before` removed.
struct RowDelta {
  RowSet added, removed;
};
RowDelta difference(const RowSet& before, const RowSet& after);

// Packed form, kept until the rows are folded:
//   delta   := varint(added postings) varint(added ordered) varint(removed postings) varint(removed ordered)
//              key* ordered* key* ordered*
//   key     := 8 bytes little endian
//   ordered := key zigzag-varint(value) zigzag-varint(extra)
void pack(const RowDelta& delta, std::string& out);
RowDelta unpack(std::string_view packed);  // throws Failure when damaged

}  // namespace witmed::store
