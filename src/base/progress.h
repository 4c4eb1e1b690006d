// Shows how far long work has come: a bar with rate and time left on a terminal, plain lines every few
// seconds elsewhere. Written to standard error, so that standard output stays clean. One thread shows; any
// thread may count.
#pragma once
#include <atomic>
#include <cstdint>
#include <string>

namespace witmed {

class Progress {
 public:
  // `total` 0 = not known. `unit` in the plural: "resources".
  Progress(std::string label, std::string unit, uint64_t total);
  ~Progress();  // writes the last line
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void add(uint64_t n = 1);
  void total(uint64_t total) { total_.store(total, std::memory_order_relaxed); }
  uint64_t done() const { return done_.load(std::memory_order_relaxed); }
  // The line as it stands now, without line end. For tests and for those who show it elsewhere.
  std::string line(double seconds) const;

 private:
  void show(int64_t now);
  std::string label_, unit_;
  std::atomic<uint64_t> total_, done_{0};
  int64_t begin_;
  std::atomic<int64_t> next_;
  bool terminal_;
};

}  // namespace witmed
