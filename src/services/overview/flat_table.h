// A hash table of 64-bit keys in one array: what is counted for every resident and every diagnosis must not
// cost the hundred bytes of a node each. Keys are never taken out; a value of V{} means nothing is counted.
#pragma once
#include <cstdint>
#include <vector>

namespace witmed::services {

template <typename V>
class FlatTable {
 public:
  // The value of a key, made when it is not there. Valid until the next call.
  V& at(uint64_t key) {
    if (used_ * 10 >= slots_.size() * 7) grow();
    Slot& slot = slots_[place(key)];
    if (slot.key == 0) {
      slot.key = key | 1;
      ++used_;
    }
    return slot.value;
  }
  // nullptr when it is not there.
  V* find(uint64_t key) {
    if (slots_.empty()) return nullptr;
    Slot& slot = slots_[place(key)];
    return slot.key == 0 ? nullptr : &slot.value;
  }
  size_t size() const { return used_; }
  // Makes room. Keys that come in the order of another table's slots would crowd together in one that grows.
  void reserve(size_t keys) {
    while (keys * 10 >= slots_.size() * 7) grow();
  }
  template <typename Visit>
  void each(Visit visit) {  // (key, value), in no order
    for (Slot& slot : slots_)
      if (slot.key != 0) visit(slot.key, slot.value);
  }
  void clear() {
    slots_.clear();
    used_ = 0;
  }

 private:
  struct Slot {
    uint64_t key = 0;  // 0 = free; keys are made odd
    V value{};
  };
  size_t place(uint64_t key) const {
    key |= 1;
    size_t mask = slots_.size() - 1, at = static_cast<size_t>((key * 0x9e3779b97f4a7c15ull) >> 20) & mask;
    while (slots_[at].key != 0 && slots_[at].key != key) at = (at + 1) & mask;
    return at;
  }
  void grow() {
    std::vector<Slot> old = std::move(slots_);
    slots_.assign(old.empty() ? 1024 : old.size() * 2, Slot{});
    for (Slot& slot : old)
      if (slot.key != 0) slots_[place(slot.key)] = std::move(slot);
  }
  std::vector<Slot> slots_;
  size_t used_ = 0;
};

}  // namespace witmed::services
