#include "generate/visit_writer.h"

namespace witmed::generate {

Moment VisitWriter::stay(const Stay& row, bool last) {
  Scene here = scene(hospital_, row.department);
  Moment in = now_;
  int32_t days = last ? person_.death - in.day : std::max(2, row.days + random_.between(-2, 3));
  Moment out = last ? person_.death_moment() : Moment{in.day + days, 570};
  std::string id = chart_.new_id('c', here.place);
  chart_.condition(id, later(here, 60), {row.icd, row.zh, row.en, false, in.day, last ? kNever : out.day});
  body_.set_acute(row.acute);
  Scene round = here;
  round.author = &nurse_of(row.department);
  for (int32_t day = 0; day < days; ++day) {
    round.at = now_ = day == 0 ? in.plus(15) : Moment{in.day + day, 420};
    body_.advance(now_.day);
    if (!last && day == days / 2) body_.set_acute(Acute::none);
    ward_round(round, row);
    if (day == 0 || day == days - 1) laboratory(later(round, 20), row);
  }
  body_.set_acute(Acute::none);
  if (!row.operation.icd9.empty()) chart_.procedure(later(here, days > 3 ? 1200 : 240), row.operation, id);
  if (!row.examination.icd9.empty()) chart_.procedure(later(here, 120), row.examination, id, row.zh);
  for (Drug drug : row.drugs) {
    if (drug != Drug::none) prescribe(later(here, 90), drug, std::max(1, days - 1), id, row.zh);
  }
  Scene home = here;
  home.at = now_ = {out.day, out.minute - 30};
  for (Drug drug : row.home) {
    if (drug != Drug::none && !last) prescribe(home, drug, 14, id, row.zh);
  }
  int32_t minutes = (out.day - in.day) * 1440 + out.minute - in.minute;
  chart_.encounter(
      here,
      {EncounterClass::inpatient, "inpatient", "住院", row.icd, row.zh, row.department, minutes, {id}, last});
  return out;
}

void VisitWriter::ward_round(const Scene& round, const Stay& row) {
  take(round, Measure::temperature);
  take(round, Measure::heart_rate);
  take(round, Measure::respiratory_rate);
  if (adult()) take_pressure(round);
  if (row.acute == Acute::breathless || row.acute == Acute::bacterial) take(round, Measure::oxygen);
}

void VisitWriter::laboratory(const Scene& at, const Stay& row) {
  for (const Panel* panel : row.panels) {
    if (panel != nullptr) report(at, *panel);
  }
}

const Staff& VisitWriter::nurse_of(Department department) const {
  for (const Staff& person : hospital_.staff) {
    if (person.nurse() && person.department == department) return person;
  }
  return hospital_.staff.front();
}

Moment VisitWriter::dialysis() {
  Scene here = scene(hospital_, Department::nephrology);
  here.author = &hospital_.of(Department::nephrology, person_.number);
  take_pressure(later(here, 5));
  take(later(here, 5), Measure::weight);
  chart_.procedure(later(here, 15), {"39.9500", "血液透析", "Haemodialysis"}, problem(here, Disease::kidney));
  if (now_.day % 28 < 3) {
    report(later(here, 10), panels::kidney);
    report(later(here, 10), panels::electrolytes);
    report(later(here, 10), panels::blood_count);
    prescribe(later(here, 200), Drug::erythropoietin, 28, problem(here, Disease::kidney),
              row_of(Disease::kidney).zh);
  }
  chart_.encounter(here, {EncounterClass::ambulatory,
                          "dialysis",
                          "血液透析",
                          "Z49.100",
                          "体外透析",
                          Department::nephrology,
                          260,
                          {problem(here, Disease::kidney)}});
  return here.at.plus(260);
}

}  // namespace witmed::generate
