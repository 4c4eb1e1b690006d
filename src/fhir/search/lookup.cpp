#include "fhir/search/lookup.h"

#include <algorithm>
#include <utility>

#include "fhir/pinyin.h"
#include "fhir/script.h"
#include "fhir/search/extract.h"
#include "fhir/search/query.h"

namespace witmed::fhir {
namespace {

struct Surname {
  std::string_view characters, syllables;
};
// Readings that a surname has and the character elsewhere has not; two-character surnames first.
constexpr Surname kSurnames[] = {
    {"尉迟", "yu chi"}, {"万俟", "mo qi"}, {"澹台", "tan tai"}, {"长孙", "zhang sun"}, {"单于", "chan yu"},
    {"单", "shan"}, {"曾", "zeng"}, {"解", "xie"}, {"仇", "qiu"}, {"区", "ou"}, {"查", "zha"}, {"任", "ren"},
    {"朴", "piao"}, {"盖", "ge"}, {"华", "hua"}, {"秘", "bi"}, {"冼", "xian"}, {"翟", "zhai"}, {"召", "shao"},
    {"覃", "qin"}, {"黑", "he"}, {"员", "yun"}, {"宓", "fu"}, {"乜", "nie"}, {"幺", "yao"}, {"缪", "miao"},
    {"牟", "mou"}, {"乐", "yue"}, {"柏", "bai"}, {"祭", "zhai"}, {"逄", "pang"}, {"隗", "kui"}, {"纪", "ji"},
};

void add_syllables(std::string_view text, std::vector<std::string>& out) {
  std::string syllable;
  for (char c : text) {
    if (c >= 'a' && c <= 'z') syllable.push_back(c);
    else if (!syllable.empty()) out.push_back(std::exchange(syllable, {}));
  }
  if (!syllable.empty()) out.push_back(std::move(syllable));
}

bool chinese(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return static_cast<uint8_t>(c) >= 0xe3; });
}

bool add_distinct(std::vector<std::string>& list, std::string text) {
  if (text.empty() || std::find(list.begin(), list.end(), text) != list.end()) return false;
  list.push_back(std::move(text));
  return true;
}

}  // namespace

std::vector<std::string> pinyin(std::string_view name) {
  std::vector<std::string> out;
  for (const auto& surname : kSurnames)
    if (name.starts_with(surname.characters)) {
      add_syllables(surname.syllables, out);
      name.remove_prefix(surname.characters.size());
      break;
    }
  for (size_t at = 0; at < name.size();)
    if (const auto& readings = pinyin_of(next_character(name, at)); !readings.empty()) out.push_back(readings.front());
  return out;
}

std::string plain_number(std::string_view text) {
  std::string out;
  for (char c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z')) out.push_back(c);
  }
  return out;
}

LookupTerms lookup_terms(const std::vector<IndexEntry>& entries) {
  static const auto parts_of = [](std::string_view code) {
    const auto& r4 = Definitions::r4();
    return SearchIndex::r4().parts(*r4.search_param(r4.type_id("Patient"), code));
  };
  static const std::vector<PartId> names = parts_of("name"), numbers = [] {
    auto parts = parts_of("identifier");
    for (auto id : parts_of("telecom")) parts.push_back(id);
    return parts;
  }();
  const auto in = [](const std::vector<PartId>& parts, PartId part) { return std::find(parts.begin(), parts.end(), part) != parts.end(); };
  LookupTerms terms;
  for (const auto& e : entries) {
    if (e.kind == IndexEntry::Kind::string && in(names, e.part)) {
      const std::string name = normalize_text(e.a);
      if (!add_distinct(terms.names, name)) continue;
      std::string sound, initials;
      if (chinese(name)) {
        for (const auto& syllable : pinyin(name)) {
          sound += syllable;
          initials.push_back(syllable[0]);
        }
      } else {
        sound = plain_number(name);  // a name written in letters: without spaces
      }
      add_distinct(terms.sounds, std::move(sound));
      add_distinct(terms.sounds, std::move(initials));
    } else if (e.kind == IndexEntry::Kind::token && in(numbers, e.part)) {
      add_distinct(terms.numbers, plain_number(e.b));
    }
  }
  return terms;
}

bool lookup_matches(std::string_view query, const LookupTerms& terms) {
  const std::string text = normalize_text(query), plain = plain_number(query);
  const bool several = text.size() > 4 || (text.size() > 1 && !chinese(text));  // more than one character
  const auto any = [](const std::vector<std::string>& list, auto&& test) { return std::any_of(list.begin(), list.end(), test); };
  if (text.empty()) return false;
  if (any(terms.names, [&](const std::string& n) { return n.starts_with(text) || (several && n.find(text) != std::string::npos); })) return true;
  if (plain.empty() || chinese(text)) return false;
  if (any(terms.sounds, [&](const std::string& s) { return s.starts_with(plain); })) return true;
  return any(terms.numbers, [&](const std::string& n) { return n == plain || (plain.size() >= 4 && n.ends_with(plain)); });
}

}  // namespace witmed::fhir
