// Hashes: SipHash-2-4 for keyed index keys (Aumasson, Bernstein 2012), SM3 (GB/T 32905) for ledger leaves, FNV-1a for
// identities that must be equal in every version of the program.
#pragma once
#include <array>
#include <cstdint>
#include <string_view>

namespace witmed {

struct SipKey { uint64_t k0, k1; };
uint64_t siphash(const SipKey& key, std::string_view bytes);

using Digest = std::array<uint8_t, 32>;
Digest sm3(std::string_view a, std::string_view b = {}, std::string_view c = {});  // of the concatenation

constexpr uint64_t fnv1a(std::string_view bytes, uint64_t state = 0xcbf29ce484222325ull) {
  for (char c : bytes) state = (state ^ static_cast<uint8_t>(c)) * 0x100000001b3ull;
  return state;
}

// Bytes nobody can guess, from the operating system.
void random_bytes(void* out, size_t size);

}  // namespace witmed
