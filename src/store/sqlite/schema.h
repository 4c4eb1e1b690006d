// The two files of a store, and how they are opened.
//
//   record.db  the truth. Journal WAL, synchronous FULL: what is acknowledged is on disk.
//     meta       key → value                     format, secret of the index keys (hex), form of the ledger leaves, counts by
//                                                type, 'bulk' while a first load is not finished
//     type       number → name                   resource types as this store numbers them
//     current    rid → type, id, version, sequence, time, method, institution, author, body
//     history    sequence → rid, version, time, method, institution, author, body      versions that were replaced
//     feed       sequence → rid, version, flags, salt, leaf       flags = method | 4 when last of its commit
//     pending    sequence → rows                 index rows that the index may not hold durably yet (rows.h)
//     dictionary number → bytes                  zstd dictionaries, the last one is used
//     shape      hash → type, parts              sets of parts that occur
//   index.db   derived, may be deleted: it is built again from the record. Journal WAL, synchronous NORMAL.
//     meta       'folded' → sequence             everything up to it is in the tables below
//                'recipe' → text                 how rows are made (rebuild.h); another recipe: built again
//                'custom' → text                 search parameters of the record's own: identity in hex, ":", state of their rows
//                                                (store.h, CustomRows), a space behind each
//     identity   (id, type) → rid
//     posting    (key, first) → rids             a block: `first`, then the gaps to the next numbers as varints
//     ordered    (key, value, rid, extra)
//
// A ledger leaf is SM3(0x00, salt, stored form), after RFC 6962 section 2.1; the salt is 16 random bytes of its own, so
// that after an erasure (body and salt destroyed) the leaf says nothing about what it was.
#pragma once
#include <string>

#include "store/sqlite/database.h"

namespace witmed::store {

inline constexpr int kFormat = 1;
inline constexpr size_t kBlockBytes = 480;  // of the gaps in a posting block: about four blocks a page

struct Paths {
  explicit Paths(const std::string& folder) : record(folder + "/record.db"), index(folder + "/index.db") {}
  std::string record, index;
};

enum class Access : uint8_t { write, read };
// `durable` false: synchronous OFF, for the test that shows the power-cut test has teeth.
Database open_record(const Paths& paths, Access access, bool durable = true);
Database open_index(const Paths& paths, Access access, bool durable = true);
// Makes what is missing; refuses a store of another format.
void create_record(Database& record);
void create_index(Database& index);
// The tables of index.db, dropped and made empty.
void clear_index(Database& index);

}  // namespace witmed::store
