// A file read in place. It must never be changed while it is mapped: who writes a new one renames it over the old
// (base/durable_file.h), and the old bytes stay readable until the last map of them goes.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace witmed {

class MappedFile {
 public:
  explicit MappedFile(const std::string& path);  // Failure when it cannot be read
  ~MappedFile();
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;

  std::string_view bytes() const { return {static_cast<const char*>(at_), size_}; }

 private:
  void* at_ = nullptr;
  size_t size_ = 0;
};

}  // namespace witmed
