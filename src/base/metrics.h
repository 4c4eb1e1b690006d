// Counters, gauges and histograms in the Prometheus text format (version 0.0.4).
// A metric is looked up once and kept by reference; counting is then one relaxed atomic addition, no lock.
#pragma once
#include <array>
#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace witmed::metrics {

// On a line of its own: threads that count different things do not share it.
class alignas(64) Counter {
 public:
  void add(uint64_t n = 1) { value_.fetch_add(n, std::memory_order_relaxed); }
  uint64_t value() const { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<uint64_t> value_{0};
};

class alignas(64) Gauge {
 public:
  void set(int64_t value) { value_.store(value, std::memory_order_relaxed); }
  void add(int64_t n) { value_.fetch_add(n, std::memory_order_relaxed); }
  int64_t value() const { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<int64_t> value_{0};
};

// Durations in fixed buckets, 50 µs … 10 s, so that histograms of all servers can be added up.
class alignas(64) Histogram {
 public:
  static constexpr std::array<int64_t, 17> kBoundsMicros = {
      50,     100,     200,     500,     1'000,     2'000,     5'000,     10'000,    20'000,
      50'000, 100'000, 200'000, 500'000, 1'000'000, 2'000'000, 5'000'000, 10'000'000};
  void observe_micros(int64_t micros);
  uint64_t count() const;
  void write(std::string& out, std::string_view name, std::string_view labels) const;

 private:
  std::array<std::atomic<uint64_t>, kBoundsMicros.size() + 1> buckets_{};
  std::atomic<uint64_t> sum_micros_{0};
};

// `labels` as Prometheus writes them, without braces: `interaction="read",status="200"`. Equal name and
// labels give the same metric. References stay valid as long as the registry.
class Registry {
 public:
  Registry();
  ~Registry();
  Counter& counter(std::string_view name, std::string_view help, std::string_view labels = {});
  Gauge& gauge(std::string_view name, std::string_view help, std::string_view labels = {});
  Histogram& histogram(std::string_view name, std::string_view help, std::string_view labels = {});
  // Asked each time the metrics are read; must be thread-safe and quick.
  void watch(std::string_view name, std::string_view help, std::function<double()> read,
             std::string_view labels = {});
  std::string text() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// The process's own: processor time, resident memory, open files (names of the Prometheus client libraries).
void watch_process(Registry& registry);

}  // namespace witmed::metrics
