#include "fhir/validate/xhtml.h"

#include <algorithm>
#include <array>

namespace witmed::fhir {
namespace {

constexpr size_t kDepth = 128;  // nesting of tags in a narrative; the official examples reach 20
constexpr std::string_view kSpace = " \t\r\n";
// Active content and what belongs to the head of a page, never to a narrative.
constexpr std::string_view kForbidden[] = {
    "script", "iframe", "object", "embed", "form", "input", "button", "frame",    "frameset", "applet",
    "base",   "link",   "head",   "body",  "html", "meta",  "style",  "textarea", "select"};

std::string_view trim(std::string_view s) {
  const size_t begin = s.find_first_not_of(kSpace);
  return begin == s.npos ? std::string_view() : s.substr(begin, s.find_last_not_of(kSpace) - begin + 1);
}

bool in_name(char c) {
  const char lower = static_cast<char>(c | 0x20);
  return (lower >= 'a' && lower <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == ':' || c == '_' ||
         c == '.';
}

// Reads tag after tag. Attribute values may hold anything but "<".
class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) {}

  bool whole() {
    do {
      if (!tag()) return false;
      const size_t next = rest_.find('<');
      if (depth_ == 0) return trim(rest_).empty();
      if (next == rest_.npos) return false;
      rest_.remove_prefix(next);
    } while (true);
  }

 private:
  bool tag() {
    if (rest_.starts_with("<!--")) return depth_ && skip_behind("-->");
    if (rest_.starts_with("</")) return close();
    return open();
  }

  bool skip_behind(std::string_view mark) {
    const size_t at = rest_.find(mark);
    if (at == rest_.npos) return false;
    rest_.remove_prefix(at + mark.size());
    return true;
  }

  std::string_view word() {
    size_t end = 0;
    while (end < rest_.size() && in_name(rest_[end])) ++end;
    const std::string_view out = rest_.substr(0, end);
    rest_.remove_prefix(end);
    return out;
  }

  void skip_space() { rest_.remove_prefix(std::min(rest_.find_first_not_of(kSpace), rest_.size())); }

  bool close() {
    rest_.remove_prefix(2);
    const std::string_view name = word();
    skip_space();
    if (!depth_ || name != open_[depth_ - 1] || !rest_.starts_with('>')) return false;
    rest_.remove_prefix(1);
    --depth_;
    return true;
  }

  bool open() {
    rest_.remove_prefix(1);
    const std::string_view name = word();
    if (name.empty() || depth_ == kDepth || (depth_ == 0 && name != "div")) return false;
    if (std::find(std::begin(kForbidden), std::end(kForbidden), name) != std::end(kForbidden)) return false;
    for (skip_space(); !rest_.starts_with('>') && !rest_.starts_with("/>"); skip_space()) {
      if (!attribute()) return false;
    }
    const bool empty = rest_[0] == '/';
    rest_.remove_prefix(empty ? 2 : 1);
    if (!empty) open_[depth_++] = name;
    return true;
  }

  bool attribute() {
    const std::string_view name = word();
    if (name.empty() || name.starts_with("on")) return false;
    skip_space();
    if (!rest_.starts_with('=')) return false;
    rest_.remove_prefix(1);
    skip_space();
    if (rest_.empty() || (rest_[0] != '"' && rest_[0] != '\'')) return false;
    const size_t end = rest_.find(rest_[0], 1);
    if (end == rest_.npos || rest_.substr(0, end).find('<') != rest_.npos) return false;
    rest_.remove_prefix(end + 1);
    return true;
  }

  std::string_view rest_;
  std::array<std::string_view, kDepth> open_;
  size_t depth_ = 0;
};

bool is_entity(std::string_view word) {
  if (!word.starts_with('#')) return word == "lt" || word == "gt" || word == "amp" || word == "quot" || word == "apos";
  const bool hex = word.starts_with("#x");
  word.remove_prefix(hex ? 2 : 1);
  return !word.empty() && word.find_first_not_of(hex ? "0123456789abcdefABCDEF" : "0123456789") == word.npos;
}

}  // namespace

std::string_view foreign_entity(std::string_view text) {
  constexpr size_t kLongest = 12;
  for (size_t at = text.find('&'); at != text.npos; at = text.find('&', at + 1)) {
    const std::string_view rest = text.substr(at, kLongest);
    const size_t end = rest.find(';');
    if (end == rest.npos || !is_entity(rest.substr(1, end - 1))) return rest.substr(0, end == rest.npos ? 1 : end + 1);
  }
  return {};
}

bool is_narrative(std::string_view text) {
  const std::string_view body = trim(text);
  return body.starts_with("<div") && Scanner(body).whole();
}

}  // namespace witmed::fhir
