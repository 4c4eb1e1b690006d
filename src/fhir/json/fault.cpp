#include "fhir/json/fault.h"

#include <fmt/format.h>

#include <algorithm>

#include "fhir/json/broken_place.h"

namespace witmed::fhir {
namespace {

// Length of the valid UTF-8 sequence at `at`, 0 when it is none (RFC 3629: no overlong forms, no surrogates).
size_t sequence_length(std::string_view s, size_t at) {
  const auto byte = [&](size_t i) { return i < s.size() ? static_cast<unsigned char>(s[i]) : 0u; };
  const auto tail = [&](size_t i, unsigned low = 0x80, unsigned high = 0xBF) {
    return byte(i) >= low && byte(i) <= high;
  };
  const unsigned c = byte(at);
  if (c < 0x80) return 1;
  if (c >= 0xC2 && c <= 0xDF) return tail(at + 1) ? 2 : 0;
  if (c >= 0xE0 && c <= 0xEF) {
    return tail(at + 1, c == 0xE0 ? 0xA0 : 0x80, c == 0xED ? 0x9F : 0xBF) && tail(at + 2) ? 3 : 0;
  }
  if (c >= 0xF0 && c <= 0xF4) {
    return tail(at + 1, c == 0xF0 ? 0x90 : 0x80, c == 0xF4 ? 0x8F : 0xBF) && tail(at + 2) && tail(at + 3) ? 4
                                                                                                          : 0;
  }
  return 0;
}

// Offset of the string that is open at `stop`, or of the first control character in a string before it.
struct Strings {
  size_t open, control;
};
Strings scan_strings(std::string_view text) {
  bool inside = false;
  size_t open = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    if (!inside) {
      inside = text[i] == '"';
      open = i;
    } else if (text[i] == '\\') {
      ++i;
    } else if (text[i] == '"') {
      inside = false;
    } else if (static_cast<unsigned char>(text[i]) < 0x20) {
      return {open, i};
    }
  }
  return {inside ? open : text.npos, text.npos};
}

}  // namespace

Document::Place place_in(std::string_view text, uint32_t offset) { return places_in(text, {offset})[0]; }

std::vector<Document::Place> places_in(std::string_view text, const std::vector<uint32_t>& offsets) {
  std::vector<Document::Place> out;
  out.reserve(offsets.size());
  Document::Place place{1, 1};
  size_t at = 0;
  for (const uint32_t offset : offsets) {
    for (; at < std::min<size_t>(offset, text.size()); ++at) {
      if (text[at] == '\n')
        place = {place.line + 1, 1};
      else if ((text[at] & 0xC0) != 0x80)
        ++place.column;
    }
    out.push_back(place);
  }
  return out;
}

void reject_json(std::string_view text, uint32_t offset, std::string en, std::string zh, const char* code,
                 int status) {
  const auto [line, column] = place_in(text, offset);
  throw Rejection(status, {Issue{Severity::fatal,
                                 code,
                                 fmt::format("{} (line {}, column {})", en, line, column),
                                 fmt::format("{}（第 {} 行第 {} 列）", zh, line, column),
                                 object_around(text, offset),
                                 line,
                                 column}});
}

void reject_utf8(std::string_view text) {
  size_t at = 0;
  while (at < text.size()) {
    const size_t length = sequence_length(text, at);
    if (!length) break;
    at += length;
  }
  reject_json(text, static_cast<uint32_t>(at), "the text is not valid UTF-8", "文本不是有效的 UTF-8 编码");
}

void reject_control_character(std::string_view text) {
  const Strings found = scan_strings(text);
  reject_json(text, static_cast<uint32_t>(std::min(found.control, text.size())),
              "a string holds a control character: write it as an escape such as \\n",
              "字符串中含有控制字符，请用 \\n 等转义写法");
}

void reject_unclosed_string(std::string_view text) {
  const Strings found = scan_strings(text);
  if (found.control != text.npos) reject_control_character(text);
  reject_json(text, static_cast<uint32_t>(std::min(found.open, text.size())),
              "this string is not closed by a quote", "此字符串没有以引号结束");
}

}  // namespace witmed::fhir
