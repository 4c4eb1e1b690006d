// Where the bytes of an expression stand for people: characters, lines and columns.
#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

namespace witmed::fhir {

class Places {
 public:
  explicit Places(std::string_view text);

  // Characters before a byte; of what lies behind the text, all of them.
  uint32_t character(uint32_t byte) const {
    return before_[byte < before_.size() ? byte : before_.size() - 1];
  }
  // Both from 1.
  struct Place {
    uint32_t line, column;
  };
  Place place(uint32_t byte) const;

 private:
  std::string_view text_;
  std::vector<uint32_t> before_;  // by byte, and one for the end
};

}  // namespace witmed::fhir
