// What one durable write costs on this disk: everything else is measured beside it.
#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <chrono>
#include <string>

#include "load/histogram.h"

int main(int argc, char** argv) {
  const std::string path = (argc > 1 ? std::string(argv[1]) : std::string(".")) + "/fsync-bench";
  const int fd = open(path.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (fd < 0) {
    fmt::print(stderr, "cannot write {}\n", path);
    return 1;
  }
  const std::string page(4096, 'x');
  witmed::load::Histogram latency;
  constexpr int kWrites = 3000,
                kPages = 256;  // within space that is there already, as in a log that is used again
  for (int i = 0; i < kPages; ++i)
    if (pwrite(fd, page.data(), page.size(), i * 4096) < 0) return 1;
  fsync(fd);
  for (int i = 0; i < kWrites; ++i) {
    const auto begin = std::chrono::steady_clock::now();
    if (pwrite(fd, page.data(), page.size(), i % kPages * 4096) < 0 || fdatasync(fd) != 0) return 1;
    latency.add(static_cast<uint64_t>(
        std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - begin)
            .count()));
  }
  close(fd);
  unlink(path.c_str());
  fmt::print("RESULT fdatasync of 4 KB | p50 {} p99 {} max {} µs | {} writes | \n", latency.quantile(0.5),
             latency.quantile(0.99), latency.max(), kWrites);
}
