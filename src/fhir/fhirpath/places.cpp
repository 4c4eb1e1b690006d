#include "fhir/fhirpath/places.h"

#include <algorithm>

#include "fhir/fhirpath/utf8.h"

namespace witmed::fhir {

Places::Places(std::string_view text) : text_(text) {
  before_.reserve(text.size() + 1);
  uint32_t characters = 0;
  for (char c : text) {
    before_.push_back(characters - (begins_character(c) ? 0 : 1));  // inside a character: where it begins
    characters += begins_character(c);
  }
  before_.push_back(characters);
}

Places::Place Places::place(uint32_t byte) const {
  const std::string_view head = text_.substr(0, std::min<size_t>(byte, text_.size()));
  const size_t line = head.rfind('\n') + 1;  // npos + 1 = 0: the first line
  return {uint32_t(std::count(head.begin(), head.end(), '\n')) + 1,
          character(byte) - character(uint32_t(line)) + 1};
}

}  // namespace witmed::fhir
