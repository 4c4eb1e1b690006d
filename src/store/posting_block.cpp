#include "store/posting_block.h"

#include "base/varint.h"

namespace witmed::store {

void decode_block(Rid first, std::string_view rids, std::vector<Rid>& out) {
  out.clear();
  out.push_back(first);
  while (!rids.empty()) {
    const auto byte = static_cast<uint8_t>(rids.front());
    if (byte < 0x80) {  // most gaps are short
      rids.remove_prefix(1);
      first += byte;
    } else {
      first += static_cast<Rid>(take_varint(rids));
    }
    out.push_back(first);
  }
}

std::string encode_block(const Rid* begin, const Rid* end) {
  std::string out;
  for (const Rid* p = begin + 1; p < end; ++p) put_varint(out, static_cast<uint64_t>(*p - p[-1]));
  return out;
}

}  // namespace witmed::store
