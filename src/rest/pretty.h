// _pretty: minified JSON with line breaks and two spaces a level. `json` must be well formed.
#pragma once
#include <string>
#include <string_view>

namespace witmed::rest {

std::string pretty_json(std::string_view json);

}  // namespace witmed::rest
