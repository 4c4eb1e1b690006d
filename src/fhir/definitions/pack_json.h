// Reading JSON for pack_definitions: what is absent is empty.
#pragma once
#include <simdjson.h>

#include <stdexcept>
#include <string>

namespace witmed::fhir::pack {

using simdjson::dom::element;

inline element load(simdjson::dom::parser& parser, const std::string& path) {
  element root;
  if (auto error = parser.load(path).get(root))
    throw std::runtime_error(path + ": " + simdjson::error_message(error));
  return root;
}

inline std::string text_of(element e, const char* key) {
  std::string_view v;
  return e[key].get(v) == simdjson::SUCCESS ? std::string(v) : std::string();
}

inline simdjson::dom::array list_of(element e, const char* key) {
  static simdjson::dom::parser none;
  static const simdjson::dom::array empty = none.parse("[]", 2).get_array();
  simdjson::dom::array v;
  return e[key].get(v) == simdjson::SUCCESS ? v : empty;
}

}  // namespace witmed::fhir::pack
