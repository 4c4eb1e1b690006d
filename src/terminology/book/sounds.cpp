#include "terminology/book/sounds.h"

#include <algorithm>
#include <array>
#include <bit>

#include "terminology/book/tokens.h"

namespace witmed::terminology {
namespace {

using Syllable = std::array<char, 8>;

SoundRecord reading_of(const Image& image, char32_t character) {
  const uint32_t slots = image.items<SoundRecord>(Section::sounds);
  if (!std::has_single_bit(slots)) return {};
  for (uint32_t i = 0, at = hash_character(character) & (slots - 1); i < slots; ++i, at = (at + 1) & (slots - 1)) {
    const auto record = image.item<SoundRecord>(Section::sounds, at);
    if (record.character == character) return record;
    if (record.character == 0) break;
  }
  return {};
}

bool two_letters(std::string_view syllable) { return syllable.size() > 1 && syllable[1] == 'h'; }  // zh, ch, sh

// Ways to read `rest`, each symbol by its first letter.
class Reader {
 public:
  Reader(const Sounds& sounds, uint32_t syllables, std::string_view typed) : typed_(typed) {
    for (uint32_t i = 1; i < syllables; ++i)
      if (const auto s = sounds.syllable(static_cast<uint16_t>(i)); !s.empty() && typed.find(s[0]) != typed.npos) known_.push_back(s);
    std::stable_sort(known_.begin(), known_.end(), [](auto a, auto b) { return a.size() > b.size(); });  // longest first
  }
  std::vector<std::string> read() {
    add(std::string(typed_));  // every letter is a first one
    std::string so_far;
    read(0, so_far);
    return std::move(ways_);
  }

 private:
  void add(const std::string& way) {
    if (ways_.size() < Sounds::kMaxReadings && std::find(ways_.begin(), ways_.end(), way) == ways_.end()) ways_.push_back(way);
  }
  void read(size_t at, std::string& so_far) {
    if (ways_.size() == Sounds::kMaxReadings || ++steps_ > kMaxSteps) return;
    const std::string_view rest = typed_.substr(at);
    if (rest.empty()) return add(so_far);
    so_far.push_back(rest[0]);
    bool whole = false;
    for (const auto s : known_) {
      if (s.starts_with(rest)) whole = true;  // the last one, not finished
      else if (s.size() > 1 && rest.starts_with(s)) read(at + s.size(), so_far);
    }
    if (whole) add(so_far);
    if (rest.size() > 1 && rest[1] == 'h' && (rest[0] == 'z' || rest[0] == 'c' || rest[0] == 's')) read(at + 2, so_far);
    if (rest[0] != 'i' && rest[0] != 'u' && rest[0] != 'v') read(at + 1, so_far);  // with these no syllable begins
    so_far.pop_back();
  }

  static constexpr int kMaxSteps = 2000;
  std::string_view typed_;
  std::vector<std::string_view> known_;
  std::vector<std::string> ways_;
  int steps_ = 0;
};

}  // namespace

std::string_view Sounds::syllable(uint16_t index) const {
  const std::string_view all = image_->section(Section::syllables);
  const size_t at = size_t{index} * sizeof(Syllable);
  if (index == 0 || at + sizeof(Syllable) > all.size()) return {};
  const std::string_view one = all.substr(at, sizeof(Syllable));
  return one.substr(0, one.find('\0'));
}

bool Sounds::speak(std::string_view folded, std::vector<Symbol>& out) const {
  out.clear();
  bool chinese = false;
  for (size_t at = 0; at < folded.size();) {
    const char32_t c = fhir::next_character(folded, at);
    if (c < 0x80) {
      if (const char plain = plain_character(static_cast<char>(c))) out.push_back({plain, {}});
    } else if (const SoundRecord record = reading_of(*image_, c); record.syllables[0] != 0) {
      out.push_back({'\0', {record.syllables[0], record.syllables[1]}});
      chinese = true;
    }
  }
  if (!chinese) out.clear();
  return chinese;
}

// Place of the symbol on which all of `typed` is used up, read from `first` on. Bit p of a mask: p letters are used.
std::optional<size_t> Sounds::match_from(std::string_view typed, const std::vector<Symbol>& spoken, size_t first) const {
  uint64_t mask = 1;
  const uint64_t done = uint64_t{1} << typed.size();
  for (size_t at = first; at < spoken.size() && mask != 0; ++at) {
    const Symbol& symbol = spoken[at];
    uint64_t next = 0;
    for (uint64_t open = mask; open != 0; open &= open - 1) {
      const auto used = static_cast<size_t>(std::countr_zero(open));
      const std::string_view rest = typed.substr(used);
      if (symbol.letter != '\0') {
        if (symbol.letter == rest[0]) next |= uint64_t{1} << (used + 1);
        continue;
      }
      for (const uint16_t reading : symbol.readings) {
        const std::string_view s = syllable(reading);
        if (s.empty() || s[0] != rest[0]) continue;
        next |= uint64_t{1} << (used + 1);
        if (s.starts_with(rest)) next |= done;
        else if (rest.starts_with(s)) next |= uint64_t{1} << (used + s.size());
        if (two_letters(s) && rest.size() > 1 && rest[1] == 'h') next |= uint64_t{1} << (used + 2);
      }
    }
    if ((next & done) != 0) return at;
    mask = next;
  }
  return std::nullopt;
}

std::optional<MatchKind> Sounds::match(std::string_view typed, const std::vector<Symbol>& spoken) const {
  if (typed.empty() || typed.size() > Typed::kMaxSound) return std::nullopt;
  if (const auto last = match_from(typed, spoken, 0))
    return *last + 1 == spoken.size() ? MatchKind::sound_exact : MatchKind::sound_prefix;
  for (size_t first = 1; first < spoken.size(); ++first)
    if (match_from(typed, spoken, first)) return MatchKind::sound_inside;
  return std::nullopt;
}

std::vector<std::string> Sounds::initials(std::string_view typed) const {
  if (typed.empty() || typed.size() > Typed::kMaxSound) return {};
  return Reader(*this, image_->items<Syllable>(Section::syllables), typed).read();
}

}  // namespace witmed::terminology
