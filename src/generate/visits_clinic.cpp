#include "generate/visit_writer.h"

namespace witmed::generate {

namespace {

// Where a disease is found, and by which results.
struct DiagnosisRow {
  Disease disease;
  bool county;  // at the county hospital, else the township centre
  Department department;
  const Panel* panels[3];
};
constexpr DiagnosisRow kDiagnoses[] = {
    {Disease::hypertension, false, Department::general, {&panels::blood_count, &panels::kidney, nullptr}},
    {Disease::diabetes,
     false,
     Department::general,
     {&panels::blood_count, &panels::diabetes, &panels::kidney}},
    {Disease::dyslipidaemia, false, Department::general, {&panels::lipids, nullptr, nullptr}},
    {Disease::coronary, true, Department::cardiology, {&panels::blood_count, &panels::lipids, nullptr}},
    {Disease::stroke, true, Department::neurology, {&panels::blood_count, &panels::lipids, nullptr}},
    {Disease::copd, true, Department::respiratory, {&panels::blood_count, &panels::spirometry, nullptr}},
    {Disease::kidney, true, Department::nephrology, {&panels::blood_count, &panels::kidney, &panels::urine}},
    {Disease::asthma, true, Department::respiratory, {&panels::blood_count, &panels::spirometry, nullptr}},
    {Disease::gastritis, true, Department::internal, {&panels::blood_count, nullptr, nullptr}},
    {Disease::osteoarthritis, true, Department::orthopaedics, {&panels::inflammation, nullptr, nullptr}},
    {Disease::hepatitis_b, true, Department::internal, {&panels::blood_count, &panels::liver, nullptr}},
    {Disease::goitre, true, Department::surgery, {&panels::blood_count, nullptr, nullptr}},
    {Disease::prostate, true, Department::surgery, {&panels::kidney, nullptr, nullptr}},
    {Disease::osteoporosis, true, Department::orthopaedics, {&panels::electrolytes, nullptr, nullptr}},
    {Disease::depression, true, Department::psychiatry, {&panels::blood_count, nullptr, nullptr}},
    {Disease::lung_cancer, true, Department::oncology, {&panels::blood_count, &panels::liver, nullptr}},
    {Disease::stomach_cancer, true, Department::oncology, {&panels::blood_count, &panels::liver, nullptr}},
    {Disease::colorectal_cancer, true, Department::oncology, {&panels::blood_count, &panels::liver, nullptr}},
    {Disease::liver_cancer, true, Department::oncology, {&panels::blood_count, &panels::liver, nullptr}},
    {Disease::breast_cancer, true, Department::oncology, {&panels::blood_count, &panels::liver, nullptr}},
    {Disease::thyroid_cancer, true, Department::surgery, {&panels::blood_count, nullptr, nullptr}},
    {Disease::cervical_cancer, true, Department::oncology, {&panels::blood_count, &panels::kidney, nullptr}},
};
static_assert(std::size(kDiagnoses) == kDiseases);

constexpr Disease kFollowed[] = {Disease::hypertension,  Disease::diabetes,      Disease::dyslipidaemia,
                                 Disease::coronary,      Disease::stroke,        Disease::copd,
                                 Disease::kidney,        Disease::asthma,        Disease::hepatitis_b,
                                 Disease::prostate,      Disease::osteoporosis,  Disease::depression,
                                 Disease::breast_cancer, Disease::thyroid_cancer};

}  // namespace

Moment VisitWriter::diagnosis(Disease disease) {
  const DiagnosisRow& found = kDiagnoses[static_cast<size_t>(disease)];
  const DiseaseRow& row = row_of(disease);
  Scene here = scene(found.county ? hospital_ : centre_, found.department);
  Scene after = later(here, 90);
  vitals(later(here, 10));
  for (const Panel* panel : found.panels) {
    if (panel != nullptr) report(later(here, 20), *panel);
  }
  problem(after, disease);
  bool passing = disease == Disease::gastritis || disease == Disease::osteoarthritis;
  renew(after, disease, passing ? 14 : 28);
  chart_.encounter(here, {EncounterClass::ambulatory,
                          "outpatient",
                          "门诊",
                          row.icd,
                          row.zh,
                          found.department,
                          120,
                          {problem(after, disease)}});
  return here.at.plus(120);
}

Moment VisitWriter::complaint(const Complaint& row) {
  bool blood = random_.chance(row.blood_permille);
  uint32_t where = random_.below(100);
  const Institution* place = blood || where >= 80 ? &centre_ : &clinic_;
  if (where >= 95) place = &hospital_;
  Department department = place == &hospital_ ? row.department : Department::general;
  Scene here = scene(*place, department);
  Acute acute = row.icd == "D50.900" ? Acute::bleeding : row.acute;
  body_.set_acute(acute);
  if (acute == Acute::cold || acute == Acute::bacterial || random_.chance(300))
    take(later(here, 5), Measure::temperature);
  if (adult() && random_.chance(700)) take_pressure(later(here, 5));
  if (!adult()) take(later(here, 5), Measure::weight);
  if (blood) report(later(here, 15), panels::blood_count);
  if (blood && acute == Acute::bacterial) report(later(here, 15), panels::inflammation);
  body_.set_acute(Acute::none);
  std::string id = chart_.new_id('c', here.place);
  int32_t minutes = blood ? 110 : 20;
  Scene after = later(here, minutes - 5);
  Day over = now_.day + row.days + static_cast<Day>(random_.below(5));
  Day end = std::min(window_.end, person_.end());
  chart_.condition(
      id, after,
      {row.icd, row.zh, row.en, false, std::max(now_.day - 2, person_.birth), over < end ? over : kNever});
  for (Drug drug : row.drugs) {
    if (drug != Drug::none) prescribe(after, drug, std::min(row.days, 14), id, row.zh);
  }
  bool emergency = place == &hospital_ && row.department == Department::emergency;
  chart_.encounter(here, {emergency ? EncounterClass::emergency : EncounterClass::ambulatory,
                          emergency ? "emergency" : "outpatient",
                          emergency ? "急诊" : "门诊",
                          row.icd,
                          row.zh,
                          department,
                          minutes,
                          {id}});
  return here.at.plus(minutes);
}

Moment VisitWriter::follow_up() {
  bool at_home = random_.chance(120);
  const Institution& place = at_home || random_.chance(720) ? clinic_ : centre_;
  Scene here = scene(place, Department::general);
  here.author = &place.of(Department::general, person_.number);
  Scene at = later(here, 5);
  std::vector<std::string> conditions;
  take_pressure(at);
  take(at, Measure::heart_rate);
  take(at, Measure::weight);
  take(at, Measure::body_mass_index);
  if (person_.has(Disease::diabetes, now_.day)) {
    control_.glucose_high = take(at, Measure::fasting_glucose) >= 8'500;
  }
  if (person_.has(Disease::copd, now_.day) || person_.has(Disease::asthma, now_.day))
    take(at, Measure::oxygen);
  std::string_view icd, zh;
  for (Disease disease : kFollowed) {
    if (!known(disease)) continue;
    conditions.push_back(problem(later(here, 12), disease));
    if (icd.empty()) icd = row_of(disease).icd, zh = row_of(disease).zh;
    bool refill = random_.below(100) < person_.adherence + 15;
    if (refill) renew(later(here, 12), disease, 28 * static_cast<int32_t>(1 + random_.below(3)));
  }
  chart_.encounter(here, {at_home ? EncounterClass::home : EncounterClass::ambulatory, "follow-up",
                          "慢病随访", icd, zh, Department::general, 20, conditions});
  return here.at.plus(20);
}

Moment VisitWriter::check_up() {
  Scene here = scene(centre_, Department::public_health);
  Scene at = later(here, 10);
  take(at, Measure::temperature);
  vitals(at);
  take(at, Measure::respiratory_rate);
  take(at, Measure::waist);
  Scene blood = later(here, 25);
  report(blood, panels::blood_count);
  report(blood, person_.has(Disease::diabetes, now_.day) ? panels::diabetes : panels::glucose);
  report(blood, panels::kidney);
  report(blood, panels::liver);
  report(blood, panels::lipids);
  if (person_.has(Disease::diabetes, now_.day) || person_.has(Disease::kidney, now_.day))
    report(blood, panels::urine);
  if (person_.has(Disease::copd, now_.day)) report(blood, panels::spirometry);
  Scene imaging = later(here, 50);
  imaging.author = &centre_.of(Department::imaging, 0);
  chart_.procedure(imaging, {"89.5200", "心电图", "Electrocardiogram"}, "");
  if (age_on(person_.birth, now_.day) >= 65) {
    chart_.procedure(imaging, {"88.7600", "腹部和腹膜后的诊断性超声", "Diagnostic ultrasound of abdomen"},
                     "");
  }
  chart_.encounter(here, {EncounterClass::ambulatory,
                          "check-up",
                          "健康体检",
                          "Z00.000",
                          "一般性医学检查",
                          Department::public_health,
                          120,
                          {}});
  return here.at.plus(120);
}

Moment VisitWriter::home_reading() {
  Scene here{"", &clinic_, nullptr, now_};
  chart_.blood_pressure(here, body_.blood_pressure(), true);
  return now_;
}

}  // namespace witmed::generate
