#include "store/sqlite/warm.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include <filesystem>
#include <vector>

namespace witmed::store {
namespace {

constexpr size_t kPage = 4096, kBytes = 4 << 20;

// A file on disk of which no page is in memory.
struct ColdFile {
  explicit ColdFile(const std::string& name) : path("./warm-test-" + std::to_string(getpid()) + name), fd(open(path.c_str(), O_RDWR | O_CREAT | O_TRUNC, 0600)) {
    const std::vector<char> bytes(kBytes, 'x');
    EXPECT_EQ(write(fd, bytes.data(), kBytes), static_cast<ssize_t>(kBytes));
    fsync(fd);
    posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
  }
  ~ColdFile() {
    close(fd);
    std::filesystem::remove(path);
  }
  size_t in_memory(size_t first, size_t pages) const {
    void* map = mmap(nullptr, kBytes, PROT_READ, MAP_SHARED, fd, 0);
    std::vector<unsigned char> resident(kBytes / kPage);
    EXPECT_EQ(mincore(map, kBytes, resident.data()), 0);
    munmap(map, kBytes);
    size_t n = 0;
    for (size_t i = first; i < first + pages; ++i) n += resident[i] & 1;
    return n;
  }
  std::string path;
  int fd;
};

TEST(Warmer, BringsFilesIntoMemoryTheNewestEndFirst) {
  constexpr size_t kPages = kBytes / kPage;
  const ColdFile index("index"), record("record");
  if (index.in_memory(0, kPages) + record.in_memory(0, kPages) > 0) GTEST_SKIP() << "this file system keeps its pages in memory";
  Warmer({index.path, record.path}, kBytes + kBytes / 4).wait();
  EXPECT_EQ(index.in_memory(0, kPages), kPages);
  EXPECT_EQ(record.in_memory(kPages / 4 * 3, kPages / 4), kPages / 4);
  EXPECT_LT(record.in_memory(0, kPages / 2), kPages / 16);  // its head was looked at
}

TEST(Warmer, AFileThatIsNotThereIsNoFault) { Warmer({"./there-is-no-such-file"}, kBytes).wait(); }

TEST(Warmer, EndsBeforeItHasReadAll) {
  const ColdFile file("stopped");
  for (int i = 0; i < 20; ++i) Warmer({file.path}, kBytes);
}

}  // namespace
}  // namespace witmed::store
