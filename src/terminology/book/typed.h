// What a person typed, made ready to be compared with codes and texts; see CodeSystem::search for what is found.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace witmed::terminology {

// How a concept answers what was typed, best first. word: all words found at their beginnings; inside: Chinese found anywhere;
// sound: pinyin or initials of the whole text, of its beginning, of a part.
enum class MatchKind : uint8_t { exact, prefix, sound_exact, word, inside, sound_prefix, sound_inside };

class Typed {
 public:
  explicit Typed(std::string_view text);  // at most kMaxBytes of it are read
  bool empty() const { return folded_.empty(); }  // nothing typed: everything matches

  // How a text answers (a display that is in no book, say), or a text that went through fhir::fold_text; never by sound.
  std::optional<MatchKind> match(std::string_view text) const;
  std::optional<MatchKind> match_folded(std::string_view folded) const;
  // exact or prefix, with or without points.
  std::optional<MatchKind> match_code(std::string_view code) const;

  static constexpr size_t kMaxBytes = 256, kMaxParts = 16, kMaxSound = 40;

  struct Part {
    std::string text;  // folded
    bool chinese;      // found anywhere; else a word, found by its beginning
  };
  const std::vector<Part>& parts() const { return parts_; }
  const std::string& folded() const { return folded_; }
  const std::string& plain() const { return plain_; }  // as codes are compared; empty where it can be no code
  const std::string& sound() const { return sound_; }  // letters and digits where it could be pinyin; else empty

 private:
  std::string folded_, plain_, sound_;
  std::vector<Part> parts_;
};

}  // namespace witmed::terminology
