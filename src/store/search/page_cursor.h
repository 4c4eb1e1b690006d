// The opaque place where a page begins: pinned commit, sort values and number of the last match, as hex.
//   cursor := varint(pinned) zigzag-varint(rid) varint(n) value*n
//   value  := byte(present) zigzag-varint(number) varint(length) bytes
#pragma once
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "store/rows.h"

namespace witmed::store {

struct SortValue {
  bool present = false;
  int64_t number = 0;
  std::string text;
  auto operator<=>(const SortValue&) const = default;
};

struct PageCursor {
  Sequence pinned = 0;
  Rid rid = 0;
  std::vector<SortValue> values;

  std::string encode() const;
  // Throws Rejection(400) for anything that we did not write.
  static PageCursor decode(std::string_view text);
};

}  // namespace witmed::store
