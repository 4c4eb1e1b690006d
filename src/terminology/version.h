// Versions of terminology resources: which one a reference means, and which is newer. What a version looks like is up to its
// publisher; numbers with points (semver.org), dates and release names are told apart by their form.
#pragma once
#include <string_view>

namespace witmed::terminology {

// "url|version" taken apart; version empty where there is none. A fragment (#…) stays with the url.
struct Canonical {
  std::string_view url, version;
};
Canonical split_canonical(std::string_view text);

// Does `version` answer to `wanted`? Equal; of three numbers also by places left open ("1.x", "1.0.*", "1?": 1 and all its
// parts); else by its beginning ("2019" takes "2019-03", as editions are named). An empty `wanted` takes all.
bool version_matches(std::string_view wanted, std::string_view version);
// Places left open.
bool is_pattern(std::string_view version);

// Negative: `a` is older. Numbers count as numbers, "1.0.0-rc" is older than "1.0.0".
int compare_versions(std::string_view a, std::string_view b);

}  // namespace witmed::terminology
