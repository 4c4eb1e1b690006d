#include "base/toml.h"

#include "base/error.h"

namespace witmed {

toml::table read_toml(std::string_view text, const std::string& place) {
  try {
    return toml::parse(text, place);
  } catch (const toml::parse_error& error) {
    throw Failure(place + ":" + std::to_string(error.source().begin.line) + ": " + std::string(error.description()));
  }
}

}  // namespace witmed
