// Location near: places within a distance of a point.
#include <charconv>
#include <cmath>
#include <optional>

#include "fhir/search/query.h"
#include "fhir/search/query_text.h"
#include "fhir/search/query_value.h"
#include "fhir/ucum/ucum.h"

namespace witmed::fhir {
namespace {

constexpr double kEarthRadius = 6'371'008.8;  // metres; mean radius R1 of the IUGG for WGS 84
constexpr double kNear = 5'000;               // metres, when no distance is given

std::optional<double> number(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() && std::isfinite(value) ? std::optional(value) : std::nullopt;
}

// Of one unit, in metres. UCUM's codes, and "mi" and "ft" as people write them.
std::optional<double> metres(std::string_view unit) {
  if (unit.empty()) return 1000;  // "If the units are omitted, then kms should be assumed"
  if (unit == "mi") unit = "[mi_i]";
  if (unit == "ft") unit = "[ft_i]";
  const auto known = ucum::parse(unit);
  return known && known->base == "m" ? std::optional(known->factor) : std::nullopt;
}

}  // namespace

double distance(double latitude, double longitude, double other_latitude, double other_longitude) {
  const auto radians = [](double degrees) { return degrees * 3.14159265358979323846 / 180; };
  const double a = radians(latitude), b = radians(other_latitude), half = radians(other_longitude - longitude) / 2;
  const double s = std::sin((b - a) / 2), t = std::sin(half);
  return 2 * kEarthRadius * std::asin(std::min(1.0, std::sqrt(s * s + std::cos(a) * std::cos(b) * t * t)));
}

QueryValue parse_near(std::string_view name, std::string_view text) {
  const auto parts = split_escaped(text, '|');
  const auto latitude = number(parts[0]), longitude = parts.size() > 1 ? number(parts[1]) : std::nullopt;
  if (parts.size() > 4 || !latitude || !longitude || std::abs(*latitude) > 90 || std::abs(*longitude) > 180)
    reject("value", name, "latitude|longitude|distance|unit is expected", "应为 纬度|经度|距离|单位");
  QueryValue value;
  value.number = *latitude;
  value.canonical = *longitude;
  value.high_number = kNear;
  if (parts.size() > 2 && !parts[2].empty()) {
    const auto far = number(parts[2]), unit = metres(parts.size() > 3 ? unescape_value(parts[3]) : std::string());
    if (!far || *far < 0) reject("value", name, "the distance is a number", "距离应为数字");
    if (!unit) reject("value", name, "the unit is one of length, such as km or m", "单位应为长度单位，如 km 或 m");
    value.high_number = *far * *unit;
  }
  return value;
}

}  // namespace witmed::fhir
