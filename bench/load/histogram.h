// Latencies in log-linear buckets: 128 a power of two, so any quantile is within 1 %. Microseconds up to two
// minutes.
#pragma once
#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>

namespace witmed::load {

class Histogram {
 public:
  void add(uint64_t microseconds) {
    ++buckets_[std::min(bucket(microseconds), buckets_.size() - 1)];
    ++count_;
    max_ = std::max(max_, microseconds);
  }
  uint64_t count() const { return count_; }
  uint64_t max() const { return max_; }
  // The latency that `share` (0 … 1) of all stay below.
  uint64_t quantile(double share) const {
    const auto wanted = static_cast<uint64_t>(share * static_cast<double>(count_));
    uint64_t seen = 0;
    for (size_t i = 0; i < buckets_.size(); ++i)
      if ((seen += buckets_[i]) > wanted) return std::min(upper(i), max_);
    return max_;
  }

 private:
  static constexpr unsigned kBits = 7, kSub = 1u << kBits;
  static size_t bucket(uint64_t value) {
    if (value < kSub) return value;
    const unsigned shift = static_cast<unsigned>(std::bit_width(value)) - kBits - 1;
    return (static_cast<size_t>(shift) + 1) * kSub + (value >> shift) - kSub;
  }
  static uint64_t upper(size_t index) {
    if (index < kSub) return index;
    const size_t shift = index / kSub - 1;
    return (((index % kSub) + kSub + 1) << shift) - 1;
  }
  std::array<uint64_t, (28 - kBits) * kSub> buckets_{};
  uint64_t count_ = 0, max_ = 0;
};

}  // namespace witmed::load
