// CodeSystem: search as a person types. The index gives a set of concepts, as bits by rank; each is then compared itself.
#include <algorithm>
#include <array>
#include <bit>
#include <utility>

#include "fhir/fold.h"
#include "terminology/book/code_system.h"
#include "terminology/book/sounds.h"
#include "terminology/book/tokens.h"

namespace witmed::terminology {
namespace {

class Bits {
 public:
  explicit Bits(uint32_t size) : words_((size + 63) / 64) {}
  void set(uint32_t i) { words_[i / 64] |= uint64_t{1} << (i % 64); }
  bool test(uint32_t i) const { return (words_[i / 64] >> (i % 64) & 1) != 0; }
  void operator|=(const Bits& other) {
    for (size_t i = 0; i < words_.size(); ++i) words_[i] |= other.words_[i];
  }
  // False when nothing is left.
  bool keep(const Bits& other) {
    uint64_t any = 0;
    for (size_t i = 0; i < words_.size(); ++i) any |= words_[i] &= other.words_[i];
    return any != 0;
  }
  // The first set bit from `from` on, or size.
  uint32_t next(uint32_t from) const {
    size_t word = from / 64;
    if (word >= words_.size()) return end();
    uint64_t bits = words_[word] & (~uint64_t{0} << (from % 64));
    while (bits == 0)
      if (++word == words_.size()) return end();
      else bits = words_[word];
    return static_cast<uint32_t>(word * 64 + static_cast<size_t>(std::countr_zero(bits)));
  }
  uint32_t end() const { return static_cast<uint32_t>(words_.size() * 64); }

 private:
  std::vector<uint64_t> words_;
};

// Reads the index of an image with one.
class Finder {
 public:
  Finder(const Image& image, uint32_t size) : image_(image), size_(size) {}

  // All concepts in which every part of what was typed is found.
  Bits texts(const Typed& typed) {
    Bits all(size_);
    bool first = true;
    for (const Typed::Part& part : typed.parts()) {
      for (const std::string& key : part.chinese ? pairs(part.text) : std::vector{kWord + part.text}) {
        const bool pair = part.chinese && key.size() > character_bytes(part.text);  // else a lone character, or a word
        if (!narrow(key, !pair, all, first)) return Bits(size_);
      }
    }
    return all;
  }

  Bits codes(const std::string& plain) {
    Bits out(size_);
    const auto code = [&](uint32_t at) {
      const uint32_t id = image_.number(Section::by_rank, image_.number(Section::by_code, at));
      return image_.text(image_.number(Section::codes, id), Section::code_text);
    };
    uint32_t low = 0, high = image_.items<uint32_t>(Section::by_code);
    const uint32_t count = high;
    while (low < high) {
      const uint32_t middle = low + (high - low) / 2;
      if (compare_plain(code(middle), plain, true) < 0) low = middle + 1;
      else high = middle;
    }
    for (; low < count && compare_plain(code(low), plain, true) == 0; ++low)
      if (const uint32_t rank = image_.number(Section::by_code, low); rank < size_) out.set(rank);
    return out;
  }

  Bits sounds(const std::string& typed) {
    Bits out(size_);
    for (const std::string& initials : Sounds(image_).initials(typed)) {
      Bits one(size_);
      bool first = true, found = true;
      if (initials.size() < 3) found = narrow(kSound + initials, true, one, first);
      for (size_t i = 0; found && i + 3 <= initials.size(); ++i) found = narrow(kSound + initials.substr(i, 3), false, one, first);
      if (found) out |= one;
    }
    return out;
  }

 private:
  static size_t character_bytes(std::string_view text) {
    size_t at = 0;
    fhir::next_character(text, at);
    return at + 1;  // and the kind of key
  }
  static std::vector<std::string> pairs(std::string_view run) {
    std::vector<std::string> keys;
    size_t first = 0, second = 0;
    fhir::next_character(run, second);
    if (second == run.size()) return {kPair + std::string(run)};
    while (second < run.size()) {
      size_t end = second;
      fhir::next_character(run, end);
      keys.push_back(kPair + std::string(run.substr(first, end - first)));
      first = std::exchange(second, end);
    }
    return keys;
  }

  // Keeps in `all` those that have the term, or a term that begins with it. False: none.
  bool narrow(const std::string& key, bool prefix, Bits& all, bool& first) {
    Bits one(size_);
    size_t left = image_.section(Section::postings).size();
    bool any = false;
    const uint32_t count = image_.items<TermRecord>(Section::terms);
    for (uint32_t term = lower(key); term < count; ++term) {
      const std::string_view text = image_.text(image_.item<TermRecord>(Section::terms, term).key);
      if (prefix ? !text.starts_with(key) : text != key) break;
      any |= add(term, count, left, one);
    }
    if (!any) return false;
    if (std::exchange(first, false)) all |= one;
    else return all.keep(one);
    return true;
  }

  uint32_t lower(std::string_view key) const {
    uint32_t low = 0, high = image_.items<TermRecord>(Section::terms);
    while (low < high) {
      const uint32_t middle = low + (high - low) / 2;
      if (image_.text(image_.item<TermRecord>(Section::terms, middle).key) < key) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  // The postings of a term. `left`: bytes that may still be read; no good image has more than all postings in one question.
  bool add(uint32_t term, uint32_t count, size_t& left, Bits& out) const {
    const std::string_view all = image_.section(Section::postings);
    const size_t begin = image_.item<TermRecord>(Section::terms, term).postings;
    const size_t end = term + 1 < count ? image_.item<TermRecord>(Section::terms, term + 1).postings : all.size();
    if (begin >= end || end > all.size() || end - begin > left) return false;
    left -= end - begin;
    uint64_t rank = ~uint64_t{0};
    const auto* at = reinterpret_cast<const uint8_t*>(all.data()) + begin;
    const auto* stop = reinterpret_cast<const uint8_t*>(all.data()) + end;
    while (at < stop) {
      uint32_t step = *at++;
      if (step >= 0x80) {
        step &= 0x7f;
        for (uint32_t shift = 7; at < stop && shift < 32; shift += 7) {
          const uint8_t byte = *at++;
          step |= (byte & 0x7fu) << shift;
          if (byte < 0x80) break;
        }
      }
      rank += step;
      if (rank >= size_) break;
      out.set(static_cast<uint32_t>(rank));
    }
    return true;
  }

  const Image& image_;
  uint32_t size_;
};

}  // namespace

std::optional<MatchKind> CodeSystem::match(const Typed& typed, ConceptId id, std::span<const std::string_view> languages) const {
  std::optional<MatchKind> best = typed.match_code(code(id));
  thread_local std::string folded;
  thread_local std::vector<Symbol> spoken;
  const auto better = [&](std::optional<MatchKind> kind) {
    if (kind && (!best || *kind < *best)) best = kind;
  };
  const auto look = [&](std::string_view language, std::string_view text) {
    if (best == MatchKind::exact || text.empty() || !in_languages(language, languages)) return;
    fhir::fold_text(text, folded);
    better(typed.match_folded(folded));
    if (typed.sound().empty() || (best && *best < MatchKind::sound_exact)) return;
    if (std::none_of(folded.begin(), folded.end(), [](char c) { return static_cast<uint8_t>(c) >= 0xE2; })) return;  // no Chinese
    const Sounds sounds(image_);
    if (sounds.speak(folded, spoken)) better(sounds.match(typed.sound(), spoken));
  };
  look(language(), display(id));
  for (const Designation each : designations(id)) look(each.language, each.value);
  return best;
}

void CodeSystem::search(const Typed& typed, std::span<const std::string_view> languages, const MatchVisitor& visit) const {
  if (!typed.empty() && typed.parts().empty()) return;
  const bool indexed = !image_.section(Section::by_rank).empty();
  const auto id_of = [&](uint32_t rank) { return indexed ? std::min(image_.number(Section::by_rank, rank), size_ - 1) : rank; };
  Bits found(size_), by_text(0);
  bool sure = false;  // by_text needs no second look
  if (indexed && !typed.empty()) {
    Finder finder(image_, size_);
    found = finder.texts(typed);
    const auto& part = typed.parts().front();
    sure = languages.empty() && typed.parts().size() == 1 && (!part.chinese || part.text.size() <= 6);
    if (sure) by_text = found;
    if (!typed.plain().empty()) found |= finder.codes(typed.plain());
    if (!typed.sound().empty()) found |= finder.sounds(typed.sound());
  } else {
    for (uint32_t i = 0; i < size_; ++i) found.set(i);
  }
  std::array<std::vector<ConceptId>, 7> ranked;
  uint32_t rank = found.next(0);
  for (uint32_t seen = 0; rank < size_ && seen < kRanked; rank = found.next(rank + 1), ++seen)
    if (const auto kind = match(typed, id_of(rank), languages)) ranked[static_cast<size_t>(*kind)].push_back(id_of(rank));
  for (size_t kind = 0; kind < ranked.size(); ++kind) {
    if (!indexed) std::stable_sort(ranked[kind].begin(), ranked[kind].end(), [&](ConceptId a, ConceptId b) { return display(a).size() < display(b).size(); });
    for (const ConceptId id : ranked[kind])
      if (!visit({id, static_cast<MatchKind>(kind)})) return;
  }
  for (; rank < size_; rank = found.next(rank + 1)) {
    const ConceptId id = id_of(rank);
    const auto kind = sure && by_text.test(rank) ? std::optional(typed.parts()[0].chinese ? MatchKind::inside : MatchKind::word)
                                                 : match(typed, id, languages);
    if (kind && !visit({id, *kind})) return;
  }
}

std::vector<Match> CodeSystem::search(std::string_view typed, std::span<const std::string_view> languages, size_t limit) const {
  std::vector<Match> out;
  if (limit == 0) return out;
  search(Typed(typed), languages, [&](Match match) {
    out.push_back(match);
    return out.size() < limit;
  });
  return out;
}

}  // namespace witmed::terminology
