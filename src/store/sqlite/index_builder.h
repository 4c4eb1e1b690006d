// Builds index.db from nothing: rows are gathered, sorted in pieces on disk, merged, and written in key order, so that every
// page is written once and full. For the first import, after an interruption, and for `witmed verify`.
#pragma once
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "store/rows.h"
#include "store/sqlite/schema.h"

namespace witmed::store {

class IndexBuilder {
 public:
  // Temporary files go beside `path`, the index that is made (it replaces what is there when finished).
  explicit IndexBuilder(std::string path, size_t memory_bytes = 256u << 20);
  ~IndexBuilder();

  // Numbers must come in ascending order.
  void add(Rid rid, uint16_t type, std::string_view id, const RowSet& rows);
  // Writes everything; `folded` is the sequence that the index then stands for, `recipe` how its rows were made (rebuild.h).
  // `progress` gets 0..1.
  void finish(Sequence folded, const std::string& recipe, const std::function<void(double)>& progress);
  uint64_t rows() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace witmed::store
