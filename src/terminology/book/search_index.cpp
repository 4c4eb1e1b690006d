#include "terminology/book/search_index.h"

#include <algorithm>
#include <array>
#include <bit>
#include <numeric>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "base/varint.h"
#include "fhir/fold.h"
#include "fhir/pinyin.h"
#include "terminology/book/tokens.h"

namespace witmed::terminology {
namespace {

uint32_t characters(std::string_view text) {
  return static_cast<uint32_t>(std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<uint8_t>(c) & 0xC0) != 0x80; }));
}

// Which characters are read how, as far as the texts of this book have them.
class Readings {
 public:
  const SoundRecord& operator()(char32_t character) {
    const auto [entry, added] = known_.try_emplace(character);
    if (added) {
      entry->second.character = static_cast<uint32_t>(character);
      const auto readings = fhir::pinyin_of(character);
      for (size_t i = 0; i < readings.size() && i < 2; ++i) entry->second.syllables[i] = syllable(readings[i]);
    }
    return entry->second;
  }
  char first_letter(uint16_t syllable) const { return syllables_[syllable][0]; }

  void write(ImageWriter& out) const {
    std::vector<SoundRecord> read;
    for (const auto& [character, record] : known_)
      if (record.syllables[0] != 0) read.push_back(record);
    if (read.empty()) return;
    std::sort(read.begin(), read.end(), [](const auto& a, const auto& b) { return a.character < b.character; });
    std::vector<SoundRecord> slots(std::bit_ceil(read.size() + read.size() / 2 + 1));
    for (const SoundRecord& record : read) {
      size_t at = hash_character(record.character) & (slots.size() - 1);
      while (slots[at].character != 0) at = (at + 1) & (slots.size() - 1);
      slots[at] = record;
    }
    out.put_all(Section::sounds, slots);
    for (const std::string& each : syllables_) {
      std::array<char, 8> padded{};
      std::copy_n(each.begin(), std::min<size_t>(each.size(), padded.size()), padded.begin());
      out.put(Section::syllables, padded);
    }
  }

 private:
  uint16_t syllable(const std::string& text) {
    const auto [entry, added] = numbers_.try_emplace(text, static_cast<uint16_t>(syllables_.size()));
    if (added) syllables_.push_back(text);
    return entry->second;
  }
  std::unordered_map<char32_t, SoundRecord> known_;
  std::unordered_map<std::string, uint16_t> numbers_;
  std::vector<std::string> syllables_ = {""};
};

struct TextHash {
  using is_transparent = void;
  size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
};

// Terms and who has them. Concepts come by rising rank.
class Postings {
 public:
  void add(std::string_view key, uint32_t rank) {
    auto known = terms_.find(key);
    if (known == terms_.end()) known = terms_.emplace(std::string(key), Term{}).first;
    Term& term = known->second;
    if (term.next == rank + 1) return;  // has it already
    put_varint(term.steps, rank + 1 - term.next);
    term.next = rank + 1;
  }
  void write(ImageWriter& out) const {
    std::vector<const Terms::value_type*> sorted;
    for (const auto& each : terms_) sorted.push_back(&each);
    std::sort(sorted.begin(), sorted.end(), [](const auto* a, const auto* b) { return a->first < b->first; });
    std::string& postings = out.section(Section::postings);
    for (const auto* each : sorted) {
      const uint32_t key = out.text(each->first);
      out.put(Section::terms, TermRecord{key, static_cast<uint32_t>(postings.size())});
      postings += each->second.steps;
    }
  }

 private:
  struct Term {
    std::string steps;
    uint32_t next = 0;  // one more than the last rank
  };
  using Terms = std::unordered_map<std::string, Term, TextHash, std::equal_to<>>;
  Terms terms_;
};

// The keys of one text.
class Keys {
 public:
  Keys(Readings& readings, Postings* postings) : readings_(readings), postings_(postings) {}

  void add(std::string_view text, uint32_t rank) {
    rank_ = rank;
    fhir::fold_text(text, folded_);
    sound();
    if (postings_ == nullptr) return;
    each_token(folded_, [&](std::string_view token, bool chinese) { chinese ? pairs(token) : put(kWord, token); });
  }

 private:
  void put(char kind, std::string_view text) {
    key_.assign(1, kind).append(text);
    postings_->add(key_, rank_);
  }
  void pairs(std::string_view run) {
    size_t first = 0, second = 0;
    fhir::next_character(run, second);
    while (second < run.size()) {
      size_t end = second;
      fhir::next_character(run, end);
      put(kPair, run.substr(first, end - first));
      first = std::exchange(second, end);
    }
    put(kPair, run.substr(first));
  }
  // Symbols by their first letters: of three neighbours each way to say them.
  void sound() {
    initials_.clear();
    bool chinese = false;
    for (size_t at = 0; at < folded_.size();) {
      const char32_t c = fhir::next_character(folded_, at);
      if (c < 0x80) {
        if (const char plain = plain_character(static_cast<char>(c))) initials_.emplace_back(1, plain);
      } else if (const SoundRecord& record = readings_(c); record.syllables[0] != 0) {
        std::string letters(1, readings_.first_letter(record.syllables[0]));
        if (record.syllables[1] != 0 && readings_.first_letter(record.syllables[1]) != letters[0]) letters += readings_.first_letter(record.syllables[1]);
        initials_.push_back(std::move(letters));
        chinese = true;
      }
    }
    if (!chinese || postings_ == nullptr) return;
    const std::string none(1, '\0');
    const auto letters = [&](size_t i) -> const std::string& { return i < initials_.size() ? initials_[i] : none; };
    for (size_t i = 0; i < initials_.size(); ++i)
      for (const char a : letters(i))
        for (const char b : letters(i + 1))
          for (const char c : letters(i + 2)) {
            const char three[3] = {a, b, c};
            put(kSound, std::string_view(three, b == '\0' ? 1 : c == '\0' ? 2 : 3));
          }
  }

  Readings& readings_;
  Postings* postings_;
  std::string folded_, key_;
  std::vector<std::string> initials_;
  uint32_t rank_ = 0;
};

std::vector<uint32_t> by_rank(const Searched& concepts) {
  struct Place {
    uint64_t rarity;
    uint32_t length, id;
  };
  std::vector<Place> places;
  places.reserve(concepts.size);
  for (uint32_t id = 0; id < concepts.size; ++id) places.push_back({concepts.rarity(id), characters(concepts.display(id)), id});
  std::sort(places.begin(), places.end(), [](const Place& a, const Place& b) {
    return std::tie(a.rarity, a.length, a.id) < std::tie(b.rarity, b.length, b.id);
  });
  std::vector<uint32_t> out;
  out.reserve(concepts.size);
  for (const Place& place : places) out.push_back(place.id);
  return out;
}

std::vector<uint32_t> by_code(const Searched& concepts, const std::vector<uint32_t>& ranks) {
  std::vector<std::string> plain;
  plain.reserve(ranks.size());
  for (const uint32_t id : ranks) plain.push_back(plain_code(concepts.code(id)));
  std::vector<uint32_t> out(ranks.size());
  std::iota(out.begin(), out.end(), 0u);
  std::sort(out.begin(), out.end(), [&](uint32_t a, uint32_t b) { return std::tie(plain[a], a) < std::tie(plain[b], b); });
  return out;
}

}  // namespace

void write_search_index(ImageWriter& out, const Searched& concepts) {
  const bool indexed = concepts.size >= kSmallSystem;
  Readings readings;
  Postings postings;
  Keys keys(readings, indexed ? &postings : nullptr);
  std::vector<uint32_t> ranks;
  if (indexed) ranks = by_rank(concepts);
  for (uint32_t rank = 0; rank < concepts.size; ++rank)
    concepts.texts(indexed ? ranks[rank] : rank, [&](std::string_view text) { keys.add(text, rank); });
  readings.write(out);
  if (!indexed) return;
  out.put_all(Section::by_code, by_code(concepts, ranks));
  out.put_all(Section::by_rank, ranks);
  postings.write(out);
}

}  // namespace witmed::terminology
