// What a person typed, made ready to be compared with codes and texts; see CodeSystem::search for what is found.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace witmed::terminology {

enum class MatchKind : uint8_t;

class Typed {
 public:
  explicit Typed(std::string_view text);  // at most kMaxTyped bytes of it are read
  bool empty() const { return parts_.empty(); }  // nothing to look for: everything matches

  // How a single text (a display that is in no book) answers; never by sound.
  std::optional<MatchKind> match(std::string_view text) const;

  static constexpr size_t kMaxTyped = 256, kMaxParts = 16;

  struct Part {
    std::string text;  // folded
    bool chinese;      // found anywhere; else a word, found by its beginning
  };
  const std::vector<Part>& parts() const { return parts_; }
  const std::string& folded() const { return folded_; }
  const std::string& plain() const { return plain_; }    // letters and digits only, as codes are compared
  const std::string& sound() const { return sound_; }    // letters and digits when all of it could be pinyin; else empty

 private:
  std::string folded_, plain_, sound_;
  std::vector<Part> parts_;
};

}  // namespace witmed::terminology
