#include "rest/http/gzip.h"

#include <zlib.h>

#include <memory>

#include "base/error.h"
#include "base/text.h"

namespace witmed::http {
namespace {

class Deflater {
 public:
  explicit Deflater(int level) : level_(level) {
    constexpr int kGzipWindow = 15 + 16;
    if (deflateInit2(&stream_, level, Z_DEFLATED, kGzipWindow, 8, Z_DEFAULT_STRATEGY) != Z_OK)
      throw Failure("zlib: cannot begin compression");
  }
  ~Deflater() { deflateEnd(&stream_); }
  Deflater(const Deflater&) = delete;
  Deflater& operator=(const Deflater&) = delete;
  int level() const { return level_; }

  std::string run(std::string_view text) {
    deflateReset(&stream_);
    std::string out(deflateBound(&stream_, text.size()), '\0');
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    stream_.avail_in = static_cast<uInt>(text.size());
    stream_.next_out = reinterpret_cast<Bytef*>(out.data());
    stream_.avail_out = static_cast<uInt>(out.size());
    if (deflate(&stream_, Z_FINISH) != Z_STREAM_END) throw Failure("zlib: compression did not end");
    out.resize(stream_.total_out);
    return out;
  }

 private:
  z_stream stream_{};
  int level_;
};

}  // namespace

std::string gzip(std::string_view text, int level) {
  if (text.size() > UINT32_MAX / 2) throw Failure("gzip: text too long");
  thread_local std::unique_ptr<Deflater> kept;
  if (!kept || kept->level() != level) kept = std::make_unique<Deflater>(level);
  return kept->run(text);
}

bool accepts_gzip(std::string_view accept_encoding) {
  if (accept_encoding.empty()) return false;
  for (std::string_view item : split(accept_encoding, ',')) {
    size_t semicolon = item.find(';');
    std::string_view name = trim(item.substr(0, semicolon));
    if (!equal_nocase(name, "gzip") && name != "*") continue;
    if (semicolon == std::string_view::npos) return true;
    std::string_view q = trim(item.substr(semicolon + 1));
    return !(q.starts_with("q=0") && q.find_first_not_of("0.", 2) == std::string_view::npos);
  }
  return false;
}

}  // namespace witmed::http
