// The generator's own randomness: splitmix64 (Steele, Lea, Flood 2014), integers only, so that a seed gives
// the same bytes on every machine and compiler. Every resident has a stream of his own: households do not
// depend on each other.
#pragma once
#include <cstdint>
#include <span>

namespace witmed::generate {

class Random {
 public:
  explicit Random(uint64_t seed) : state_(seed) {}
  // A stream that depends on all three and on nothing drawn before.
  Random(uint64_t seed, uint64_t stream, uint64_t purpose)
      : state_(mix(mix(mix(seed) ^ stream) ^ (purpose << 56))) {}

  uint64_t next() { return mix(state_ += 0x9E3779B97F4A7C15ull); }
  // 0 … bound-1; the bias of the multiplication is below 2^-32 for the bounds used here.
  uint32_t below(uint32_t bound) { return static_cast<uint32_t>(((next() >> 32) * bound) >> 32); }
  // low … high, both included.
  int32_t between(int32_t low, int32_t high) { return low + static_cast<int32_t>(below(high - low + 1)); }
  bool chance(uint32_t permille) { return below(1000) < permille; }
  // Nearly normal about 0, never beyond 3.46 deviations: the sum of four uniform numbers out of one draw.
  int32_t normal(int32_t deviation) {
    uint64_t bits = next();
    int64_t sum = (bits & 0xFFFF) + ((bits >> 16) & 0xFFFF) + ((bits >> 32) & 0xFFFF) + (bits >> 48);
    return static_cast<int32_t>((sum - 131070) * deviation / 37837);
  }
  template <class T, size_t N>
  const T& pick(const T (&items)[N]) {
    return items[below(N)];
  }
  template <class T>
  const T& pick(std::span<const T> items) {
    return items[below(static_cast<uint32_t>(items.size()))];
  }
  // An item of a table whose rows have a `weight`.
  template <class T>
  const T& pick_weighted(std::span<const T> rows) {
    uint32_t total = 0;
    for (const T& row : rows) total += row.weight;
    uint32_t at = below(total);
    for (const T& row : rows) {
      if (at < row.weight) return row;
      at -= row.weight;
    }
    return rows.back();
  }

 private:
  static uint64_t mix(uint64_t z) {
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
    return z ^ (z >> 31);
  }
  uint64_t state_;
};

}  // namespace witmed::generate
