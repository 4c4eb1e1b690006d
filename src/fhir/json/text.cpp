#include "fhir/json/text.h"

#include <cstdint>

#include "fhir/json/document.h"

namespace witmed::fhir {
namespace {

// Four hexadecimal digits at `at`; -1 when they are not.
int32_t hex4(std::string_view s, size_t at) {
  if (at + 4 > s.size()) return -1;
  int32_t value = 0;
  for (size_t i = at; i < at + 4; ++i) {
    const char c = s[i], lower = static_cast<char>(c | 0x20);
    if (c >= '0' && c <= '9')
      value = value << 4 | (c - '0');
    else if (lower >= 'a' && lower <= 'f')
      value = value << 4 | (lower - 'a' + 10);
    else
      return -1;
  }
  return value;
}

bool is_high(int32_t unit) { return unit >= 0xD800 && unit < 0xDC00; }
bool is_low(int32_t unit) { return unit >= 0xDC00 && unit < 0xE000; }

void append_utf8(std::string& out, uint32_t c) {
  if (c < 0x80) {
    out += static_cast<char>(c);
  } else if (c < 0x800) {
    out += {static_cast<char>(0xC0 | c >> 6), static_cast<char>(0x80 | (c & 0x3F))};
  } else if (c < 0x10000) {
    out += {static_cast<char>(0xE0 | c >> 12), static_cast<char>(0x80 | (c >> 6 & 0x3F)),
            static_cast<char>(0x80 | (c & 0x3F))};
  } else {
    out += {static_cast<char>(0xF0 | c >> 18), static_cast<char>(0x80 | (c >> 12 & 0x3F)),
            static_cast<char>(0x80 | (c >> 6 & 0x3F)), static_cast<char>(0x80 | (c & 0x3F))};
  }
}

char simple_escape(char letter) {
  switch (letter) {
    case 'b': return '\b';
    case 'f': return '\f';
    case 'n': return '\n';
    case 'r': return '\r';
    case 't': return '\t';
    default: return letter;  // " \ /
  }
}

}  // namespace

size_t bad_escape(std::string_view body) {
  for (size_t at = body.find('\\'); at != body.npos; at = body.find('\\', at)) {
    const char letter = at + 1 < body.size() ? body[at + 1] : '\0';
    if (letter != 'u') {
      if (letter == '\0' || std::string_view("\"\\/bfnrt").find(letter) == body.npos) return at;
      at += 2;
      continue;
    }
    const int32_t unit = hex4(body, at + 2);
    if (unit < 0 || is_low(unit)) return at;
    if (is_high(unit)) {
      const bool pair = body.substr(at + 6, 2) == "\\u" && is_low(hex4(body, at + 8));
      if (!pair) return at;
      at += 6;
    }
    at += 6;
  }
  return body.npos;
}

void unescape(std::string_view body, std::string& out) {
  out.clear();
  size_t from = 0;
  for (size_t at = body.find('\\'); at != body.npos; at = body.find('\\', from)) {
    out.append(body, from, at - from);
    if (body[at + 1] != 'u') {
      out += simple_escape(body[at + 1]);
      from = at + 2;
      continue;
    }
    auto unit = static_cast<uint32_t>(hex4(body, at + 2));
    from = at + 6;
    if (is_high(static_cast<int32_t>(unit))) {
      unit = 0x10000 + ((unit - 0xD800) << 10) + (static_cast<uint32_t>(hex4(body, at + 8)) - 0xDC00);
      from = at + 12;
    }
    append_utf8(out, unit);
  }
  out.append(body, from);
}

std::string quote(std::string_view text) {
  static const char kHex[] = "0123456789abcdef";
  std::string out;
  out.reserve(text.size() + 2);
  out += '"';
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += {'\\', c};
    } else if (byte >= 0x20) {
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\r') {
      out += "\\r";
    } else if (c == '\t') {
      out += "\\t";
    } else {
      out += {'\\', 'u', '0', '0', kHex[byte >> 4], kHex[byte & 15]};
    }
  }
  out += '"';
  return out;
}

}  // namespace witmed::fhir
