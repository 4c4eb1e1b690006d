#include "generate/growth.h"

#include <iterator>

namespace witmed::generate::growth {
namespace {

struct Point {
  int32_t months;
  int32_t boys;
  int32_t girls;
};

// Median length or height, tenths of a centimetre, near the Chinese growth standard of 2009 (rounded, from
// memory).
constexpr Point kHeight[] = {{0, 504, 497},     {3, 620, 606},     {6, 684, 668},     {12, 765, 750},
                             {24, 885, 872},    {36, 968, 956},    {48, 1041, 1031},  {60, 1113, 1102},
                             {72, 1177, 1166},  {84, 1240, 1225},  {96, 1300, 1285},  {108, 1354, 1341},
                             {120, 1402, 1401}, {132, 1453, 1466}, {144, 1519, 1524}, {156, 1595, 1563},
                             {168, 1659, 1586}, {180, 1698, 1598}, {192, 1716, 1601}, {204, 1723, 1603},
                             {216, 1727, 1606}};
// Head circumference, tenths of a centimetre.
constexpr Point kHead[] = {{0, 345, 340},  {3, 410, 400},  {6, 435, 426}, {12, 464, 454},
                           {24, 485, 475}, {36, 496, 486}, {72, 511, 502}};
// Body mass index, hundredths, the same for both.
constexpr Point kIndex[] = {{0, 1330, 1330},   {6, 1730, 1730},   {12, 1690, 1690},
                            {36, 1560, 1560},  {66, 1530, 1530},  {96, 1600, 1600},
                            {132, 1760, 1760}, {168, 1920, 1920}, {216, 2140, 2140}};

template <size_t N>
int32_t at(const Point (&points)[N], bool male, int32_t age_days) {
  int32_t days = age_days < 0 ? 0 : age_days;
  auto value = [male](const Point& p) { return male ? p.boys : p.girls; };
  auto day = [](const Point& p) { return p.months * 3044 / 100; };
  if (days >= day(points[N - 1])) return value(points[N - 1]);
  size_t i = 1;
  while (day(points[i]) <= days) ++i;
  const Point& a = points[i - 1];
  const Point& b = points[i];
  return value(a) + (value(b) - value(a)) * (days - day(a)) / (day(b) - day(a));
}

}  // namespace

Milli height(bool male, int32_t age_days, Milli adult) {
  int32_t full = male ? 172'700 : 160'600;
  return static_cast<Milli>(int64_t{at(kHeight, male, age_days)} * 100 * adult / full);
}

Milli body_mass_index(int32_t age_days, Milli adult) {
  return static_cast<Milli>(int64_t{at(kIndex, true, age_days)} * 10 * adult / 21'400);
}

Milli head(bool male, int32_t age_days) { return at(kHead, male, age_days) * 100; }

}  // namespace witmed::generate::growth
