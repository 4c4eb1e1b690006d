#include "generate/visit_writer.h"

namespace witmed::generate {

Scene VisitWriter::scene(const Institution& place, Department department) {
  return {chart_.new_id('e', &place), &place, &place.of(department, random_.below(64)), now_};
}

Milli VisitWriter::take(const Scene& scene, Measure measure) {
  Milli value = body_.measure(measure);
  chart_.observation(scene, measure, value, adult());
  return value;
}

void VisitWriter::take_pressure(const Scene& scene) {
  BloodPressure reading = body_.blood_pressure();
  control_.pressure_high = reading.systolic >= 150;
  chart_.blood_pressure(scene, reading, adult());
}

void VisitWriter::report(const Scene& scene, const Panel& panel) {
  chart_.report(scene, panel, body_, scene.place->of(Department::laboratory, random_.below(8)));
}

bool VisitWriter::pregnant() const {
  return std::any_of(person_.deliveries.begin(), person_.deliveries.end(),
                     [&](Day day) { return now_.day > day - 280 && now_.day <= day; });
}

void VisitWriter::prescribe(const Scene& scene, Drug drug, int32_t days, const std::string& condition,
                            std::string_view reason) {
  drug = safe(person_, drug, now_.day, pregnant());
  if (drug != Drug::none) chart_.medication(scene, drug, days, condition, reason, !adult());
}

void VisitWriter::renew(const Scene& scene, Disease disease, int32_t days) {
  control_.kidney = body_.kidney_function();
  for (Drug drug : regimen(person_, disease, now_.day, control_)) {
    prescribe(scene, drug, days, problem(scene, disease), row_of(disease).zh);
  }
}

void VisitWriter::vitals(const Scene& at) {
  take(at, Measure::height);
  take(at, Measure::weight);
  take(at, Measure::body_mass_index);
  if (adult()) take_pressure(at);
  take(at, Measure::heart_rate);
}

}  // namespace witmed::generate
