// The version of the program.
#pragma once
#include <string_view>

namespace witmed {

inline constexpr std::string_view kVersion = "0.1.0";
inline constexpr std::string_view kVersionDate = "2026-11-22";

}  // namespace witmed
