#include "record/import/source.h"

#include <bzlib.h>
#include <zlib.h>

#include <algorithm>
#include <cstdio>
#include <cstring>

#include "base/error.h"
#include "base/limits.h"

namespace witmed::record {
namespace {

// Bytes of a file, unpacked.
class Bytes {
 public:
  explicit Bytes(const std::string& path) : path_(path) {
    file_ = path == "-" ? stdin : std::fopen(path.c_str(), "rb");
    if (file_ == nullptr) throw Failure("cannot read " + path + ": " + std::strerror(errno));
    in_.resize(1 << 18);
    fill();
    const auto starts = [&](const char* magic, size_t n) { return size_ >= n && std::memcmp(in_.data(), magic, n) == 0; };
    if (starts("\x1f\x8b", 2)) {
      kind_ = Kind::gzip;
      if (inflateInit2(&z_, 15 + 32) != Z_OK) throw Failure("zlib does not start");
    } else if (starts("BZh", 3)) {
      kind_ = Kind::bzip2;
      if (BZ2_bzDecompressInit(&b_, 0, 0) != BZ_OK) throw Failure("bzip2 does not start");
    }
  }
  ~Bytes() {
    if (kind_ == Kind::gzip) inflateEnd(&z_);
    if (kind_ == Kind::bzip2) BZ2_bzDecompressEnd(&b_);
    if (file_ != nullptr && file_ != stdin) std::fclose(file_);
  }
  Bytes(const Bytes&) = delete;
  Bytes& operator=(const Bytes&) = delete;

  // Appends some bytes; false at the end.
  bool read(std::string& out) {
    const size_t before = out.size();
    while (out.size() == before) {
      if (at_ == size_ && !fill()) return false;
      if (kind_ == Kind::plain) {
        out.append(in_.data() + at_, size_ - at_);
        at_ = size_;
      } else {
        unpack(out);
      }
    }
    return true;
  }
  uint64_t raw() const { return raw_; }

 private:
  enum class Kind : uint8_t { plain, gzip, bzip2 };
  static constexpr size_t kPiece = 1 << 18;

  bool fill() {
    at_ = 0;
    size_ = std::fread(in_.data(), 1, in_.size(), file_);
    if (size_ == 0 && std::ferror(file_)) throw Failure("cannot read on in " + path_);
    raw_ += size_;
    return size_ > 0;
  }

  void unpack(std::string& out) {
    const size_t before = out.size();
    out.resize(before + kPiece);
    size_t left = kPiece;
    if (kind_ == Kind::gzip) {
      z_.next_in = reinterpret_cast<Bytef*>(in_.data() + at_);
      z_.avail_in = static_cast<uInt>(size_ - at_);
      z_.next_out = reinterpret_cast<Bytef*>(out.data() + before);
      z_.avail_out = kPiece;
      const int rc = inflate(&z_, Z_NO_FLUSH);
      if (rc == Z_STREAM_END) inflateReset(&z_);  // files of several members are one stream
      else if (rc != Z_OK && rc != Z_BUF_ERROR) throw Failure(path_ + " is damaged: gzip");
      at_ = size_ - z_.avail_in;
      left = z_.avail_out;
    } else {
      b_.next_in = in_.data() + at_;
      b_.avail_in = static_cast<unsigned>(size_ - at_);
      b_.next_out = out.data() + before;
      b_.avail_out = kPiece;
      const int rc = BZ2_bzDecompress(&b_);
      if (rc != BZ_OK && rc != BZ_STREAM_END) throw Failure(path_ + " is damaged: bzip2");
      at_ = size_ - b_.avail_in;
      left = b_.avail_out;
      if (rc == BZ_STREAM_END) {
        BZ2_bzDecompressEnd(&b_);
        b_ = {};
        if (BZ2_bzDecompressInit(&b_, 0, 0) != BZ_OK) throw Failure("bzip2 does not start");
      }
    }
    out.resize(before + kPiece - left);
  }

  std::string path_, in_;
  FILE* file_ = nullptr;
  Kind kind_ = Kind::plain;
  size_t at_ = 0, size_ = 0;
  uint64_t raw_ = 0;
  z_stream z_{};
  bz_stream b_{};
};

// Where the JSON value that begins at 0 ends: brackets counted outside strings. npos: not yet.
class ValueEnd {
 public:
  size_t find(std::string_view text) {
    for (; at_ < text.size(); ++at_) {
      const char c = text[at_];
      if (escaped_) {
        escaped_ = false;
      } else if (in_string_) {
        if (c == '\\') escaped_ = true;
        if (c == '"') in_string_ = false;
      } else if (c == '"') {
        in_string_ = true;
      } else if (c == '{' || c == '[') {
        ++depth_;
      } else if ((c == '}' || c == ']') && --depth_ <= 0) {
        return at_ + 1;
      }
    }
    return std::string_view::npos;
  }

 private:
  size_t at_ = 0;
  int depth_ = 0;
  bool in_string_ = false, escaped_ = false;
};

}  // namespace

struct Source::Impl {
  explicit Impl(const std::string& path) : bytes(path), lines(path.find(".ndjson") != std::string::npos || path.find(".jsonl") != std::string::npos) {}

  // Moves what was read up when most of it is used.
  void compact() {
    if (begin < (1 << 20)) return;
    buffer.erase(0, begin);
    begin = 0;
  }
  bool more() {
    compact();
    return bytes.read(buffer);
  }
  std::string_view rest() const { return std::string_view(buffer).substr(begin); }

  void skip_space() {
    for (;;) {
      for (; begin < buffer.size(); ++begin) {
        const char c = buffer[begin];
        if (c == '\n') ++line;
        else if (c != ' ' && c != '\t' && c != '\r') return;
      }
      if (!more()) return;
    }
  }

  std::optional<Item> take(size_t size) {
    Item item{std::string(rest().substr(0, size)), line, false};
    line += static_cast<uint64_t>(std::count(item.text.begin(), item.text.end(), '\n'));
    begin += size;
    return item;
  }

  std::optional<Item> next() {
    skip_space();
    if (rest().empty()) return std::nullopt;
    ValueEnd end;
    const bool by_line = lines || (rest().front() != '{' && rest().front() != '[');
    for (size_t searched = 0;;) {
      const size_t at = by_line ? rest().find('\n', searched) : end.find(rest());
      if (at != std::string_view::npos) return take(at);
      searched = rest().size();
      if (searched > limits::kBodyBytes) return overlong();
      if (!more()) return take(rest().size());
    }
  }

  // Goes on after the line it is in; tells where it began.
  std::optional<Item> overlong() {
    Item item{{}, line, true};
    for (size_t at; (at = rest().find('\n')) == std::string_view::npos;) {
      begin = buffer.size();
      if (!more()) return item;
    }
    begin += rest().find('\n');
    return item;
  }

  Bytes bytes;
  bool lines;
  std::string buffer;
  size_t begin = 0;
  uint64_t line = 1;
};

Source::Source(const std::string& path) : impl_(std::make_unique<Impl>(path)) {}
Source::~Source() = default;
std::optional<Source::Item> Source::next() { return impl_->next(); }
uint64_t Source::bytes_read() const { return impl_->bytes.raw(); }

}  // namespace witmed::record
