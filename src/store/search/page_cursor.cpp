#include "store/search/page_cursor.h"

#include "base/varint.h"
#include "fhir/issue.h"

namespace witmed::store {

std::string PageCursor::encode() const {
  std::string bytes;
  put_varint(bytes, static_cast<uint64_t>(pinned));
  put_varint(bytes, zigzag(rid));
  put_varint(bytes, values.size());
  for (const auto& v : values) {
    bytes.push_back(v.present ? 1 : 0);
    put_varint(bytes, zigzag(v.number));
    put_varint(bytes, v.text.size());
    bytes += v.text;
  }
  static constexpr char digits[] = "0123456789abcdef";
  std::string hex;
  for (char c : bytes) {
    hex.push_back(digits[static_cast<uint8_t>(c) >> 4]);
    hex.push_back(digits[c & 15]);
  }
  return hex;
}

PageCursor PageCursor::decode(std::string_view hex) {
  const auto digit = [](char c) { return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1; };
  try {
    std::string bytes;
    for (size_t i = 0; i + 1 < hex.size(); i += 2) {
      const int a = digit(hex[i]), b = digit(hex[i + 1]);
      if (a < 0 || b < 0) throw Failure("not hex");
      bytes.push_back(static_cast<char>(a << 4 | b));
    }
    std::string_view in = bytes;
    PageCursor c;
    c.pinned = static_cast<Sequence>(take_varint(in));
    c.rid = unzigzag(take_varint(in));
    const uint64_t n = take_varint(in);
    if (n > 100) throw Failure("too many values");
    for (uint64_t i = 0; i < n; ++i) {
      SortValue v;
      if (in.empty()) throw Failure("cut short");
      v.present = in.front() != 0;
      in.remove_prefix(1);
      v.number = unzigzag(take_varint(in));
      const uint64_t size = take_varint(in);
      if (size > in.size()) throw Failure("cut short");
      v.text = in.substr(0, size);
      in.remove_prefix(size);
      c.values.push_back(std::move(v));
    }
    if (!in.empty() || c.pinned < 0) throw Failure("trailing bytes");
    return c;
  } catch (const Failure&) {
    throw fhir::Rejection(400, "value", "_cursor is not one of ours: begin the search again, or follow the links of the answer",
                          "_cursor 不是本服务器给出的：请重新检索，或使用应答中的链接");
  }
}

}  // namespace witmed::store
