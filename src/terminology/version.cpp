#include "terminology/version.h"

#include <array>
#include <cstddef>

namespace witmed::terminology {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_number(std::string_view text) {
  for (char c : text)
    if (!is_digit(c)) return false;
  return !text.empty();
}

bool is_open(std::string_view part) { return part == "x" || part == "X" || part == "*"; }

// major.minor.patch-label; parts that are not there are empty.
struct Numbered {
  std::array<std::string_view, 3> parts;
  size_t count = 0;
  std::string_view label;
};

bool read_numbered(std::string_view text, bool open, Numbered& out) {
  const size_t end = text.find_first_of("-+");
  if (end != std::string_view::npos) {
    out.label = text.substr(end);
    text = text.substr(0, end);
  }
  while (out.count < 3) {
    const size_t dot = text.find('.');
    const std::string_view part = text.substr(0, dot);
    if (!is_number(part) && !(open && is_open(part))) return false;
    out.parts[out.count++] = part;
    if (dot == std::string_view::npos) return true;
    text.remove_prefix(dot + 1);
  }
  return false;
}

// Three numbers.
bool is_semver(std::string_view version) {
  Numbered read;
  return read_numbered(version, false, read) && read.count == 3;
}

bool numbered_matches(std::string_view wanted, std::string_view version) {
  const bool rest_open = wanted.ends_with('?');
  if (rest_open) wanted.remove_suffix(1);
  Numbered asked, is;
  if (!read_numbered(wanted, true, asked) || !read_numbered(version, false, is)) return false;
  for (size_t i = 0; i < asked.count; ++i)
    if (!is_open(asked.parts[i]) && asked.parts[i] != is.parts[i]) return false;
  if (asked.count < is.count) return rest_open || is_open(asked.parts[asked.count - 1]);
  return rest_open || asked.label == is.label;
}

// A run of digits or of anything else.
std::string_view next_run(std::string_view& text) {
  size_t n = 0;
  while (n < text.size() && is_digit(text[n]) == is_digit(text[0])) ++n;
  const std::string_view run = text.substr(0, n);
  text.remove_prefix(n);
  return run;
}

int compare_numbers(std::string_view a, std::string_view b) {
  while (a.size() > 1 && a[0] == '0') a.remove_prefix(1);
  while (b.size() > 1 && b[0] == '0') b.remove_prefix(1);
  if (a.size() != b.size()) return a.size() < b.size() ? -1 : 1;
  return a.compare(b);
}

}  // namespace

Canonical split_canonical(std::string_view text) {
  const size_t bar = text.find('|');
  if (bar == std::string_view::npos) return {text, {}};
  return {text.substr(0, bar), text.substr(bar + 1)};
}

bool is_pattern(std::string_view version) {
  if (version.ends_with('?')) return true;
  Numbered read;
  if (!read_numbered(version, true, read)) return false;
  for (size_t i = 0; i < read.count; ++i)
    if (is_open(read.parts[i])) return true;
  return false;
}

bool version_matches(std::string_view wanted, std::string_view version) {
  if (wanted.empty() || wanted == version) return true;
  if (is_semver(version)) return numbered_matches(wanted, version);
  if (is_number(version)) return false;
  return version.starts_with(wanted);
}

int compare_versions(std::string_view a, std::string_view b) {
  while (!a.empty() && !b.empty()) {
    const std::string_view x = next_run(a), y = next_run(b);
    const bool numbers = is_digit(x[0]) && is_digit(y[0]);
    if (const int order = numbers ? compare_numbers(x, y) : x.compare(y)) return order;
  }
  if (a.empty() && b.empty()) return 0;
  const int longer = a.empty() ? -1 : 1;
  const std::string_view rest = a.empty() ? b : a;
  return rest[0] == '-' ? -longer : longer;
}

}  // namespace witmed::terminology
