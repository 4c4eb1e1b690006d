// One value of a search parameter, read by the parameter's type.
#pragma once
#include <string_view>

#include "fhir/search/query.h"

namespace witmed::fhir {

struct ValueSyntax {
  const SearchParam& param;
  Modifier modifier;
  const ParseSettings& settings;
  std::string_view name;  // as written, for messages
};

// `text` still has its escapes. Throws Rejection(400) naming the parameter.
QueryValue parse_value(const ValueSyntax& syntax, std::string_view text);

// A date with prefix, as _lastUpdated has it too.
QueryValue parse_date_value(std::string_view name, std::string_view text, const ParseSettings& settings);

// latitude|longitude|distance|unit of Location near (http://hl7.org/fhir/R4/location.html#search).
QueryValue parse_near(std::string_view name, std::string_view text);

[[noreturn]] void reject(const char* code, std::string_view name, std::string_view en, std::string_view zh);

}  // namespace witmed::fhir
