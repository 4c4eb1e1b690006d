// Numbers that identify people and institutions: formally right, and certain to be nobody's.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "generate/calendar.h"

namespace witmed::generate {

// Province code 47 has never been assigned in GB/T 2260 (41–46 are the last of the region), so no identity
// number, present or past, begins with it; the county 470121 therefore exists only here.
inline constexpr std::string_view kRegionCode = "470121";

// GB 11643-1999 (ISO 7064 MOD 11-2): the 18th character of the first 17 digits.
char resident_check_digit(std::string_view seventeen);
// Region, birth date, sequence (0 … 999; odd is male), check digit.
std::string resident_number(std::string_view region, Day birth, uint32_t sequence);
// GB 32100-2015: the 18th character of the first 17; the alphabet has no I, O, S, V, Z.
char institution_check_character(std::string_view seventeen);
// GB 11714-1997: the 9th character of an organisation code, over its first 8.
char organisation_check_character(std::string_view eight);
// A unified social credit code of a public institution (登记管理部门 1 机构编制, category 2 事业单位) of the
// region.
std::string institution_code(std::string_view region, uint32_t serial);
// Eleven digits beginning 100: no operator has that segment; `serial` below 10^8.
std::string telephone(uint32_t serial);

}  // namespace witmed::generate
