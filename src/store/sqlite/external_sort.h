// Sorts more than memory holds: full buffers are sorted and written to a file each, then all are merged. Both go on beside the
// caller, on a thread of their own: while one buffer is sorted the next is filled, and while the caller uses items the next come.
// Items are plain bytes (trivially copyable) with operator<.
#pragma once
#include <algorithm>
#include <cstdio>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "base/bounded_queue.h"
#include "base/error.h"

namespace witmed::store {

template <class T>
class ExternalSort {
  static_assert(std::is_trivially_copyable_v<T>);

 public:
  // Half of the memory for the buffer being filled, half for the one being sorted.
  ExternalSort(std::string prefix, size_t memory_bytes)
      : prefix_(std::move(prefix)), capacity_(std::max<size_t>(memory_bytes / 2 / sizeof(T), 1)) {}
  ~ExternalSort() {
    if (spilling_.valid()) spilling_.wait();
    for (auto& run : runs_) std::remove(run.name.c_str());
  }
  ExternalSort(const ExternalSort&) = delete;
  ExternalSort& operator=(const ExternalSort&) = delete;

  void add(const T& item) {
    if (buffer_.size() == capacity_) spill();
    if (buffer_.capacity() == 0) buffer_.reserve(std::min<size_t>(capacity_, 1 << 16));
    buffer_.push_back(item);
    ++count_;
  }
  uint64_t count() const { return count_; }

  // Calls visit(item) for all, in order.
  template <class F>
  void each(F&& visit) {
    if (runs_.empty()) {
      std::sort(buffer_.begin(), buffer_.end());
      for (const auto& item : buffer_) visit(item);
      return;
    }
    spill();
    spilling_.get();
    std::vector<T>().swap(buffer_);
    BoundedQueue<std::vector<T>> merged(4);
    auto merging = std::async(std::launch::async, [&] {
      const Closing closing{merged};
      merge([&](std::vector<T> items) { merged.push(std::move(items)); });
    });
    {
      const Closing closing{merged};  // when visit() throws, the other thread must not wait for room
      while (const auto items = merged.pop())
        for (const auto& item : *items) visit(item);
    }
    merging.get();
  }

 private:
  static constexpr size_t kPiece = (1u << 20) / sizeof(T);  // items read, or handed on, together

  struct Closing {
    BoundedQueue<std::vector<T>>& queue;
    ~Closing() { queue.close(); }
  };

  struct Run {
    std::string name;
    std::unique_ptr<FILE, int (*)(FILE*)> file{nullptr, std::fclose};
    std::vector<T> piece;
    size_t at = 0;

    bool open() {
      file.reset(std::fopen(name.c_str(), "rb"));
      if (!file) throw Failure("cannot read " + name);
      return fill();
    }
    const T& front() const { return piece[at]; }
    bool next() { return ++at < piece.size() || fill(); }
    bool fill() {
      piece.resize(kPiece);
      piece.resize(std::fread(piece.data(), sizeof(T), piece.size(), file.get()));
      at = 0;
      return !piece.empty();
    }
  };

  void spill() {
    if (spilling_.valid()) spilling_.get();
    sorting_.swap(buffer_);
    buffer_.clear();
    runs_.push_back({});
    runs_.back().name = prefix_ + std::to_string(runs_.size() - 1);
    spilling_ = std::async(std::launch::async, [this, name = runs_.back().name] { write_run(name); });
  }

  void write_run(const std::string& name) {
    std::sort(sorting_.begin(), sorting_.end());
    std::unique_ptr<FILE, int (*)(FILE*)> file(std::fopen(name.c_str(), "wb"), std::fclose);
    if (!file || std::fwrite(sorting_.data(), sizeof(T), sorting_.size(), file.get()) != sorting_.size() || std::fflush(file.get()) != 0)
      throw Failure("cannot write " + name + ": is the disk full?");
    sorting_.clear();
  }

  // All runs as one, in pieces. The heap has the run with the least item on top.
  template <class F>
  void merge(F&& give) {
    std::vector<Run*> heap;
    for (auto& run : runs_)
      if (run.open()) heap.push_back(&run);
    const auto later = [](const Run* a, const Run* b) { return b->front() < a->front(); };
    std::make_heap(heap.begin(), heap.end(), later);
    std::vector<T> piece;
    piece.reserve(kPiece);
    while (!heap.empty()) {
      piece.push_back(heap.front()->front());
      if (heap.front()->next()) {
        sink(heap, later);
      } else {
        std::pop_heap(heap.begin(), heap.end(), later);
        heap.pop_back();
      }
      if (piece.size() < kPiece) continue;
      give(std::move(piece));
      piece.clear();
      piece.reserve(kPiece);
    }
    if (!piece.empty()) give(std::move(piece));
  }

  // The top has a new item: down to its place.
  template <class Later>
  static void sink(std::vector<Run*>& heap, const Later& later) {
    Run* const moved = heap[0];
    size_t at = 0;
    for (size_t child; (child = 2 * at + 1) < heap.size(); at = child) {
      if (child + 1 < heap.size() && later(heap[child], heap[child + 1])) ++child;
      if (!later(moved, heap[child])) break;
      heap[at] = heap[child];
    }
    heap[at] = moved;
  }

  std::string prefix_;
  size_t capacity_;
  std::vector<T> buffer_, sorting_;  // sorting_ belongs to spilling_
  std::vector<Run> runs_;
  std::future<void> spilling_;
  uint64_t count_ = 0;
};

}  // namespace witmed::store
