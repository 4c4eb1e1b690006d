// Walks ordered keys in order of value, several keys merged, resumable after any row.
#pragma once
#include <vector>

#include "store/store.h"

namespace witmed::store {

class OrderedWalk {
 public:
  OrderedWalk(View& view, const std::vector<Key>& keys, bool descending);
  struct Row {
    int64_t value;
    Rid rid;
  };
  // Begins after `row` instead of at the beginning.
  void after(Row row);
  // False at the end. The same (value, number) comes once, also when several keys have it.
  bool next(Row& row);

 private:
  struct Source {
    Key key;
    std::vector<Row> rows;  // the next ones, in order
    size_t at = 0;
    bool ended = false;
    uint32_t chunk = 32;    // grows: short answers read little, long ones in large pieces
    Row last{0, 0};
    bool begun = false;
  };
  void fill(Source& source);
  bool before(const Row& a, const Row& b) const;
  View& view_;
  bool descending_;
  std::vector<Source> sources_;
};

}  // namespace witmed::store
