// Small helpers over text, ASCII only where case is concerned (HTTP names, settings).
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace witmed {

bool equal_nocase(std::string_view a, std::string_view b);
std::string lower(std::string_view text);
std::string_view trim(std::string_view text);  // spaces, tabs, line ends

// Parts between separators, empty ones kept; "" gives one empty part. Views into `text`.
std::vector<std::string_view> split(std::string_view text, char separator);

// A whole decimal number without sign, space or leading "+"; nullopt otherwise or beyond 64 bits.
std::optional<uint64_t> parse_unsigned(std::string_view text);

// Percent-encoding (RFC 3986). Decoding reads "+" as a space when `form` (application/x-www-form-urlencoded);
// nullopt on a broken escape. Encoding keeps unreserved characters and those of `keep`.
std::optional<std::string> percent_decode(std::string_view text, bool form);
void append_percent_encoded(std::string& out, std::string_view text, std::string_view keep = {});

// A JSON string literal with quotes. Bytes that are not UTF-8 come out as U+FFFD, so that a log line is
// always JSON.
void append_json_string(std::string& out, std::string_view text);

bool is_utf8(std::string_view text);

}  // namespace witmed
