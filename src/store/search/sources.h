// Where resources come from in the order of a sort key, when an index has that order: ordered rows, the change feed, the ids.
#pragma once
#include <memory>
#include <optional>
#include <vector>

#include "store/search/page_cursor.h"
#include "store/store.h"

namespace witmed::store {

class Source {
 public:
  virtual ~Source() = default;
  // False at the end. The value is the one the row stands under; the resource may have another one first.
  virtual bool next(SortValue& value, Rid& rid) = 0;
};

// Rows of ordered keys by (value, number). `after`: begins behind that row.
std::unique_ptr<Source> index_source(View& view, const std::vector<Key>& keys, bool descending, std::optional<std::pair<int64_t, Rid>> after);
// Changes in the order of time: the value is the place in the change feed.
std::unique_ptr<Source> feed_source(View& view, bool descending, std::optional<Sequence> after);
// Resources of a type by id.
std::unique_ptr<Source> id_source(View& view, TypeId type, bool descending, std::optional<std::string> after);

}  // namespace witmed::store
