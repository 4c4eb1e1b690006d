// Small texts packed by zstd with a shared, trained dictionary. Frames name their dictionary; several may be in use.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace witmed {

class Compressor {
 public:
  Compressor();
  ~Compressor();
  Compressor(const Compressor&) = delete;
  Compressor& operator=(const Compressor&) = delete;

  // Makes a dictionary known; the last one added is used for packing. Not while others pack or unpack.
  void add_dictionary(std::string_view bytes);
  bool has_dictionary() const;
  // A dictionary from samples; empty when there is too little to learn from.
  static std::string train(const std::vector<std::string>& samples, size_t max_bytes = 64 << 10);

  void pack(std::string_view text, std::string& out) const;    // thread-safe
  void unpack(std::string_view frame, std::string& out) const; // appends; throws Failure when the frame is damaged

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace witmed
