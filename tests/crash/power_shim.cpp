// LD_PRELOAD shim: tells a log (power_log.h) what a process does to the files under a folder, and fails on
// demand.
//   WITMED_POWER_DIR      the folder, absolute and without links
//   WITMED_POWER_LOG      the log
//   WITMED_POWER_CONTROL  a mapped file with the fault to play, or unset
// Writes through mmap are not seen: SQLite's -shm is left out on purpose, it is rebuilt.
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include <atomic>

#include "crash/power_log.h"

using witmed::crash::Fault;
using witmed::crash::Header;
using witmed::crash::Op;

namespace {

constexpr int kFds = 65536;
constexpr uint64_t kNotOurs = ~uint64_t{0};
std::atomic<uint64_t> known[kFds];  // inode of a descriptor we watch, kNotOurs, or 0 when not looked at yet
std::atomic<uint64_t> marks{1};

template <class F>
F next(const char* name) {
  return reinterpret_cast<F>(dlsym(RTLD_NEXT, name));
}
#define NEXT(name) static const auto real = next<decltype(&::name)>(#name)

struct Watch {
  char folder[4096] = {};
  size_t length = 0;
  int log = -1;
  const volatile uint32_t* control = nullptr;
  Watch() {
    const char *dir = getenv("WITMED_POWER_DIR"), *path = getenv("WITMED_POWER_LOG"),
               *page = getenv("WITMED_POWER_CONTROL");
    if (!dir || !path || strlen(dir) >= sizeof folder) return;
    strcpy(folder, dir);
    length = strlen(folder);
    log = static_cast<int>(syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_APPEND | O_CLOEXEC));
    if (!page) return;
    const int fd = static_cast<int>(syscall(SYS_openat, AT_FDCWD, page, O_RDONLY | O_CLOEXEC));
    void* mapped = mmap(nullptr, 4096, PROT_READ, MAP_SHARED, fd, 0);
    if (mapped != MAP_FAILED) control = static_cast<const volatile uint32_t*>(mapped);
  }
};
const Watch& watch() {
  static const Watch the;
  return the;
}

bool fault(Fault kind) { return watch().control && *watch().control == static_cast<uint32_t>(kind); }

void tell(Op op, uint64_t file, uint64_t number, const char* name = "", const void* data = nullptr,
          size_t length = 0) {
  const int error = errno;
  Header header{.op = op,
                .name_length = static_cast<uint32_t>(strlen(name)),
                .data_length = length,
                .file = file,
                .number = number};
  iovec parts[] = {{&header, sizeof header},
                   {const_cast<char*>(name), header.name_length},
                   {const_cast<void*>(data), length}};
  const size_t whole = sizeof header + header.name_length + length;
  if (syscall(SYS_writev, watch().log, parts, 3) != static_cast<long>(whole))
    abort();  // a log with a hole proves nothing
  errno = error;
}

// The name of a path below the folder, or null; "" is the folder itself.
const char* below(const char* path) {
  const Watch& w = watch();
  if (w.log < 0 || strncmp(path, w.folder, w.length) != 0) return nullptr;
  if (path[w.length] == 0) return path + w.length;
  if (path[w.length] != '/') return nullptr;
  const char* name = path + w.length + 1;
  const size_t n = strlen(name);
  return n >= 4 && strcmp(name + n - 4, "-shm") == 0 ? nullptr : name;
}

const char* path_of(int fd, char (&path)[4096]) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  const ssize_t n = readlink(link, path, sizeof path - 1);
  if (n <= 0) return nullptr;
  path[n] = 0;
  return below(path);
}

// The inode of a descriptor of a regular file in the folder; 0 for any other.
uint64_t ours(int fd) {
  if (fd < 0 || fd >= kFds || watch().log < 0) return 0;
  const uint64_t cached = known[fd];
  struct stat info;
  if (fstat(fd, &info) != 0 || !S_ISREG(info.st_mode)) return 0;
  if (cached == info.st_ino) return cached;
  char path[4096];
  const char* name = path_of(fd, path);
  known[fd] = name ? info.st_ino : kNotOurs;
  if (!name) return 0;
  tell(Op::open, info.st_ino, 0, name);
  return info.st_ino;
}

void opened(int fd, bool existed) {
  if (fd < 0 || fd >= kFds || watch().log < 0) return;
  known[fd] = 0;
  struct stat info;
  char path[4096];
  const char* name = path_of(fd, path);
  if (!name || fstat(fd, &info) != 0 || !S_ISREG(info.st_mode)) return;
  known[fd] = info.st_ino;
  tell(existed ? Op::open : Op::create, info.st_ino, 0, name);
}

int open_and_tell(int dir, const char* path, int flags, mode_t mode) {
  const bool existed = faccessat(dir, path, F_OK, AT_SYMLINK_NOFOLLOW) == 0;
  const int fd = static_cast<int>(syscall(SYS_openat, dir, path, flags, mode));
  const int error = errno;
  opened(fd, existed);
  if (fd >= 0 && (flags & O_TRUNC) && existed && ours(fd)) tell(Op::truncate, ours(fd), 0);
  errno = error;
  return fd;
}

mode_t mode_of(int flags, va_list arguments) {
  return (flags & (O_CREAT | O_TMPFILE)) ? static_cast<mode_t>(va_arg(arguments, int)) : 0;
}

ssize_t written(int fd, uint64_t file, const void* data, ssize_t n, off_t offset) {
  if (n > 0)
    tell(Op::write, file, static_cast<uint64_t>(offset < 0 ? lseek(fd, 0, SEEK_CUR) - n : offset), "", data,
         static_cast<size_t>(n));
  return n;
}

template <class Sync>
int sync_and_tell(int fd, Sync real) {
  char path[4096];
  struct stat info;
  const char* folder = nullptr;
  const uint64_t file = ours(fd);
  if (!file && watch().log >= 0 && fstat(fd, &info) == 0 && S_ISDIR(info.st_mode)) folder = path_of(fd, path);
  if (!file && !folder) return real(fd);
  if (fault(Fault::sync_fails)) {
    errno = EIO;
    return -1;
  }
  const uint64_t mark = marks++;
  tell(Op::sync_begin, file, mark, folder ? folder : "");
  const int result = real(fd);
  if (result == 0) tell(Op::sync_end, file, mark, folder ? folder : "");
  return result;
}

}  // namespace

extern "C" {

int open(const char* path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  const mode_t mode = mode_of(flags, arguments);
  va_end(arguments);
  return open_and_tell(AT_FDCWD, path, flags, mode);
}
int open64(const char* path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  const mode_t mode = mode_of(flags, arguments);
  va_end(arguments);
  return open_and_tell(AT_FDCWD, path, flags, mode);
}
int openat(int dir, const char* path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  const mode_t mode = mode_of(flags, arguments);
  va_end(arguments);
  return open_and_tell(dir, path, flags, mode);
}
int openat64(int dir, const char* path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  const mode_t mode = mode_of(flags, arguments);
  va_end(arguments);
  return open_and_tell(dir, path, flags, mode);
}

ssize_t pwrite64(int fd, const void* data, size_t n, off64_t offset) {
  NEXT(pwrite64);
  const uint64_t file = ours(fd);
  if (file && fault(Fault::disk_full)) return errno = ENOSPC, -1;
  const ssize_t done = real(fd, data, n, offset);
  return file ? written(fd, file, data, done, offset) : done;
}
ssize_t pwrite(int fd, const void* data, size_t n, off_t offset) { return pwrite64(fd, data, n, offset); }

ssize_t write(int fd, const void* data, size_t n) {
  NEXT(write);
  const uint64_t file = ours(fd);
  if (file && fault(Fault::disk_full)) return errno = ENOSPC, -1;
  const ssize_t done = real(fd, data, n);
  return file ? written(fd, file, data, done, -1) : done;
}

ssize_t writev(int fd, const iovec* parts, int count) {
  NEXT(writev);
  if (!ours(fd)) return real(fd, parts, count);
  ssize_t total = 0;
  for (int i = 0; i < count; ++i) {
    const ssize_t n = write(fd, parts[i].iov_base, parts[i].iov_len);
    if (n < 0) return total > 0 ? total : n;
    total += n;
  }
  return total;
}
ssize_t pwritev(int fd, const iovec* parts, int count, off_t offset) {
  NEXT(pwritev);
  if (!ours(fd)) return real(fd, parts, count, offset);
  ssize_t total = 0;
  for (int i = 0; i < count; ++i) {
    const ssize_t n = pwrite64(fd, parts[i].iov_base, parts[i].iov_len, offset + total);
    if (n < 0) return total > 0 ? total : n;
    total += n;
  }
  return total;
}

int ftruncate64(int fd, off64_t length) {
  NEXT(ftruncate64);
  const uint64_t file = ours(fd);
  const int result = real(fd, length);
  if (result == 0 && file) tell(Op::truncate, file, static_cast<uint64_t>(length));
  return result;
}
int ftruncate(int fd, off_t length) { return ftruncate64(fd, length); }

// Space that is reserved reads as zeros: told as a write of nothing at its end.
int posix_fallocate64(int fd, off64_t offset, off64_t length) {
  NEXT(posix_fallocate64);
  const uint64_t file = ours(fd);
  if (file && fault(Fault::disk_full)) return ENOSPC;
  struct stat before;
  const bool grows = file && fstat(fd, &before) == 0 && before.st_size < offset + length;
  const int result = real(fd, offset, length);
  if (result == 0 && grows) tell(Op::truncate, file, static_cast<uint64_t>(offset + length));
  return result;
}
int posix_fallocate(int fd, off_t offset, off_t length) { return posix_fallocate64(fd, offset, length); }

int fsync(int fd) {
  NEXT(fsync);
  return sync_and_tell(fd, real);
}
int fdatasync(int fd) {
  NEXT(fdatasync);
  return sync_and_tell(fd, real);
}

int unlink(const char* path) {
  NEXT(unlink);
  const int result = real(path);
  if (const char* name = result == 0 ? below(path) : nullptr) tell(Op::unlink, 0, 0, name);
  return result;
}
int remove(const char* path) {
  NEXT(remove);
  const int result = real(path);
  if (const char* name = result == 0 ? below(path) : nullptr) tell(Op::unlink, 0, 0, name);
  return result;
}
int unlinkat(int dir, const char* path, int flags) {
  NEXT(unlinkat);
  const int result = real(dir, path, flags);
  if (const char* name = result == 0 && !(flags & AT_REMOVEDIR) ? below(path) : nullptr)
    tell(Op::unlink, 0, 0, name);
  return result;
}
int rename(const char* from, const char* to) {
  NEXT(rename);
  const int result = real(from, to);
  const char *a = below(from), *b = below(to);
  if (result == 0 && a && b) tell(Op::rename, 0, 0, a, b, strlen(b));
  return result;
}

}  // extern "C"
