// Reading the record for an operation.
#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "services/operation.h"

namespace witmed::keeping {

using SearchParams = std::vector<std::pair<std::string, std::string>>;

// The current version. Throws Rejection: 404 when there never was one, 410 when it was deleted.
record::Version current(const services::Request& request, std::string_view type, std::string_view id);
record::Version current(const services::Request& request);  // the instance of the request
// "Patient/x", or "x" when the type is clear; throws Rejection(400) when it names another type.
std::string id_of(std::string_view type, std::string_view reference);

// At most `count` matches.
std::vector<record::Version> found(const services::Request& request, std::string_view type, SearchParams params, uint32_t count);
// All matches; throws Rejection(422) when there are more than `most`, so that an act never covers a part in silence.
std::vector<record::Version> all_found(const services::Request& request, std::string_view type, SearchParams params, uint32_t most);
bool any(const services::Request& request, std::string_view type, SearchParams params);

// A value inside a search parameter: "," "|" "$" and "\" escaped.
std::string escaped(std::string_view value);
// "system|value", escaped and percent-encoded: for the condition of a create.
void append_token(std::string& out, std::string_view system, std::string_view value);

}  // namespace witmed::keeping
