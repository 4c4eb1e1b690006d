// Posting lists are kept in blocks: the first number, then the gaps to the following numbers as varints.
//   rids := varint(gap)*     gap >= 1; empty for a block of one number
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "store/rows.h"

namespace witmed::store {

void decode_block(Rid first, std::string_view rids, std::vector<Rid>& out);  // replaces `out`; throws Failure when damaged
std::string encode_block(const Rid* begin, const Rid* end);                  // without the first number

}  // namespace witmed::store
