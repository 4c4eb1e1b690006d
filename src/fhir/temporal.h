// Dates and times as FHIR writes them (http://hl7.org/fhir/R4/datatypes.html#dateTime): parts of a date may
// be missing at its end, and a time may or may not have a zone. Shared by FHIRPath and search.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace witmed::fhir {

struct Temporal {
  enum class Precision : uint8_t { year, month, day, hour, minute, second, fraction };
  int32_t year = 1;
  uint8_t month = 1, day = 1, hour = 0, minute = 0, second = 0;
  uint8_t fraction_digits = 0;  // digits written after the second, at most 6 kept
  uint32_t microsecond = 0;
  Precision precision = Precision::year;
  bool has_zone = false;
  bool leap_second = false;  // written as :60, kept as the last second of its minute
  int16_t zone_minutes = 0;  // east of UTC positive
};

// Date, dateTime or instant: "2013", "2013-04", "2013-04-05", "2013-04-05T10", "…T10:20",
// "…T10:20:30.123+08:00". Nothing when it is none of these or no such day exists.
std::optional<Temporal> parse_date_time(std::string_view text);
// Time of day: "10", "10:20", "10:20:30.123". No zone.
std::optional<Temporal> parse_time(std::string_view text);

// What the text spans: microseconds since 1970 UTC, [low, high). Without a zone it is read in `zone_minutes`.
struct Span {
  int64_t low, high;
};
Span span(const Temporal& value, int zone_minutes);

// The moment at which it begins, microseconds since 1970 UTC.
int64_t instant(const Temporal& value, int zone_minutes);
// The reverse, to the microsecond and in the given zone.
Temporal from_instant(int64_t microseconds, int zone_minutes);

bool is_valid_day(int32_t year, unsigned month, unsigned day);
unsigned days_in_month(int32_t year, unsigned month);

// Back to text, as precise as it is. `time_of_day`: only "hh:mm:ss".
std::string to_text(const Temporal& value, bool time_of_day = false);

}  // namespace witmed::fhir
