// How a text that is no JSON document is refused: what, why, where. Slow paths only.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "fhir/json/document.h"

namespace witmed::fhir {

// 1-based line and column, in characters, of an offset.
Document::Place place_in(std::string_view text, uint32_t offset);

// The same of many offsets, which must ascend: one pass over the text however many they are.
std::vector<Document::Place> places_in(std::string_view text, const std::vector<uint32_t>& offsets);

[[noreturn]] void reject_json(std::string_view text, uint32_t offset, std::string en, std::string zh,
                              const char* code = "structure", int status = 400);

// What simdjson's first stage refuses without saying where.
[[noreturn]] void reject_utf8(std::string_view text);
[[noreturn]] void reject_control_character(std::string_view text);
[[noreturn]] void reject_unclosed_string(std::string_view text);

}  // namespace witmed::fhir
