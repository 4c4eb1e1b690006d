#include "base/compress.h"

#include <zdict.h>
#include <zstd.h>

#include <atomic>
#include <mutex>

#include "base/error.h"

namespace witmed {
namespace {

constexpr int kLevel = 3;  // higher levels cost 2-5 times the time for 2-3 % on texts of this size

struct Contexts {
  ZSTD_CCtx* c = ZSTD_createCCtx();
  ZSTD_DCtx* d = ZSTD_createDCtx();
  ~Contexts() {
    ZSTD_freeCCtx(c);
    ZSTD_freeDCtx(d);
  }
};
thread_local Contexts contexts;

struct Dictionary {
  unsigned id;
  ZSTD_CDict* c;
  ZSTD_DDict* d;
  ~Dictionary() {
    ZSTD_freeCDict(c);
    ZSTD_freeDDict(d);
  }
};

}  // namespace

struct Compressor::Impl {
  std::vector<std::unique_ptr<Dictionary>> all;  // append only, at most kMax: readers need no lock
  std::atomic<size_t> count{0};
  static constexpr size_t kMax = 64;
};

Compressor::Compressor() : impl_(std::make_unique<Impl>()) { impl_->all.resize(Impl::kMax); }
Compressor::~Compressor() = default;

void Compressor::add_dictionary(std::string_view bytes) {
  const size_t n = impl_->count.load();
  if (n == Impl::kMax) throw Failure("too many compression dictionaries");
  impl_->all[n].reset(new Dictionary{ZSTD_getDictID_fromDict(bytes.data(), bytes.size()),
                                     ZSTD_createCDict(bytes.data(), bytes.size(), kLevel),
                                     ZSTD_createDDict(bytes.data(), bytes.size())});
  impl_->count.store(n + 1, std::memory_order_release);
}

bool Compressor::has_dictionary() const { return impl_->count.load(std::memory_order_acquire) > 0; }

std::string Compressor::train(const std::vector<std::string>& samples, size_t max_bytes) {
  std::string joined;
  std::vector<size_t> sizes;
  for (const auto& s : samples) {
    joined += s;
    sizes.push_back(s.size());
  }
  std::string out(max_bytes, '\0');
  const size_t n = ZDICT_trainFromBuffer(out.data(), out.size(), joined.data(), sizes.data(), static_cast<unsigned>(sizes.size()));
  if (ZDICT_isError(n)) return {};
  out.resize(n);
  return out;
}

void Compressor::pack(std::string_view text, std::string& out) const {
  const size_t at = out.size();
  out.resize(at + ZSTD_compressBound(text.size()));
  const size_t n = impl_->count.load(std::memory_order_acquire);
  const size_t size = n > 0 ? ZSTD_compress_usingCDict(contexts.c, out.data() + at, out.size() - at, text.data(), text.size(),
                                                       impl_->all[n - 1]->c)
                            : ZSTD_compressCCtx(contexts.c, out.data() + at, out.size() - at, text.data(), text.size(), kLevel);
  if (ZSTD_isError(size)) throw Failure(std::string("zstd: ") + ZSTD_getErrorName(size));
  out.resize(at + size);
}

void Compressor::unpack(std::string_view frame, std::string& out) const {
  const unsigned long long size = ZSTD_getFrameContentSize(frame.data(), frame.size());
  if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN || size > (256u << 20))
    throw Failure("a stored body is damaged: not a zstd frame");
  const unsigned id = ZSTD_getDictID_fromFrame(frame.data(), frame.size());
  const Dictionary* dictionary = nullptr;
  for (size_t i = 0, n = impl_->count.load(std::memory_order_acquire); id != 0 && i < n; ++i)
    if (impl_->all[i]->id == id) dictionary = impl_->all[i].get();
  if (id != 0 && dictionary == nullptr) throw Failure("a stored body needs a dictionary that is missing");
  const size_t at = out.size();
  out.resize(at + size);
  const size_t n = dictionary != nullptr
                       ? ZSTD_decompress_usingDDict(contexts.d, out.data() + at, size, frame.data(), frame.size(), dictionary->d)
                       : ZSTD_decompressDCtx(contexts.d, out.data() + at, size, frame.data(), frame.size());
  if (ZSTD_isError(n) || n != size) throw Failure("a stored body is damaged: it does not decompress");
}

}  // namespace witmed
