#include "base/hash.h"

#include <openssl/evp.h>
#include <sys/random.h>

#include <bit>
#include <cstring>
#include <memory>

#include "base/error.h"

namespace witmed {
namespace {

struct SipState {
  uint64_t a, b, c, d;
  void round() {
    a += b; b = std::rotl(b, 13); b ^= a; a = std::rotl(a, 32);
    c += d; d = std::rotl(d, 16); d ^= c;
    a += d; d = std::rotl(d, 21); d ^= a;
    c += b; b = std::rotl(b, 17); b ^= c; c = std::rotl(c, 32);
  }
};

struct DigestContext {
  EVP_MD* md = EVP_MD_fetch(nullptr, "SM3", nullptr);
  EVP_MD_CTX* ctx = EVP_MD_CTX_new();
  ~DigestContext() {
    EVP_MD_CTX_free(ctx);
    EVP_MD_free(md);
  }
};

}  // namespace

uint64_t siphash(const SipKey& key, std::string_view bytes) {
  SipState s{key.k0 ^ 0x736f6d6570736575ull, key.k1 ^ 0x646f72616e646f6dull, key.k0 ^ 0x6c7967656e657261ull,
             key.k1 ^ 0x7465646279746573ull};
  const char* p = bytes.data();
  const size_t whole = bytes.size() & ~size_t{7};
  for (const char* end = p + whole; p != end; p += 8) {
    uint64_t m;
    std::memcpy(&m, p, 8);
    s.d ^= m;
    s.round();
    s.round();
    s.a ^= m;
  }
  uint64_t last = static_cast<uint64_t>(bytes.size()) << 56;
  for (size_t i = 0; i < bytes.size() - whole; ++i) last |= static_cast<uint64_t>(static_cast<uint8_t>(p[i])) << (8 * i);
  s.d ^= last;
  s.round();
  s.round();
  s.a ^= last;
  s.c ^= 0xff;
  for (int i = 0; i < 4; ++i) s.round();
  return s.a ^ s.b ^ s.c ^ s.d;
}

Digest sm3(std::string_view a, std::string_view b, std::string_view c) {
  thread_local DigestContext context;
  Digest out;
  unsigned size = 0;
  if (EVP_DigestInit_ex(context.ctx, context.md, nullptr) != 1 || EVP_DigestUpdate(context.ctx, a.data(), a.size()) != 1 ||
      EVP_DigestUpdate(context.ctx, b.data(), b.size()) != 1 || EVP_DigestUpdate(context.ctx, c.data(), c.size()) != 1 ||
      EVP_DigestFinal_ex(context.ctx, out.data(), &size) != 1)
    throw Failure("SM3 failed in OpenSSL");
  return out;
}

void random_bytes(void* out, size_t size) {
  auto* p = static_cast<uint8_t*>(out);
  while (size > 0) {
    const ssize_t n = getrandom(p, size, 0);
    if (n <= 0) throw Failure("the operating system gives no random bytes");
    p += n;
    size -= static_cast<size_t>(n);
  }
}

}  // namespace witmed
