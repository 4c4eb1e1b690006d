// Clients that write all the time: creates, updates, deletes and transactions, each told to a journal before
// and after.
#pragma once
#include <atomic>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "support/http.h"

namespace witmed::crash {

class Workload {
 public:
  // The journal takes the events of ledger.h, from several threads at once.
  using Journal = std::function<void(const std::string& event)>;
  Workload(support::Address address, Journal journal, unsigned clients, uint64_t seed);
  ~Workload() { stop(); }

  void start();
  // Waits for the clients; those of a dead server end by themselves.
  void stop();
  uint64_t acknowledged() const { return acknowledged_; }
  uint64_t refused() const { return refused_; }

 private:
  class Writer;
  support::Address address_;
  Journal journal_;
  unsigned clients_;
  uint64_t seed_;
  std::atomic<bool> stopping_ = false;
  std::atomic<uint64_t> acknowledged_ = 0, refused_ = 0;
  std::vector<std::thread> threads_;
};

}  // namespace witmed::crash
