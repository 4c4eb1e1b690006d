#include "generate/cradle.h"

#include <algorithm>

#include "generate/prevalence_table.h"
#include "generate/pyramid_fit.h"

namespace witmed::generate {
namespace {

constexpr int64_t kBirth = 100'000;
// Of deliveries, so 3.2 % of children: 3.10 % in the national near-miss surveillance of hospitals 2012–2020
// (BMC Pregnancy Childbirth 2022, doi 10.1186/s12884-022-04766-0, abstract).
constexpr uint32_t kTwinsPermille = 16;

// Of a hundred thousand women of that age and year.
int64_t rate(int32_t age) {
  if (age < 15 || age >= 50) return 0;
  return fertility()[static_cast<size_t>((age - 15) / 5)].births;
}

}  // namespace

Cradle::Cradle(uint64_t seed, const Window& window) : window_(window) {
  Random random(seed, 0, 6);
  for (auto& year : owed_)
    for (int64_t& cell : year) cell = random.below(kBirth);
}

int64_t Cradle::level(int32_t year, int64_t grown) const {
  if (year < kRecent) return 1000;
  auto group = static_cast<size_t>(year / 5);
  int64_t wanted = grown * PyramidFit::young_for_each(group) / (1'000'000 / kBirth);
  return exposed_[group] < 3 * kBirth ? 1300
                                      : std::clamp<int64_t>(wanted * 1000 / exposed_[group], 500, 3000);
}

std::vector<Cradle::Birth> Cradle::births(Random& random, Day woman, bool may, int64_t grown) {
  std::vector<Birth> born;
  int32_t now = age_on(woman, window_.end - 1);
  for (int32_t year = kYears - 1; year >= 0; --year) {
    int32_t age = now - year;
    int64_t expected = rate(age);
    if (expected == 0) continue;
    exposed_[static_cast<size_t>(year / 5)] += expected;
    int64_t& owed = owed_[static_cast<size_t>(year)][static_cast<size_t>((age - 15) / 5)];
    owed += expected * level(year, grown) / 1000;
    if (!may || age < 19 || owed < kBirth) continue;
    if (born.size() >= 3 || (born.size() == 2 && !random.chance(300))) continue;
    Day day = window_.end - 1 - 365 * year - static_cast<Day>(random.below(365));
    if (day < add_months(woman, 12 * 18) || (!born.empty() && day < born.back().day + 420)) continue;
    bool twins = random.chance(kTwinsPermille);
    owed -= twins ? 2 * kBirth : kBirth;
    born.push_back({day, twins});
  }
  return born;
}

}  // namespace witmed::generate
