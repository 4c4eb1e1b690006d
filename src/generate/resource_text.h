// Pieces of FHIR R4 JSON that every generated resource shares.
#pragma once
#include <string>
#include <string_view>

#include "generate/json_text.h"
#include "generate/systems.h"

namespace witmed::generate {

// Empties `out` and writes the head of a resource up to and including meta, without a closing brace.
inline void begin_resource(std::string& out, std::string_view type, std::string_view id) {
  out.clear();
  put(out, R"({"resourceType":")", type, R"(","id":")", id, R"(","meta":{"tag":[{"system":")", systems::kTag,
      R"(","code":"synthetic","display":"演示数据"}]})");
}

// A CodeableConcept with one coding; `display` and `text` may be empty.
inline void put_concept(std::string& out, std::string_view system, std::string_view code,
                        std::string_view display, std::string_view text) {
  put(out, R"({"coding":[{"system":")", system, R"(","code":")", code, '"');
  if (!display.empty()) put(out, R"(,"display":")", display, '"');
  out += "}]";
  if (!text.empty()) put(out, R"(,"text":")", text, '"');
  out += '}';
}

}  // namespace witmed::generate
