#include "terminology/book/typed.h"

#include <algorithm>

#include "fhir/fold.h"
#include "terminology/book/tokens.h"

namespace witmed::terminology {
namespace {

// Cut before a character rather than inside it.
std::string_view shortened(std::string_view text, size_t most) {
  if (text.size() <= most) return text;
  while (most > 0 && (static_cast<uint8_t>(text[most]) & 0xC0) == 0x80) --most;
  return text.substr(0, most);
}

}  // namespace

Typed::Typed(std::string_view text) : folded_(fhir::fold_text(shortened(text, kMaxBytes))) {
  each_token(folded_, [&](std::string_view token, bool chinese) {
    if (parts_.size() < kMaxParts) parts_.push_back({std::string(token), chinese});
  });
  const bool ascii = std::all_of(folded_.begin(), folded_.end(), [](char c) { return static_cast<uint8_t>(c) < 0x80; });
  if (!ascii) return;
  plain_ = plain_code(folded_);
  const bool letter = std::any_of(plain_.begin(), plain_.end(), [](char c) { return c >= 'a'; });
  const bool spoken = std::all_of(folded_.begin(), folded_.end(), [](char c) { return plain_character(c) != '\0' || c == ' ' || c == '\''; });
  if (letter && spoken && plain_.size() <= kMaxSound) sound_ = plain_;
}

std::optional<MatchKind> Typed::match(std::string_view text) const { return match_folded(fhir::fold_text(text)); }

std::optional<MatchKind> Typed::match_folded(std::string_view folded) const {
  if (empty()) return MatchKind::inside;
  if (parts_.empty()) return std::nullopt;
  uint32_t missing = (1u << parts_.size()) - 1;
  bool chinese = false;
  each_token(folded, [&](std::string_view token, bool han) {
    if (missing == 0) return;
    for (size_t i = 0; i < parts_.size(); ++i) {
      const Part& part = parts_[i];
      if (part.chinese != han || (missing >> i & 1) == 0) continue;
      if (han ? token.find(part.text) == token.npos : !token.starts_with(part.text)) continue;
      missing &= ~(1u << i);
      chinese |= han;
    }
  });
  if (missing != 0) return std::nullopt;
  if (folded.starts_with(folded_)) return folded.size() == folded_.size() ? MatchKind::exact : MatchKind::prefix;
  return chinese ? MatchKind::inside : MatchKind::word;
}

std::optional<MatchKind> Typed::match_code(std::string_view code) const {
  if (plain_.empty() || compare_plain(code, plain_, true) != 0) return std::nullopt;
  return compare_plain(code, plain_, false) == 0 ? MatchKind::exact : MatchKind::prefix;
}

}  // namespace witmed::terminology
