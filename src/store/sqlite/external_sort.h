// Sorts more than memory holds: full buffers are sorted and written to a file each, then all are merged.
// Items are plain bytes (trivially copyable) with operator<.
#pragma once
#include <algorithm>
#include <cstdio>
#include <memory>
#include <queue>
#include <string>
#include <type_traits>
#include <vector>

#include "base/error.h"

namespace witmed::store {

template <class T>
class ExternalSort {
  static_assert(std::is_trivially_copyable_v<T>);

 public:
  ExternalSort(std::string prefix, size_t memory_bytes) : prefix_(std::move(prefix)), capacity_(memory_bytes / sizeof(T)) {}
  ~ExternalSort() {
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
    std::vector<T>().swap(buffer_);
    const auto later = [&](size_t a, size_t b) { return runs_[b].front() < runs_[a].front(); };
    std::priority_queue<size_t, std::vector<size_t>, decltype(later)> heap(later);
    for (size_t i = 0; i < runs_.size(); ++i)
      if (runs_[i].open()) heap.push(i);
    while (!heap.empty()) {
      const size_t i = heap.top();
      heap.pop();
      visit(runs_[i].front());
      if (runs_[i].next()) heap.push(i);
    }
  }

 private:
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
      piece.resize((1u << 20) / sizeof(T));
      piece.resize(std::fread(piece.data(), sizeof(T), piece.size(), file.get()));
      at = 0;
      return !piece.empty();
    }
  };

  void spill() {
    if (buffer_.empty()) return;
    std::sort(buffer_.begin(), buffer_.end());
    Run run;
    run.name = prefix_ + std::to_string(runs_.size());
    std::unique_ptr<FILE, int (*)(FILE*)> file(std::fopen(run.name.c_str(), "wb"), std::fclose);
    if (!file || std::fwrite(buffer_.data(), sizeof(T), buffer_.size(), file.get()) != buffer_.size() || std::fflush(file.get()) != 0)
      throw Failure("cannot write " + run.name + ": is the disk full?");
    runs_.push_back(std::move(run));
    buffer_.clear();
  }

  std::string prefix_;
  size_t capacity_;
  std::vector<T> buffer_;
  std::vector<Run> runs_;
  uint64_t count_ = 0;
};

}  // namespace witmed::store
