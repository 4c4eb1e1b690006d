// The log of what a server did to its files, and what its clients were told, in one order.
//
//   log    := record*            appended by the shim and the driver, each record with one write
//   record := header name data
//   header := operation u8, zero u8 u16, name length u32, data length u64, file u64, number u64
//   (little-endian, 32 bytes)
//
// `file` is the inode; `name` is relative to the folder that is watched. `number` is the offset of a write,
// the new length of a truncation, or the mark that joins the begin of a sync to its end: only what was
// written before the begin is safe at the end. An operation is written after it happened, so that what the
// log has not is never taken as safe.
#pragma once
#include <cstdint>

namespace witmed::crash {

enum class Op : uint8_t {
  open = 1,        // name, file: a name that was there
  create = 2,      // name, file: a new one
  write = 3,       // file, number, data
  truncate = 4,    // file, number
  sync_begin = 5,  // file, number; of a folder: name of the folder, file 0
  sync_end = 6,
  unlink = 7,  // name
  rename = 8,  // name, data = the new name
  event = 9,   // name = an event of ledger.h
};

struct Header {
  Op op;
  uint8_t zero = 0;
  uint16_t zeros = 0;
  uint32_t name_length = 0;
  uint64_t data_length = 0;
  uint64_t file = 0;
  uint64_t number = 0;
};
static_assert(sizeof(Header) == 32);

// What the shim is told to do, in a file that both sides map (WITMED_POWER_CONTROL).
enum class Fault : uint32_t { none = 0, sync_fails = 1, disk_full = 2 };

}  // namespace witmed::crash
