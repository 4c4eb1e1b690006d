#include "base/durable_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "base/error.h"

namespace witmed {

void make_durable(const std::string& path) {
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  const bool synced = fd >= 0 && ::fsync(fd) == 0;
  if (fd >= 0) ::close(fd);
  if (!synced) throw Failure("cannot make " + path + " durable");
}

void rename_durably(const std::string& from, const std::string& to) {
  make_durable(from);
  std::filesystem::rename(from, to);
  make_durable(std::filesystem::absolute(to).parent_path());
}

void write_durably(const std::string& path, std::string_view text) {
  const std::string part = path + ".part";
  std::ofstream out(part, std::ios::binary | std::ios::trunc);
  out.write(text.data(), static_cast<std::streamsize>(text.size()));
  out.close();
  if (!out) throw Failure("cannot write " + part);
  rename_durably(part, path);
}

}  // namespace witmed
