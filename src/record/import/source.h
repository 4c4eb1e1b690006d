// Documents out of a file or a stream: NDJSON (a resource a line), or JSON values one after another; plain, gzip or bzip2,
// recognised by its first bytes.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace witmed::record {

class Source {
 public:
  // "-" is standard input. Throws Failure when it cannot be read.
  explicit Source(const std::string& path);
  ~Source();

  struct Item {
    std::string text;
    uint64_t line = 0;  // where it begins, from 1
    bool too_long = false;  // longer than limits::kBodyBytes: the text is cut
  };
  std::optional<Item> next();
  uint64_t bytes_read() const;  // of the file as it lies on disk: for the progress bar

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace witmed::record
