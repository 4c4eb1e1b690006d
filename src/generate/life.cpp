#include "generate/visit_writer.h"

namespace witmed::generate {

VisitWriter::VisitWriter(const Household& household, const Person& person, const Place& place,
                         const Window& window, uint64_t seed, Sink& sink)
    : person_(person),
      window_(window),
      random_(seed, person.number, 3),
      clinic_(place.village(household.village)),
      centre_(*clinic_.parent),
      hospital_(place.county()),
      chart_(household, person, place, window.end, sink),
      body_(person, random_) {}

uint64_t VisitWriter::write() {
  std::vector<Visit> visits = schedule(person_, window_, random_);
  Day start = std::max(window_.start, person_.birth);
  chart_.patient();
  chart_.relatives();
  chart_.coverage(start);
  history(start);
  Moment free{start, 0};  // he is still with the last visit until then
  for (const Visit& visit : visits) {
    Moment at = visit.at;
    if (at.day < free.day || (at.day == free.day && at.minute < free.minute)) {
      if (visit.kind != VisitKind::diagnosis) continue;
      at = free;  // found while he was in care for something else
      if (at.day >= std::min(window_.end, person_.end())) continue;
    }
    if (visit.kind == VisitKind::delivery && at != visit.at) continue;
    now_ = at;
    body_.advance(at.day);
    body_.set_dialysis(person_.dialysis_start() <= at.day);
    free = dispatch(visit);
  }
  return chart_.written();
}

void VisitWriter::history(Day start) {
  Scene scene{"", &clinic_, &clinic_.of(Department::general, person_.number), {start, 540}};
  bool contracted = random_.chance(420) || person_.has(Disease::hypertension, window_.end) ||
                    person_.has(Disease::diabetes, window_.end) || age_on(person_.birth, start) >= 60;
  if (contracted && start + 200 < std::min(window_.end, person_.end())) {
    Scene at_centre{"", &centre_, &centre_.of(Department::general, person_.number), {start, 540}};
    team_ = chart_.care_team(
        at_centre, start,
        {scene.author, at_centre.author, &centre_.of(Department::public_health, person_.number)});
  }
  if (person_.penicillin_allergy) chart_.allergy(scene);
  for (size_t i = 0; i < kDiseases; ++i) {
    if (person_.onset[i] >= start) continue;
    scene.at = {person_.onset[i], 600};
    problem(scene, static_cast<Disease>(i));
  }
}

void VisitWriter::problem(const Scene& scene, Disease disease) {
  const DiseaseRow& row = row_of(disease);
  std::string& id = problems_[static_cast<size_t>(disease)];
  id = chart_.new_id('c');
  chart_.condition(id, scene, {row.icd, row.zh, row.en, true, person_.onset_of(disease)});
  bool managed = disease == Disease::hypertension || disease == Disease::diabetes;
  if (!managed) return;
  chart_.care_plan(scene, disease == Disease::hypertension ? "高血压患者健康管理" : "2型糖尿病患者健康管理",
                   disease == Disease::hypertension ? "血压控制在140/90mmHg以下；低盐饮食，每年至少4次随访"
                                                    : "空腹血糖控制在7.0mmol/L以下；每年至少4次随访",
                   scene.at.day >= window_.start ? team_ : std::string(), id);
}

Moment VisitWriter::dispatch(const Visit& visit) {
  switch (visit.kind) {
    case VisitKind::diagnosis: return diagnosis(static_cast<Disease>(visit.detail));
    case VisitKind::vaccination: return vaccination(visit.detail);
    case VisitKind::child_check: return child_check(visit.detail);
    case VisitKind::complaint: return complaint(complaints()[visit.detail]);
    case VisitKind::follow_up: return follow_up();
    case VisitKind::check_up: return check_up();
    case VisitKind::antenatal: return antenatal();
    case VisitKind::delivery: return delivery();
    case VisitKind::stay: return stay(stays()[visit.detail], false);
    case VisitKind::last_stay: return stay(stays()[visit.detail], true);
    case VisitKind::dialysis: return dialysis();
    case VisitKind::home_reading: return home_reading();
  }
  return now_;
}

}  // namespace witmed::generate
