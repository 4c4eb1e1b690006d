// Some threads that take work from one bounded queue: for what would hold up the threads that serve
// connections.
#pragma once
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace witmed {

class WorkerPool {
 public:
  WorkerPool(unsigned threads, size_t queue_most);
  ~WorkerPool();  // finishes what waits
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  // False when the queue is full: the caller says so to its client. What `work` throws is logged and lost.
  bool post(std::function<void()> work);
  size_t waiting() const;

 private:
  void run();
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::function<void()>> queue_;
  size_t queue_most_;
  bool ending_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace witmed
