// The SQLite engine: two files in a folder (schema.h), one process at a time, no server.
#pragma once
#include <functional>
#include <memory>
#include <string>

#include "fhir/search/extract.h"
#include "store/store.h"

namespace witmed::store {

struct SqliteSettings {
  std::string folder;
  bool durable = true;               // false: synchronous OFF; only to show that the power-cut test finds it
  uint32_t queue_writes = 4096;      // resources that may wait for the writer; more are refused as busy
  uint32_t fold_rows = 200'000;      // index rows that gather before a fold begins (it begins sooner when idle)
  uint32_t overlay_rows = 3'000'000; // index rows that may be unfolded: the writer slows down at this bound
  size_t cache_bytes = 96u << 20;    // hot texts
  fhir::ExtractSettings extract;     // how values are read for the index; a store whose index was read otherwise is indexed anew
  std::function<void(double)> indexing;  // told 0..1 while the index is built anew at opening
};

// Opens or creates; takes a lock on the folder (Failure when another process has it).
std::unique_ptr<Store> open_sqlite(const SqliteSettings& settings);

}  // namespace witmed::store
