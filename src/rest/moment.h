// Dates and instants in parameters of history and operations, partial ones included ("2024", "2024-02", …).
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace witmed::rest {

struct Moment {
  int64_t low, high;  // what the text spans, microseconds since 1970 UTC: [low, high)
};

// A text without zone is in the zone of the region. Throws Rejection(400) naming the parameter.
Moment read_moment(std::string_view param, std::string text, int zone_minutes);

}  // namespace witmed::rest
