// Appends versions to the record: the row in `current` (the replaced one moves to `history`), the entry in the feed with its
// ledger leaf, the shape when it is new. The caller holds the transaction.
#pragma once
#include <string>

#include "store/sqlite/engine.h"

namespace witmed::store {

// Salt and digest over the version as stored.
std::string make_leaf(const Write& write, int64_t time_ms);

class Appender {
 public:
  explicit Appender(Database& record);
  // A packed write. Its leaf is made here if it has none: it covers the time, which the writer only knows now.
  void append(const Write& write, Rid rid, Sequence sequence, int64_t time_ms, bool last_of_commit);
  void add_shape(const Write& write);
  // Resources of each type: what the store holds plus `counted`.
  void set_counts(const Engine& engine, const std::unordered_map<TypeId, int64_t>& counted);

 private:
  Statement insert_current_, to_history_, replace_current_, insert_feed_, insert_shape_, set_counts_;
};

}  // namespace witmed::store
