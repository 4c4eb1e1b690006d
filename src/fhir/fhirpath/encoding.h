// encode(), decode(), escape(), unescape(): nothing for a format they do not know, or for text that is not of
// the format.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace witmed::fhir {

std::optional<std::string> encoded(std::string_view text, std::string_view format);  // hex, base64, urlbase64
std::optional<std::string> decoded(std::string_view text, std::string_view format);
std::optional<std::string> escaped(std::string_view text, std::string_view format);  // html, json
std::optional<std::string> unescaped(std::string_view text, std::string_view format);

}  // namespace witmed::fhir
