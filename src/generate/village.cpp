#include "generate/village.h"

#include <algorithm>

#include "base/error.h"
#include "generate/chronic.h"
#include "generate/household.h"
#include "generate/place_json.h"
#include "generate/visit_writer.h"

namespace witmed::generate {
namespace {

class Counter : public Sink {
 public:
  explicit Counter(Sink& sink) : sink_(sink) {}
  void resource(std::string_view type, std::string_view json) override {
    ++count;
    sink_.resource(type, json);
  }
  uint64_t count = 0;

 private:
  Sink& sink_;
};

Window window_of(const Settings& settings) {
  if (settings.residents < 1 || settings.residents > 10'000'000)
    throw Failure("residents must be 1 … 10,000,000");
  if (settings.years < 1 || settings.years > 30) throw Failure("years must be 1 … 30");
  Day end = parse_day(settings.as_of);
  if (end < parse_day("2000-01-01") || end > parse_day("2099-12-31"))
    throw Failure("as_of must be 2000 … 2099");
  return {add_months(end, -12 * settings.years), end};
}

}  // namespace

Totals generate(const Settings& settings, Sink& sink, const Progress& progress) {
  Window window = window_of(settings);
  Counter counter(sink);
  Place place(settings.residents, settings.seed);
  write_place(place, counter);
  NumberOffice office;
  uint32_t done = 0;
  uint32_t next_long_illness = 0;  // the village that still lacks one
  for (uint32_t door = 1; done < settings.residents; ++door) {
    Random random(settings.seed, door, 2);
    Household household = make_household(random, window, settings.residents - done, done + 1, office);
    household.village = std::min(done / kResidentsPerVillage, place.villages() - 1);
    household.door = door;
    for (Person& person : household.members) {
      assign_diseases(random, window, person);
      if (household.village != next_long_illness || !fits_long_illness(person, window)) continue;
      give_long_illness(window, person);
      ++next_long_illness;
    }
    for (const Person& person : household.members) {
      VisitWriter(household, person, place, window, settings.seed, counter).write();
    }
    done += static_cast<uint32_t>(household.members.size());
    if (progress) progress(done, counter.count);
  }
  return {done, counter.count};
}

}  // namespace witmed::generate
