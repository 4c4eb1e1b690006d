#include "fhir/json/broken_place.h"

#include <algorithm>
#include <cctype>
#include <vector>

#include "base/limits.h"

namespace witmed::fhir {
namespace {

struct Frame {
  bool array;
  std::string_view key;    // of what is being read, in an object
  std::string_view last;   // the last string, a key when ":" follows
  size_t item = 0;         // index of what is being read, in an array
};

std::string_view string_at(std::string_view text, size_t open) {
  size_t end = open + 1;
  while (end < text.size() && text[end] != '"' && text[end] != '\n') end += text[end] == '\\' ? 2 : 1;
  return text.substr(open + 1, std::min(end, text.size()) - open - 1);
}

bool is_name(std::string_view word) {
  return !word.empty() && std::all_of(word.begin(), word.end(), [](unsigned char c) { return std::isalnum(c) || c == '_'; });
}

// What the text says it is, wherever in it: behind the break too.
std::string_view resource_type(std::string_view text) {
  constexpr std::string_view key = "resourceType";
  const size_t at = text.find(key);
  if (at == text.npos) return {};
  const size_t open = text.find('"', text.find(':', at + key.size()));
  const std::string_view type = open == text.npos ? std::string_view{} : string_at(text, open);
  return is_name(type) ? type : std::string_view{};
}

}  // namespace

std::string object_around(std::string_view text, uint32_t offset) {
  const std::string_view type = resource_type(text);
  if (type.empty()) return {};
  const std::string_view before = text.substr(0, offset);
  std::vector<Frame> open;
  for (size_t i = 0; i < before.size(); ++i) {
    const char c = before[i];
    if (c == '{' || c == '[') {
      if (open.size() == limits::kJsonDepth) return std::string(type);
      open.push_back({c == '[', {}, {}});
      continue;
    }
    if (open.empty()) continue;
    Frame& top = open.back();
    if (c == '"') {
      top.last = string_at(before, i);
      i += top.last.size() + 1;
    } else if (c == ':') {
      top.key = top.last;
    } else if (c == ',') {
      ++top.item;
    } else if (c == '}' || c == ']') {
      open.pop_back();
    }
  }
  while (!open.empty() && open.back().array) open.pop_back();
  std::string out(type);
  for (size_t i = 0; i + 1 < open.size(); ++i) {
    if (open[i].array) out += "[" + std::to_string(open[i].item) + "]";
    else if (is_name(open[i].key)) out.append(".").append(open[i].key);
    else break;
  }
  return out;
}

}  // namespace witmed::fhir
