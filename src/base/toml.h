// TOML (https://toml.io, 1.0) as settings and layouts are written in it. The one place that includes toml++.
//
// toml++ asserts that a table's name begins with a character of a name, right before it looks for itself and tells the mistake:
// a file with "[?x]" would end the process. Its assertions are left out, here and nowhere else. And where it looks for blanks, letters
// such as "é" or "、" lead to what it takes for impossible; TOML has them in texts and comments alone, so elsewhere they are refused before.
#pragma once
#include <string>
#include <string_view>

#ifdef TOML_ASSERT
#error "base/toml.h must be the first to include toml++"
#endif
#define TOML_ASSERT(expr) static_assert(true)
#define TOML_EXCEPTIONS 1
#include <toml++/toml.h>

namespace witmed {

// The table that `text` holds. Throws Failure "place:line: what is wrong" on text that is not TOML.
toml::table read_toml(std::string_view text, const std::string& place);

}  // namespace witmed
