#include "generate/visit_writer.h"

namespace witmed::generate {

VisitWriter::VisitWriter(const Household& household, const Person& person, const Place& place,
                         const Window& window, uint64_t seed, Sink& sink)
    : person_(person),
      window_(window),
      random_(seed, person.number, 3),
      clinic_(place.village(household.village)),
      centre_(*clinic_.parent),
      hospital_(place.hospital(person.number)),
      maternity_(place.hospital(
          person.mother >= 0 ? household.members[static_cast<size_t>(person.mother)].number : person.number)),
      chart_(household, person, place, window, seed, sink),
      body_(person, random_) {}

uint64_t VisitWriter::write() {
  std::vector<Visit> visits = schedule(person_, window_, random_);
  Day start = person_.start(window_.start);
  chart_.patients();
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
  tell_others();
  return chart_.written();
}

void VisitWriter::history(Day start) {
  Scene scene{"", &clinic_, &clinic_.of(Department::general, person_.number), {start, 540}};
  bool contracted = random_.chance(420) || person_.has(Disease::hypertension, window_.end) ||
                    person_.has(Disease::diabetes, window_.end) || age_on(person_.birth, start) >= 60;
  if (contracted && start + 200 < std::min(window_.end, person_.end())) {
    Scene at_centre{"", &centre_, &centre_.of(Department::general, person_.number), {start, 540}};
    team_ = chart_.family_doctor(
        at_centre, start,
        {scene.author, at_centre.author, &centre_.of(Department::public_health, person_.number)});
  }
  if (person_.penicillin_allergy) chart_.allergy(scene);
  for (size_t i = 0; i < kDiseases; ++i) {
    if (person_.onset[i] >= start) continue;
    scene.at = {person_.arrival > 0 ? start : person_.onset[i], 600};
    problem(scene, static_cast<Disease>(i));
  }
}

const std::string& VisitWriter::problem(const Scene& scene, Disease disease) {
  size_t identity = chart_.identity_at(scene.place);
  std::string& id = problems_[identity][static_cast<size_t>(disease)];
  if (!id.empty()) return id;
  const DiseaseRow& row = row_of(disease);
  id = chart_.new_id('c', scene.place);
  chart_.condition(id, scene, {row.icd, row.zh, row.en, true, person_.onset_of(disease)});
  known_[static_cast<size_t>(disease)] = true;
  if (identity == 0) plan(scene, disease, id);
  return id;
}

void VisitWriter::plan(const Scene& scene, Disease disease, const std::string& condition) {
  if (disease != Disease::hypertension && disease != Disease::diabetes) return;
  chart_.care_plan(scene, disease == Disease::hypertension ? "高血压患者健康管理" : "2型糖尿病患者健康管理",
                   disease == Disease::hypertension ? "血压控制在140/90mmHg以下；低盐饮食，每年至少4次随访"
                                                    : "空腹血糖控制在7.0mmol/L以下；每年至少4次随访",
                   scene.at.day >= window_.start ? team_ : std::string(), condition);
}

// At the end each institution has asked him for his history: what one found stands with all.
void VisitWriter::tell_others() {
  Day last = std::min(window_.end, person_.end()) - 1;
  for (size_t i = 0; i < chart_.identities().size(); ++i) {
    const Identity& identity = chart_.identities()[i];
    const Institution& keeper = identity.keeper != nullptr ? *identity.keeper : clinic_;
    Scene scene{"", &keeper, &keeper.of(Department::general, person_.number), {}};
    for (size_t disease = 0; disease < kDiseases; ++disease) {
      if (person_.onset[disease] > last) continue;
      scene.at = {std::min(last, std::max(identity.registered, person_.onset[disease] + 1)), 600};
      if (scene.at.day >= person_.onset[disease]) problem(scene, static_cast<Disease>(disease));
    }
  }
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
