#include "services/identity/division.h"

extern "C" {
extern const char witmed_division_begin[];
extern const char witmed_division_end[];
}

namespace witmed::identity {
namespace {

std::string_view table() { return {witmed_division_begin, static_cast<size_t>(witmed_division_end - witmed_division_begin)}; }

std::string_view line_at(size_t begin) { return table().substr(begin, table().find('\n', begin) - begin); }

}  // namespace

std::optional<std::string_view> division_name(std::string_view code) {
  const std::string_view all = table();
  size_t low = 0, high = all.size();
  while (low < high) {  // on lines: the middle is moved back to the beginning of its line
    size_t middle = low + (high - low) / 2;
    while (middle > low && all[middle - 1] != '\n') --middle;
    const std::string_view line = line_at(middle), key = line.substr(0, line.find('\t'));
    if (key == code) return line.substr(key.size() + 1);
    if (key < code)
      low = middle + line.size() + 1;
    else
      high = middle;
  }
  return std::nullopt;
}

std::string division_path(std::string_view county) {
  if (county.size() != 6) return {};
  const auto name = division_name(county), city = division_name(county.substr(0, 4)), province = division_name(county.substr(0, 2));
  if (!name || !province) return {};
  std::string path(*province);
  if (city && *city != "市辖区" && *city != "县" && !city->ends_with("直辖县级行政区划")) path += *city;
  return path += *name;
}

}  // namespace witmed::identity
