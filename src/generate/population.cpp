#include "generate/population.h"

#include <algorithm>

#include "base/error.h"

namespace witmed::generate {

Window window_of(const Settings& settings) {
  if (settings.residents < 1 || settings.residents > 10'000'000)
    throw Failure("residents must be 1 … 10,000,000");
  if (settings.years < 1 || settings.years > 30) throw Failure("years must be 1 … 30");
  Day end = parse_day(settings.as_of);
  if (end < parse_day("2000-01-01") || end > parse_day("2099-12-31"))
    throw Failure("as_of must be 2000 … 2099");
  return {add_months(end, -12 * settings.years), end};
}

Population::Population(const Settings& settings, const Window& window, const Numbering& numbering,
                       uint32_t villages)
    : residents_(settings.residents),
      seed_(settings.seed),
      window_(window),
      villages_(villages),
      registry_(settings.seed, window, numbering),
      diseases_(settings.seed) {}

Household Population::next() {
  Random random(seed_, ++door_, 2);
  Household household = make_household(random, registry_, residents_ - made_, made_ + 1);
  household.village = static_cast<uint32_t>(uint64_t{made_} * villages_ / residents_);
  household.door = door_;
  for (Person& person : household.members) {
    diseases_.assign(random, window_, person);
    if (made_ / kResidentsPerLongIllness < long_illnesses_ || !fits_long_illness(person, window_)) continue;
    give_long_illness(window_, person);
    ++long_illnesses_;
  }
  made_ += static_cast<uint32_t>(household.members.size());
  return household;
}

}  // namespace witmed::generate
