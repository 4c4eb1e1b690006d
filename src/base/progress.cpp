#include "base/progress.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>

#include "base/clock.h"

namespace witmed {
namespace {

constexpr int64_t kTerminalStep = 200'000;  // µs between drawings
constexpr int64_t kPlainStep = 5'000'000;   // µs between lines in a file
constexpr size_t kBarWidth = 30;

std::string duration(double seconds) {
  auto whole = static_cast<uint64_t>(seconds + 0.5);
  if (whole >= 3600) return fmt::format("{}:{:02}:{:02}", whole / 3600, whole / 60 % 60, whole % 60);
  return fmt::format("{}:{:02}", whole / 60, whole % 60);
}

}  // namespace

Progress::Progress(std::string label, std::string unit, uint64_t total)
    : label_(std::move(label)),
      unit_(std::move(unit)),
      total_(total),
      begin_(steady_micros()),
      next_(begin_ + kTerminalStep),
      terminal_(isatty(STDERR_FILENO) == 1) {}

Progress::~Progress() {
  double seconds = static_cast<double>(steady_micros() - begin_) / 1e6;
  std::fprintf(stderr, "%s%s\n", terminal_ ? "\r\033[K" : "", line(seconds).c_str());
}

void Progress::add(uint64_t n) {
  done_.fetch_add(n, std::memory_order_relaxed);
  int64_t now = steady_micros(), next = next_.load(std::memory_order_relaxed);
  if (now < next) return;
  // Whoever moves the next moment on is the one that shows.
  if (next_.compare_exchange_strong(next, now + (terminal_ ? kTerminalStep : kPlainStep))) show(now);
}

std::string Progress::line(double seconds) const {
  uint64_t done = done_.load(std::memory_order_relaxed), total = total_.load(std::memory_order_relaxed);
  double rate = seconds > 0 ? static_cast<double>(done) / seconds : 0;
  if (total == 0 || done > total)
    return fmt::format("{} {} {}, {:.0f}/s, {}", label_, done, unit_, rate, duration(seconds));
  double share = static_cast<double>(done) / static_cast<double>(total);
  auto filled = static_cast<size_t>(share * static_cast<double>(kBarWidth));
  std::string bar = std::string(filled, '#') + std::string(kBarWidth - filled, '.');
  std::string left = done == total ? fmt::format("in {}", duration(seconds))
                     : rate > 0 ? fmt::format("{} left", duration(static_cast<double>(total - done) / rate))
                                : "? left";
  return fmt::format("{} [{}] {:.0f}% {}/{} {}, {:.0f}/s, {}", label_, bar, share * 100, done, total, unit_,
                     rate, left);
}

void Progress::show(int64_t now) {
  std::string text = line(static_cast<double>(now - begin_) / 1e6);
  std::fprintf(stderr, terminal_ ? "\r\033[K%s" : "%s\n", text.c_str());
  std::fflush(stderr);
}

}  // namespace witmed
