// Texts to learn a compression dictionary from: the first few thousand that a store without one gets.
#pragma once
#include <atomic>
#include <mutex>
#include <utility>
#include <string>
#include <vector>

namespace witmed::store {

class Samples {
 public:
  static constexpr size_t kEnough = 3000, kLargest = 8 << 10;

  bool wanted() const { return wanted_.load(std::memory_order_relaxed); }
  void stop() { wanted_ = false; }
  void add(const std::string& text) {
    if (text.size() > kLargest) return;
    std::lock_guard lock(mutex_);
    if (texts_.size() < kEnough) texts_.push_back(text);
  }
  // All of them, once there are enough; empty before. Afterwards no more are wanted.
  std::vector<std::string> take() {
    std::lock_guard lock(mutex_);
    if (texts_.size() < kEnough) return {};
    wanted_ = false;
    return std::exchange(texts_, {});
  }

 private:
  std::atomic<bool> wanted_{true};
  std::mutex mutex_;
  std::vector<std::string> texts_;
};

}  // namespace witmed::store
