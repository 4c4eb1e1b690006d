#include "terminology/language.h"

#include <algorithm>
#include <charconv>

#include "base/text.h"

namespace witmed::terminology {
namespace {

bool is_letters(std::string_view text) {
  for (char c : text)
    if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))) return false;
  return true;
}

bool is_alphanumeric(std::string_view text) {
  for (char c : text)
    if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))) return false;
  return true;
}

bool is_region(std::string_view part) {
  return (part.size() == 2 && is_letters(part)) ||
         (part.size() == 3 && part.find_first_not_of("0123456789") == std::string_view::npos);
}

constexpr double kImplied = 0.01;

}  // namespace

LanguageTag split_tag(std::string_view tag) {
  LanguageTag out;
  size_t at = tag.find('-');
  out.language = tag.substr(0, at);
  while (at != std::string_view::npos) {
    const size_t next = tag.find('-', at + 1);
    const std::string_view part = tag.substr(at + 1, next == std::string_view::npos ? next : next - at - 1);
    if (out.script.empty() && out.region.empty() && part.size() == 4 && is_letters(part)) {
      out.script = part;
    } else if (out.region.empty() && is_region(part)) {
      out.region = part;
    } else {
      out.rest = tag.substr(at + 1);
      break;
    }
    at = next;
  }
  return out;
}

bool is_language_tag(std::string_view tag) {
  if (tag.empty() || tag.size() > 100) return false;
  const auto parts = split(tag, '-');
  const bool special = parts[0] == "i" || parts[0] == "x";
  if (!special && (parts[0].size() < 2 || parts[0].size() > 8 || !is_letters(parts[0]))) return false;
  if (special && parts.size() < 2) return false;
  for (size_t i = 1; i < parts.size(); ++i)
    if (parts[i].empty() || parts[i].size() > 8 || !is_alphanumeric(parts[i])) return false;
  return parts.back().size() > 1 || parts.size() == 1;
}

bool agree(std::string_view wanted, std::string_view tag, Agreement how) {
  if (wanted == "*") return true;
  if (tag.empty()) return false;
  const LanguageTag a = split_tag(wanted), b = split_tag(tag);
  if (!equal_nocase(a.language, b.language)) return false;
  if (how == Agreement::language) return true;
  if (!equal_nocase(a.region, b.region) || !equal_nocase(a.script, b.script)) return false;
  return how == Agreement::region || equal_nocase(a.rest, b.rest);
}

bool Languages::parse(std::string_view text, bool fall_back, Languages& out) {
  out.wishes_.clear();
  bool any = false;
  for (std::string_view item : split(text, ',')) {
    item = trim(item);
    if (item.empty()) continue;
    Wish wish;
    const size_t semicolon = item.find(';');
    wish.tag = std::string(trim(item.substr(0, semicolon)));
    if (semicolon != std::string_view::npos) {
      const std::string_view weight = trim(item.substr(semicolon + 1));
      const size_t equals = weight.find('=');
      if (equals != std::string_view::npos) {
        const std::string_view number = trim(weight.substr(equals + 1));
        std::from_chars(number.data(), number.data() + number.size(), wish.quality);
      }
    }
    if (wish.tag == "*") any = true;
    else if (!is_language_tag(wish.tag)) return false;
    out.wishes_.push_back(std::move(wish));
  }
  if (fall_back && !any && !out.wishes_.empty()) out.wishes_.push_back({"*", kImplied, true});
  std::stable_sort(out.wishes_.begin(), out.wishes_.end(), [](const Wish& a, const Wish& b) { return a.quality > b.quality; });
  return !out.wishes_.empty();
}

std::string Languages::text() const {
  std::string out;
  for (const Wish& wish : wishes_) {
    if (wish.implied) continue;
    if (!out.empty()) out += ", ";
    out += wish.tag;
    if (wish.quality == 1) continue;
    char number[32];
    const auto end = std::to_chars(number, number + sizeof number, wish.quality).ptr;
    out.append("; q=").append(number, end);
  }
  return out;
}

std::string Languages::parameter() const {
  std::string out;
  for (const Wish& wish : wishes_) {
    if (wish.implied) continue;
    if (wish.quality != 1) return text();
    out.append(out.empty() ? "" : ",").append(wish.tag);
  }
  return out;
}

bool Languages::take(std::string_view tag) const {
  return std::any_of(wishes_.begin(), wishes_.end(),
                     [&](const Wish& wish) { return wish.quality > 0 && agree(wish.tag, tag, Agreement::language); });
}

std::vector<std::string_view> Languages::tags() const {
  std::vector<std::string_view> out;
  for (const Wish& wish : wishes_)
    if (wish.quality > 0 && wish.tag != "*") out.push_back(wish.tag);
  return out;
}

}  // namespace witmed::terminology
