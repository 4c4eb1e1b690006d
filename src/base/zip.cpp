#include "base/zip.h"

#include <zlib.h>

#include <algorithm>
#include <cstring>

#include "base/error.h"

namespace witmed {
namespace {

constexpr uint32_t kEnd = 0x06054b50, kCentral = 0x02014b50, kLocal = 0x04034b50;
constexpr size_t kEndBytes = 22, kCentralBytes = 46, kLocalBytes = 30;

[[noreturn]] void damaged() { throw Failure("不是完整的 zip 或 xlsx 文件 · not a whole zip or xlsx file"); }

template <class T>
T number(std::string_view bytes, size_t at) {
  T out{};
  if (at + sizeof(T) > bytes.size()) damaged();
  std::memcpy(&out, bytes.data() + at, sizeof out);
  return out;
}

}  // namespace

Zip::Zip(std::string_view bytes) : bytes_(bytes) {
  if (bytes.size() < kEndBytes) damaged();
  size_t end = bytes.size() - kEndBytes;
  const size_t first = end > 0xFFFF ? end - 0xFFFF : 0;  // a comment may stand behind
  while (number<uint32_t>(bytes, end) != kEnd)
    if (end-- == first) damaged();
  const auto count = number<uint16_t>(bytes, end + 10);
  size_t at = number<uint32_t>(bytes, end + 16);
  for (uint32_t i = 0; i < count; ++i) {
    if (number<uint32_t>(bytes, at) != kCentral) damaged();
    const auto name = number<uint16_t>(bytes, at + 28), extra = number<uint16_t>(bytes, at + 30), comment = number<uint16_t>(bytes, at + 32);
    if (at + kCentralBytes + name > bytes.size()) damaged();
    members_.push_back({std::string(bytes.substr(at + kCentralBytes, name)), number<uint32_t>(bytes, at + 42), number<uint32_t>(bytes, at + 20),
                        number<uint16_t>(bytes, at + 10)});
    at += kCentralBytes + name + extra + comment;
  }
}

const Zip::Member* Zip::find(std::string_view name) const {
  const auto found = std::find_if(members_.begin(), members_.end(), [&](const Member& m) { return m.name == name; });
  return found == members_.end() ? nullptr : &*found;
}

std::string Zip::read(const Member& member, uint64_t most) const {
  Reader reader(*this, member, most);
  std::string out;
  for (std::string_view piece = reader.next(); !piece.empty(); piece = reader.next()) out += piece;
  return out;
}

struct Zip::Reader::Inflater {
  Inflater() {
    if (inflateInit2(&stream, -MAX_WBITS) != Z_OK) throw Failure("zlib does not start");
  }
  ~Inflater() { inflateEnd(&stream); }
  z_stream stream{};
  bool done = false;
};

Zip::Reader::Reader(const Zip& zip, const Member& member, uint64_t most) : left_(most), stored_(member.method == 0) {
  const std::string_view bytes = zip.bytes_;
  if (member.method != 0 && member.method != Z_DEFLATED) throw Failure("压缩方式不支持，请另存为 xlsx · the archive is packed in an unknown way; save it again");
  if (number<uint32_t>(bytes, member.offset) != kLocal) damaged();
  const size_t begin = size_t{member.offset} + kLocalBytes + number<uint16_t>(bytes, member.offset + size_t{26}) + number<uint16_t>(bytes, member.offset + size_t{28});
  if (begin > bytes.size() || member.packed > bytes.size() - begin) damaged();
  packed_ = bytes.substr(begin, member.packed);
  if (!stored_) inflater_ = std::make_unique<Inflater>();
}

Zip::Reader::~Reader() = default;

double Zip::Reader::part() const { return packed_.empty() ? 1 : static_cast<double>(at_) / static_cast<double>(packed_.size()); }

std::string_view Zip::Reader::next() {
  constexpr size_t kPiece = 64 << 10;
  std::string_view out;
  if (stored_) {
    out = packed_.substr(at_, kPiece);
    at_ += out.size();
  } else if (!inflater_->done) {
    piece_.resize(kPiece);
    z_stream& z = inflater_->stream;
    z.next_out = reinterpret_cast<Bytef*>(piece_.data());
    z.avail_out = kPiece;
    z.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed_.data() + at_));
    z.avail_in = static_cast<uInt>(packed_.size() - at_);
    const int status = inflate(&z, Z_NO_FLUSH);
    at_ = packed_.size() - z.avail_in;
    inflater_->done = status == Z_STREAM_END;
    out = std::string_view(piece_.data(), kPiece - z.avail_out);
    if ((status != Z_OK && status != Z_STREAM_END) || (out.empty() && !inflater_->done)) damaged();
  }
  if (out.size() > left_) throw Failure("压缩文件展开后过大 · the archive unfolds to too much");
  left_ -= out.size();
  return out;
}

}  // namespace witmed
