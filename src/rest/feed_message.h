// The messages of the live feed: one a commit.
#pragma once
#include <cstdint>
#include <string>

#include "record/record.h"

namespace witmed::rest {

// Messages of the commits after `position`, and the position behind the last of them. A commit is one
// message, unless it has more changes than are read at once: then its parts are.
struct FeedPiece {
  std::string text;
  uint64_t position = 0;
};
FeedPiece feed_piece(const record::Record& record, const record::AccessContext& access, uint64_t position);

inline constexpr uint32_t kFeedChanges = 500;        // changes read at once
inline constexpr size_t kFeedEntries = 20;           // of one commit that are described; the rest is counted
inline constexpr size_t kFeedPieceBytes = 64 << 10;  // a piece ends with the message that passes this

}  // namespace witmed::rest
