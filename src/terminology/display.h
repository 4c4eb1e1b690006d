// Displays as people compare them.
#pragma once
#include <string>
#include <string_view>

namespace witmed::terminology {

// The same but for case.
bool same_display(std::string_view a, std::string_view b);
// The same but for case and white space.
bool same_words(std::string_view a, std::string_view b);

}  // namespace witmed::terminology
