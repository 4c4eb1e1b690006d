#include "base/metrics.h"

#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <mutex>
#include <variant>

#include "base/error.h"

namespace witmed::metrics {

void Histogram::observe_micros(int64_t micros) {
  size_t bucket = 0;
  while (bucket < kBoundsMicros.size() && micros > kBoundsMicros[bucket]) ++bucket;
  buckets_[bucket].fetch_add(1, std::memory_order_relaxed);
  sum_micros_.fetch_add(micros > 0 ? static_cast<uint64_t>(micros) : 0, std::memory_order_relaxed);
}

uint64_t Histogram::count() const {
  uint64_t sum = 0;
  for (const auto& bucket : buckets_) sum += bucket.load(std::memory_order_relaxed);
  return sum;
}

void Histogram::write(std::string& out, std::string_view name, std::string_view labels) const {
  auto end = std::back_inserter(out);
  const char* comma = labels.empty() ? "" : ",";
  uint64_t sum = 0;
  for (size_t i = 0; i < buckets_.size(); ++i) {
    sum += buckets_[i].load(std::memory_order_relaxed);
    if (i < kBoundsMicros.size())
      fmt::format_to(end, "{}_bucket{{{}{}le=\"{:g}\"}} {}\n", name, labels, comma,
                     static_cast<double>(kBoundsMicros[i]) / 1e6, sum);
    else
      fmt::format_to(end, "{}_bucket{{{}{}le=\"+Inf\"}} {}\n", name, labels, comma, sum);
  }
  std::string braces = labels.empty() ? "" : fmt::format("{{{}}}", labels);
  auto total = static_cast<double>(sum_micros_.load(std::memory_order_relaxed)) / 1e6;
  fmt::format_to(end, "{}_sum{} {:.6f}\n{}_count{} {}\n", name, braces, total, name, braces, sum);
}

struct Registry::Impl {
  using Reader = std::function<double()>;
  using Metric =
      std::variant<std::unique_ptr<Counter>, std::unique_ptr<Gauge>, std::unique_ptr<Histogram>, Reader>;
  struct Family {
    std::string help;
    const char* type;
    std::map<std::string, Metric, std::less<>> by_labels;
  };
  mutable std::mutex mutex;
  std::map<std::string, Family, std::less<>> families;

  Family& family(std::string_view name, std::string_view help, const char* type) {
    Family& found =
        families.try_emplace(std::string(name), Family{std::string(help), type, {}}).first->second;
    if (std::string_view(found.type) != type) throw Failure(fmt::format("metric {} has two types", name));
    return found;
  }

  template <typename M>
  M& get(std::string_view name, std::string_view help, std::string_view labels, const char* type) {
    std::lock_guard lock(mutex);
    auto [at, made] = family(name, help, type).by_labels.try_emplace(std::string(labels));
    if (made) at->second = std::make_unique<M>();
    return *std::get<std::unique_ptr<M>>(at->second);
  }
};

namespace {

template <typename Metric>
void write_metric(std::string& out, const std::string& name, const std::string& labels,
                  const Metric& metric) {
  std::string braces = labels.empty() ? "" : "{" + labels + "}";
  auto end = std::back_inserter(out);
  switch (metric.index()) {
    case 0: fmt::format_to(end, "{}{} {}\n", name, braces, std::get<0>(metric)->value()); break;
    case 1: fmt::format_to(end, "{}{} {}\n", name, braces, std::get<1>(metric)->value()); break;
    case 2: std::get<2>(metric)->write(out, name, labels); break;
    default: fmt::format_to(end, "{}{} {}\n", name, braces, std::get<3>(metric)()); break;
  }
}

double resident_bytes() {
  std::ifstream statm("/proc/self/statm");
  double size = 0, resident = 0;
  statm >> size >> resident;
  return resident * static_cast<double>(sysconf(_SC_PAGESIZE));
}

double processor_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  auto seconds = [](timeval t) {
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

double open_files() {
  std::error_code error;
  auto files = std::filesystem::directory_iterator("/proc/self/fd", error);
  return error ? 0 : static_cast<double>(std::distance(begin(files), end(files)));
}

}  // namespace

Registry::Registry() : impl_(std::make_unique<Impl>()) {}
Registry::~Registry() = default;

Counter& Registry::counter(std::string_view name, std::string_view help, std::string_view labels) {
  return impl_->get<Counter>(name, help, labels, "counter");
}
Gauge& Registry::gauge(std::string_view name, std::string_view help, std::string_view labels) {
  return impl_->get<Gauge>(name, help, labels, "gauge");
}
Histogram& Registry::histogram(std::string_view name, std::string_view help, std::string_view labels) {
  return impl_->get<Histogram>(name, help, labels, "histogram");
}

void Registry::watch(std::string_view name, std::string_view help, std::function<double()> read,
                     std::string_view labels) {
  std::lock_guard lock(impl_->mutex);
  // What is read from outside may fall as well as rise.
  impl_->family(name, help, "gauge").by_labels.insert_or_assign(std::string(labels), std::move(read));
}

std::string Registry::text() const {
  std::lock_guard lock(impl_->mutex);
  std::string out;
  for (const auto& [name, family] : impl_->families) {
    fmt::format_to(std::back_inserter(out), "# HELP {} {}\n# TYPE {} {}\n", name, family.help, name,
                   family.type);
    for (const auto& [labels, metric] : family.by_labels) write_metric(out, name, labels, metric);
  }
  return out;
}

void watch_process(Registry& registry) {
  registry.watch("process_resident_memory_bytes", "Resident memory", resident_bytes);
  registry.watch("process_cpu_seconds_total", "Processor time, user and system", processor_seconds);
  registry.watch("process_open_fds", "Open file descriptors", open_files);
}

}  // namespace witmed::metrics
