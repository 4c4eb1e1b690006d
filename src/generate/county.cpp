#include "generate/county.h"

#include "generate/household_json.h"
#include "generate/place_json.h"
#include "generate/population.h"
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
  void truth(const Truth& row) override { sink_.truth(row); }
  uint64_t count = 0;

 private:
  Sink& sink_;
};

}  // namespace

Totals generate(const Settings& settings, Sink& sink, const Progress& progress) {
  Window window = window_of(settings);
  Counter counter(sink);
  Numbering numbering(settings.seed);
  Place place(settings.residents, settings.seed, numbering);
  write_place(place, counter);
  Population population(settings, window, numbering, place.villages());
  while (!population.done()) {
    Household household = population.next();
    for (const Person& person : household.members) {
      VisitWriter(household, person, place, window, settings.seed, counter).write();
    }
    write_household(household, place, window.end, counter);
    if (progress) progress(population.made(), counter.count);
  }
  return {population.made(), counter.count};
}

}  // namespace witmed::generate
