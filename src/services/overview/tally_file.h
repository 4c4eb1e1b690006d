// The tally as a file, so that a start goes on from it instead of counting.
//
//   file     := "WMTALLY" kMeaning position mark tally digest
//   position := u64, the last change that is counted
//   mark     := 32 bytes that say what stands at that position: another history has something else there
//   tally    := the members of Tally in their order; a text, list or table is its length (u64) and what is in
//   it digest   := SM3 of everything before it
// Numbers as this machine has them: the file stays in its data folder.
#pragma once
#include <string>

#include "base/hash.h"
#include "services/overview/tally.h"

namespace witmed::services {

// To be changed with what is kept, or with what a resource counts for (facts.cpp, tally.cpp): a file of
// another meaning is not read.
inline constexpr char kMeaning = 1;

struct Kept {
  Tally tally;
  uint64_t position = 0;
  Digest mark{};
};

void write_tally(const std::string& path, Kept& kept);  // Failure when the disk does not take it
// Failure when there is no such file, it is damaged, or of another meaning.
Kept read_tally(const std::string& path);

}  // namespace witmed::services
