// Spoken Chinese: a text as a row of symbols, each a syllable (of one or two readings) or a letter, and what was typed against it:
// letters of the first sounds, whole syllables, or both mixed ("gxy", "gaoxueya", "gaoxy"), the last one not finished.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "terminology/book/image.h"
#include "terminology/book/typed.h"

namespace witmed::terminology {

struct Symbol {
  char letter = '\0';        // a letter or digit, where it is no Chinese character
  uint16_t readings[2] = {}; // syllables of the image, 0 = none
};

class Sounds {
 public:
  explicit Sounds(const Image& image) : image_(&image) {}

  // Symbols of folded text into `out`; false, and nothing in `out`, where no Chinese character is in it.
  bool speak(std::string_view folded, std::vector<Symbol>& out) const;
  std::string_view syllable(uint16_t index) const;

  // sound_exact, sound_prefix or sound_inside. `typed`: Typed::sound().
  std::optional<MatchKind> match(std::string_view typed, const std::vector<Symbol>& spoken) const;

  // First letters of the symbols that `typed` can stand for, at most kMaxReadings ways; all of them have a place in the index.
  std::vector<std::string> initials(std::string_view typed) const;
  static constexpr size_t kMaxReadings = 24;

 private:
  std::optional<size_t> match_from(std::string_view typed, const std::vector<Symbol>& spoken, size_t first) const;
  const Image* image_;
};

}  // namespace witmed::terminology
