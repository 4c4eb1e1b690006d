#include "fhir/fhirpath/encoding.h"

#include <array>
#include <cstdint>

#include "base/text.h"
#include "fhir/fhirpath/utf8.h"

namespace witmed::fhir {
namespace {

constexpr std::string_view kBase64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view kUrlBase64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::string_view kHex = "0123456789abcdef";

struct Entity {
  std::string_view name;
  std::string_view character;
};
constexpr Entity kEntities[] = {
    {"&amp;", "&"}, {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&#39;", "'"}};

std::string to_base64(std::string_view text, std::string_view alphabet) {
  std::string out;
  for (size_t i = 0; i < text.size(); i += 3) {
    uint32_t bits = 0;
    size_t bytes = std::min<size_t>(3, text.size() - i);
    for (size_t k = 0; k < 3; ++k)
      bits = bits << 8 | (k < bytes ? static_cast<unsigned char>(text[i + k]) : 0u);
    for (size_t k = 0; k < 4; ++k) out += k <= bytes ? alphabet[(bits >> (18 - 6 * k)) & 63] : '=';
  }
  return out;
}

std::optional<std::string> from_base64(std::string_view text, std::string_view alphabet) {
  std::string out;
  uint32_t bits = 0;
  int count = 0;
  while (!text.empty() && text.back() == '=') text.remove_suffix(1);
  for (char c : text) {
    size_t value = alphabet.find(c);
    if (value == std::string_view::npos) return std::nullopt;
    bits = bits << 6 | uint32_t(value);
    if ((count += 6) >= 8) out += char(bits >> (count -= 8) & 0xFF);
  }
  return out;
}

std::optional<std::string> from_hex(std::string_view text) {
  if (text.size() % 2 != 0) return std::nullopt;
  std::string out;
  for (size_t i = 0; i < text.size(); i += 2) {
    size_t high = kHex.find(char(text[i] | 32)), low = kHex.find(char(text[i + 1] | 32));
    if (high == std::string_view::npos || low == std::string_view::npos) return std::nullopt;
    out += char(high << 4 | low);
  }
  return out;
}

std::string unescaped_html(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size();) {
    const Entity* found = nullptr;
    for (const Entity& entity : kEntities) {
      if (text.substr(i).starts_with(entity.name)) found = &entity;
    }
    out += found != nullptr ? found->character : text.substr(i, 1);
    i += found != nullptr ? found->name.size() : 1;
  }
  return out;
}

std::optional<std::string> unescaped_json(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\') {
      out += text[i];
      continue;
    }
    if (++i >= text.size()) return std::nullopt;
    switch (text[i]) {
      case 'n': out += '\n'; break;
      case 'r': out += '\r'; break;
      case 't': out += '\t'; break;
      case 'f': out += '\f'; break;
      case 'b': out += '\b'; break;
      case 'u': {
        auto bytes = i + 4 < text.size() ? from_hex(text.substr(i + 1, 4)) : std::nullopt;
        if (!bytes) return std::nullopt;
        uint32_t code =
            uint32_t(static_cast<unsigned char>((*bytes)[0])) << 8 | static_cast<unsigned char>((*bytes)[1]);
        if (code >= 0xD800 && code < 0xE000) return std::nullopt;
        append_utf8(out, code);
        i += 4;
        break;
      }
      default: out += text[i];
    }
  }
  return out;
}

}  // namespace

std::optional<std::string> encoded(std::string_view text, std::string_view format) {
  if (format == "base64") return to_base64(text, kBase64);
  if (format == "urlbase64") return to_base64(text, kUrlBase64);
  if (format != "hex") return std::nullopt;
  std::string out;
  for (char c : text) {
    out += kHex[static_cast<unsigned char>(c) >> 4];
    out += kHex[c & 15];
  }
  return out;
}

std::optional<std::string> decoded(std::string_view text, std::string_view format) {
  if (format == "base64") return from_base64(text, kBase64);
  if (format == "urlbase64") return from_base64(text, kUrlBase64);
  if (format == "hex") return from_hex(text);
  return std::nullopt;
}

std::optional<std::string> escaped(std::string_view text, std::string_view format) {
  if (format == "json") {
    std::string quoted;
    append_json_string(quoted, text);
    return quoted.substr(1, quoted.size() - 2);
  }
  if (format != "html") return std::nullopt;
  std::string out;
  for (char c : text) {
    const Entity* found = nullptr;
    for (const Entity& entity : kEntities) {
      if (entity.character[0] == c) found = &entity;
    }
    found != nullptr ? void(out += found->name) : void(out += c);
  }
  return out;
}

std::optional<std::string> unescaped(std::string_view text, std::string_view format) {
  if (format == "json") return unescaped_json(text);
  if (format == "html") return unescaped_html(text);
  return std::nullopt;
}

}  // namespace witmed::fhir
