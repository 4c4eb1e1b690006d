// Doses of the national immunisation programme in the order children get them.
#pragma once
#include <cstdint>
#include <span>
#include <string_view>

namespace witmed::generate {

struct Dose {
  std::string_view code;  // as the programme abbreviates the vaccine
  std::string_view zh;
  std::string_view target;  // the disease, zh
  int32_t number;           // of this vaccine's doses
  int32_t of;
  int32_t months;  // age due
  std::string_view route;
};
std::span<const Dose> doses();

}  // namespace witmed::generate
