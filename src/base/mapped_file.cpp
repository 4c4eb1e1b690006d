#include "base/mapped_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "base/error.h"

namespace witmed {

MappedFile::MappedFile(const std::string& path) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  struct stat status {};
  bool read = fd >= 0 && ::fstat(fd, &status) == 0 && S_ISREG(status.st_mode);
  if (read && status.st_size > 0) {
    size_ = static_cast<size_t>(status.st_size);
    at_ = ::mmap(nullptr, size_, PROT_READ, MAP_SHARED, fd, 0);
    read = at_ != MAP_FAILED;
  }
  const int error = errno;
  if (fd >= 0) ::close(fd);
  if (!read) throw Failure("cannot read " + path + (fd < 0 ? std::string(": ") + std::strerror(error) : std::string()));
}

MappedFile::~MappedFile() {
  if (size_ > 0) ::munmap(at_, size_);
}

}  // namespace witmed
