// Characters of names that are typed for one another: same sound or nearly the same look.
#pragma once
#include <span>
#include <string_view>

namespace witmed::generate {

struct Slip {
  std::string_view right;
  std::string_view wrong;
};
std::span<const Slip> slips();

}  // namespace witmed::generate
