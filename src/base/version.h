// The version of the program.
#pragma once
#include <string_view>

namespace witmed {

inline constexpr std::string_view kVersion = "0.1.0";

}  // namespace witmed
