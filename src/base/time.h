// Instants as text. An instant is microseconds since 1970-01-01T00:00:00 UTC (proleptic Gregorian calendar).
// FHIR instant: http://hl7.org/fhir/R4/datatypes.html#instant; HTTP-date: RFC 9110 section 5.6.7.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace witmed {

struct CivilDate {
  int64_t year;
  unsigned month, day;  // from 1
};

int64_t days_from_civil(CivilDate date);  // days since 1970-01-01
CivilDate civil_from_days(int64_t days);

// "2024-02-29T08:00:00.123Z"; `digits` of the second's fraction: 0, 3 or 6. `zone_minutes` east of UTC writes
// "+08:00".
void append_instant(std::string& out, int64_t micros, int digits = 3, int zone_minutes = 0);
std::string format_instant(int64_t micros, int digits = 3, int zone_minutes = 0);

// A whole instant with zone ("Z" or ±hh:mm), fraction of any length (beyond microseconds cut off); a leap
// second counts as the next second. nullopt when it is anything else.
std::optional<int64_t> parse_instant(std::string_view text);

// "Thu, 29 Feb 2024 08:00:00 GMT"
std::string format_http_date(int64_t micros);
std::optional<int64_t> parse_http_date(std::string_view text);

}  // namespace witmed
