// Backup while others write, and restore to any commit. A backup is one file: the record, compact, as of one commit; the index
// is built again from it.
#pragma once
#include <functional>
#include <string>

#include "store/rows.h"

namespace witmed::store {

struct BackupMark {
  Sequence sequence = 0;  // last commit in it
  std::string head;       // SM3 chained over its ledger leaves, hex
};

// `folder` may be in use by a running server. `file` must not exist.
BackupMark backup_sqlite(const std::string& folder, const std::string& file);

// Makes the record of `folder` (which must hold none) from a backup, as it was at the last commit at or below `to`
// (0 = all of it). Later versions are taken out; open the store afterwards to build its index.
BackupMark restore_sqlite(const std::string& file, const std::string& folder, Sequence to);

// Chained SM3 of the leaves up to the last commit at or below `to`.
BackupMark ledger_mark(const std::string& record_file, Sequence to);

}  // namespace witmed::store
