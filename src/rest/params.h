// Parameters of an address or of a form body, decoded, in the order written.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace witmed::rest {

using Params = std::vector<std::pair<std::string, std::string>>;

// Appends. Throws Rejection(400): broken escapes, text that is not UTF-8, more than limits::kSearchParams of
// them.
void read_params(std::string_view query, Params& params);
const std::string* find_param(const Params& params, std::string_view name);
// "name=value&…", encoded; empty values are kept.
void append_params(std::string& out, const Params& params);

}  // namespace witmed::rest
