#include "store/sqlite/warm.h"

#include <algorithm>
#include <fstream>

#include "base/log.h"
#include "store/sqlite/database.h"

namespace witmed::store {
namespace {

constexpr int64_t kStep = 1 << 20;

// Reads through SQLite's own handle: to close any other descriptor of the file would drop the process's locks on it.
class File {
 public:
  explicit File(const std::string& path) : connection_(path, SQLITE_OPEN_READONLY) {
    sqlite3_file_control(connection_.handle(), "main", SQLITE_FCNTL_FILE_POINTER, &file_);
  }
  int64_t size() const {
    sqlite3_int64 size = 0;
    return file_->pMethods->xFileSize(file_, &size) == SQLITE_OK ? size : 0;
  }
  bool read(void* to, int64_t bytes, int64_t at) const { return file_->pMethods->xRead(file_, to, static_cast<int>(bytes), at) == SQLITE_OK; }

 private:
  Database connection_;
  sqlite3_file* file_ = nullptr;
};

}  // namespace

Warmer::Warmer(std::vector<std::string> files, int64_t most) : thread_([this, files = std::move(files), most] { run(files, most); }) {}

Warmer::~Warmer() {
  stop_ = true;
  wait();
}

void Warmer::wait() {
  if (thread_.joinable()) thread_.join();
}

void Warmer::run(const std::vector<std::string>& files, int64_t most) const try {
  std::vector<char> buffer(kStep);
  int64_t read = 0;
  for (const auto& path : files) {
    const File file(path);
    // Steps are read forward, so that the kernel reads ahead; the first is where what may be read begins.
    const int64_t size = file.size();
    for (int64_t at = size - std::min(size, most - read); at < size && !stop_;) {
      const int64_t step = std::min(kStep, size - at);
      if (!file.read(buffer.data(), step, at)) return;  // whoever needs the page will meet the fault and say so
      at += step;
      read += step;
    }
  }
  if (!stop_) log::info("store.warm", {{"bytes", read}});
} catch (const SqliteError& error) {
  log::warning("store.warm", {{"error", error.what()}});
}

int64_t memory_to_warm() {
  std::ifstream file("/proc/meminfo");
  for (std::string name; file >> name;) {
    int64_t kilobytes = 0;
    if (name == "MemAvailable:" && file >> kilobytes) return kilobytes * 1024 / 2;
    file.ignore(256, '\n');
  }
  return 0;
}

}  // namespace witmed::store
