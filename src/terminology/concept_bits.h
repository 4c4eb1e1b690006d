// A set of concepts of one code system, a bit each.
#pragma once
#include <bit>
#include <cstdint>
#include <vector>

#include "terminology/book/code_system.h"

namespace witmed::terminology {

class ConceptBits {
 public:
  ConceptBits() = default;
  explicit ConceptBits(uint32_t concepts, bool all = false) : words_((concepts + 63) / 64, all ? ~uint64_t{0} : 0), size_(concepts) {
    if (all && concepts % 64 != 0) words_.back() = (uint64_t{1} << concepts % 64) - 1;
  }
  void set(ConceptId id) {
    if (id < size_) words_[id / 64] |= uint64_t{1} << id % 64;
  }
  void set_run(ConceptId first, ConceptId last) {
    for (ConceptId id = first; id < last && id < size_; ++id) set(id);
  }
  bool test(ConceptId id) const { return id < size_ && (words_[id / 64] >> id % 64 & 1); }
  void keep(const ConceptBits& other) {
    for (size_t i = 0; i < words_.size(); ++i) words_[i] &= other.words_[i];
  }
  void flip() {
    ConceptBits all(size_, true);
    for (size_t i = 0; i < words_.size(); ++i) words_[i] ^= all.words_[i];
  }
  uint32_t count() const {
    uint32_t n = 0;
    for (const uint64_t word : words_) n += static_cast<uint32_t>(std::popcount(word));
    return n;
  }
  // The first at or behind `from`; kNoConcept when there is none.
  ConceptId next(ConceptId from) const {
    for (size_t i = from / 64; i < words_.size(); ++i) {
      uint64_t word = words_[i];
      if (i == from / 64) word &= ~uint64_t{0} << from % 64;
      if (word) return static_cast<ConceptId>(i * 64 + static_cast<size_t>(std::countr_zero(word)));
    }
    return kNoConcept;
  }

 private:
  std::vector<uint64_t> words_;
  uint32_t size_ = 0;
};

}  // namespace witmed::terminology
