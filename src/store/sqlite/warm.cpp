#include "store/sqlite/warm.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>

#include "base/log.h"

namespace witmed::store {
namespace {

constexpr uint64_t kStep = 1 << 20;

struct File {
  explicit File(const std::string& path) : fd(open(path.c_str(), O_RDONLY | O_CLOEXEC)) {}
  ~File() {
    if (fd >= 0) close(fd);
  }
  uint64_t size() const {
    struct stat s;
    return fd >= 0 && fstat(fd, &s) == 0 ? static_cast<uint64_t>(s.st_size) : 0;
  }
  const int fd;
};

}  // namespace

Warmer::Warmer(std::vector<std::string> files, uint64_t most) : thread_([this, files = std::move(files), most] { run(files, most); }) {}

Warmer::~Warmer() {
  stop_ = true;
  wait();
}

void Warmer::wait() {
  if (thread_.joinable()) thread_.join();
}

void Warmer::run(const std::vector<std::string>& files, uint64_t most) const {
  std::vector<char> buffer(kStep);
  uint64_t read = 0;
  for (const auto& path : files) {
    const File file(path);
    // Steps are read forward, so that the kernel reads ahead; the first is where what may be read begins.
    const uint64_t size = file.size();
    for (uint64_t at = size - std::min(size, most - read); at < size && !stop_;) {
      const ssize_t n = pread(file.fd, buffer.data(), std::min(kStep, size - at), static_cast<off_t>(at));
      if (n <= 0) return;  // whoever needs the page will meet the fault and say so
      at += static_cast<uint64_t>(n);
      read += static_cast<uint64_t>(n);
    }
  }
  if (!stop_) log::info("store.warm", {{"bytes", read}});
}

uint64_t memory_to_warm() {
  std::ifstream file("/proc/meminfo");
  for (std::string name; file >> name;) {
    uint64_t kilobytes = 0;
    if (name == "MemAvailable:" && file >> kilobytes) return kilobytes * 1024 / 2;
    file.ignore(256, '\n');
  }
  return 0;
}

}  // namespace witmed::store
