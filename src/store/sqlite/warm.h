// Brings a store's files into the machine's memory after a start, so that the first questions do not wait for the disk (a page that
// must come from there costs as much as twenty answers from memory): the index, then the record from its newest end.
#pragma once
#include <atomic>
#include <cstdint>
#include <string>
#include <thread>
#include <vector>

namespace witmed::store {

class Warmer {
 public:
  // Reads behind the caller's back, one read at a time, at most `most` bytes in all.
  Warmer(std::vector<std::string> files, int64_t most);
  ~Warmer();  // does not wait for the rest

  void wait();  // until all is read

 private:
  void run(const std::vector<std::string>& files, int64_t most) const;
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

// Half of what the machine could give without taking it from programs, in bytes.
int64_t memory_to_warm();

}  // namespace witmed::store
