#include "generate/life.h"

#include <algorithm>

#include "generate/regimen.h"

namespace witmed::generate {
namespace {

class Life {
 public:
  Life(const Household& household, const Person& person, const Place& place, const Window& window,
       uint64_t seed, Sink& sink)
      : person_(person),
        place_(place),
        window_(window),
        random_(seed, person.number, 3),
        clinic_(place.village(household.village)),
        centre_(*clinic_.parent),
        hospital_(place.county()),
        chart_(household, person, place, window.end, sink),
        body_(person, random_) {}

  uint64_t write() {
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

 private:
  // What was known before the record began, and the contract with the family doctor.
  void history(Day start) {
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

  void problem(const Scene& scene, Disease disease) {
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

  // Until when it keeps him.
  Moment dispatch(const Visit& visit) {
    switch (visit.kind) {
      case VisitKind::diagnosis: return diagnosis(static_cast<Disease>(visit.detail));
      case VisitKind::vaccination: return vaccination(visit.detail);
      case VisitKind::child_check: return child_check(visit.detail);
      case VisitKind::complaint: return complaint(complaints()[visit.detail]);
      case VisitKind::follow_up: return follow_up();
      case VisitKind::check_up: return check_up();
      case VisitKind::antenatal: return antenatal();
      case VisitKind::delivery: return delivery();
      case VisitKind::stay: return stay(stays()[visit.detail]);
      case VisitKind::dialysis: return dialysis();
      case VisitKind::home_reading: return home_reading();
    }
    return now_;
  }

  Scene scene(const Institution& place, Department department) {
    return {chart_.new_id('e'), &place, &place.of(department, random_.below(64)), now_};
  }

  static Scene later(const Scene& scene, int32_t minutes) {
    Scene other = scene;
    other.at = scene.at.plus(minutes);
    return other;
  }

  bool adult() const { return !body_.child(); }

  Milli take(const Scene& scene, Measure measure) {
    Milli value = body_.measure(measure);
    chart_.observation(scene, measure, value, adult());
    return value;
  }

  void take_pressure(const Scene& scene) {
    BloodPressure reading = body_.blood_pressure();
    control_.pressure_high = reading.systolic >= 150;
    chart_.blood_pressure(scene, reading, adult());
  }

  void report(const Scene& scene, const Panel& panel) {
    chart_.report(scene, panel, body_, scene.place->of(Department::laboratory, random_.below(8)));
  }

  const std::string& problem_id(Disease disease) const { return problems_[static_cast<size_t>(disease)]; }

  bool pregnant() const {
    return std::any_of(person_.deliveries.begin(), person_.deliveries.end(),
                       [&](Day day) { return now_.day > day - 280 && now_.day <= day; });
  }

  void prescribe(const Scene& scene, Drug drug, int32_t days, const std::string& condition,
                 std::string_view reason) {
    drug = safe(person_, drug, now_.day, pregnant());
    if (drug != Drug::none) chart_.medication(scene, drug, days, condition, reason, !adult());
  }

  void renew(const Scene& scene, Disease disease, int32_t days) {
    control_.kidney = body_.kidney_function();
    for (Drug drug : regimen(person_, disease, now_.day, control_)) {
      prescribe(scene, drug, days, problem_id(disease), row_of(disease).zh);
    }
  }

  Moment diagnosis(Disease disease) {
    const Panel* panels[3] = {&panels::blood_count, nullptr, nullptr};
    Department department = Department::internal;
    const Institution* place = &centre_;
    switch (disease) {
      case Disease::hypertension: panels[1] = &panels::kidney, department = Department::general; break;
      case Disease::diabetes:
        panels[1] = &panels::diabetes, panels[2] = &panels::kidney, department = Department::general;
        break;
      case Disease::dyslipidaemia: panels[0] = &panels::lipids, department = Department::general; break;
      case Disease::coronary:
        place = &hospital_, department = Department::cardiology, panels[1] = &panels::lipids;
        break;
      case Disease::stroke:
        place = &hospital_, department = Department::neurology, panels[1] = &panels::lipids;
        break;
      case Disease::copd:
        place = &hospital_, department = Department::respiratory, panels[1] = &panels::spirometry;
        break;
      case Disease::kidney:
        place = &hospital_, department = Department::nephrology, panels[1] = &panels::kidney,
        panels[2] = &panels::urine;
        break;
      case Disease::hepatitis_b: place = &hospital_, panels[1] = &panels::liver; break;
      case Disease::cancer:
        place = &hospital_, department = Department::oncology, panels[1] = &panels::liver;
        break;
      case Disease::asthma:
        place = &hospital_, department = Department::respiratory, panels[1] = &panels::spirometry;
        break;
      default: break;
    }
    Scene here = scene(*place, department);
    const DiseaseRow& row = row_of(disease);
    here.author = &place->of(department, person_.number);
    Scene after = later(here, 90);
    problems_[static_cast<size_t>(disease)].clear();
    vitals(later(here, 10), true);
    for (const Panel* panel : panels) {
      if (panel != nullptr) report(later(here, 20), *panel);
    }
    problem(after, disease);
    renew(after, disease, disease == Disease::gastritis || disease == Disease::osteoarthritis ? 14 : 28);
    chart_.encounter(here, {EncounterClass::ambulatory,
                            "outpatient",
                            "门诊",
                            row.icd,
                            row.zh,
                            department,
                            120,
                            {problem_id(disease)}});
    return here.at.plus(120);
  }

  void vitals(const Scene& at, bool weighed) {
    if (weighed) {
      take(at, Measure::height);
      take(at, Measure::weight);
      take(at, Measure::body_mass_index);
    }
    if (adult()) take_pressure(at);
    take(at, Measure::heart_rate);
  }

  Moment vaccination(int32_t months) {
    const Institution& place = months == 0 ? hospital_ : centre_;
    Scene here = scene(place, months == 0 ? Department::obstetrics : Department::public_health);
    take(later(here, 5), Measure::temperature);
    for (const Dose& dose : doses()) {
      if (dose.months == months) chart_.immunization(later(here, 10), dose);
    }
    chart_.encounter(here, {EncounterClass::ambulatory,
                            "immunization",
                            "预防接种",
                            "",
                            "",
                            months == 0 ? Department::obstetrics : Department::public_health,
                            45,
                            {}});
    return here.at.plus(45);
  }

  Moment child_check(int32_t months) {
    Scene here = scene(centre_, Department::paediatrics);
    Scene at = later(here, 5);
    take(at, Measure::height);
    take(at, Measure::weight);
    take(at, Measure::body_mass_index);
    if (months <= 36) take(at, Measure::head);
    take(at, Measure::heart_rate);
    if (months == 8 || months == 18 || months == 30 || months == 60) {
      chart_.report(later(here, 10), panels::blood_count, body_, centre_.of(Department::laboratory, 0));
    }
    chart_.encounter(here, {EncounterClass::ambulatory,
                            "child-check",
                            "儿童健康检查",
                            "Z00.100",
                            "儿童常规健康检查",
                            Department::paediatrics,
                            60,
                            {}});
    return here.at.plus(60);
  }

  Moment complaint(const Complaint& row) {
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
    std::string id = chart_.new_id('c');
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

  static constexpr Disease kFollowed[] = {Disease::hypertension, Disease::diabetes,    Disease::dyslipidaemia,
                                          Disease::coronary,     Disease::stroke,      Disease::copd,
                                          Disease::kidney,       Disease::asthma,      Disease::hepatitis_b,
                                          Disease::prostate,     Disease::osteoporosis};

  Moment follow_up() {
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
      if (problem_id(disease).empty()) continue;
      conditions.push_back(problem_id(disease));
      if (icd.empty()) icd = row_of(disease).icd, zh = row_of(disease).zh;
      bool refill = random_.below(100) < person_.adherence + 15;
      if (refill) renew(later(here, 12), disease, 28 * static_cast<int32_t>(1 + random_.below(3)));
    }
    chart_.encounter(here, {at_home ? EncounterClass::home : EncounterClass::ambulatory, "follow-up",
                            "慢病随访", icd, zh, Department::general, 20, conditions});
    return here.at.plus(20);
  }

  Moment check_up() {
    Scene here = scene(centre_, Department::public_health);
    Scene at = later(here, 10);
    take(at, Measure::temperature);
    vitals(at, true);
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

  Moment antenatal() {
    Day delivery = next_delivery();
    body_.set_pregnant(delivery - 280);
    Scene here = scene(centre_, Department::obstetrics);
    Scene at = later(here, 5);
    take_pressure(at);
    take(at, Measure::weight);
    take(at, Measure::heart_rate);
    report(later(here, 15), panels::blood_count);
    if (delivery - now_.day > 90 && delivery - now_.day < 130) report(later(here, 15), panels::glucose);
    if (delivery - now_.day > 180) prescribe(later(here, 100), Drug::folic_acid, 60, "", "");
    if (body_.measure(Measure::haemoglobin) < 110'000) prescribe(later(here, 100), Drug::ferrous, 30, "", "");
    chart_.encounter(here, {EncounterClass::ambulatory,
                            "antenatal",
                            "产前检查",
                            "Z34.900",
                            "正常妊娠监督",
                            Department::obstetrics,
                            110,
                            {}});
    body_.set_pregnant(kNever);
    return here.at.plus(110);
  }

  Day next_delivery() const {
    for (Day day : person_.deliveries) {
      if (day >= now_.day) return day;
    }
    return now_.day;
  }

  Moment delivery() {
    Scene here = scene(hospital_, Department::obstetrics);
    int32_t days = 3 + static_cast<int32_t>(random_.below(3));
    std::string id = chart_.new_id('c');
    body_.set_pregnant(now_.day - 280);
    take_pressure(later(here, 10));
    take(later(here, 10), Measure::heart_rate);
    report(later(here, 20), panels::blood_count);
    body_.set_pregnant(kNever);
    bool section = random_.chance(380);
    std::string_view icd = section ? "O82.000" : "O80.000";
    std::string_view zh = section ? "经选择性剖宫产术的分娩" : "头位顺产";
    chart_.condition(
        id, later(here, 200),
        {icd, zh, section ? "Delivery by elective caesarean section" : "Spontaneous vertex delivery", false,
         now_.day, std::min(now_.day + 42, window_.end - 1)});
    chart_.procedure(later(here, 240),
                     section ? Operation{"74.1x00", "低位子宫下段剖宫产", "Low cervical caesarean section"}
                             : Operation{"73.5900", "其他手法助产", "Other manually assisted delivery"},
                     id);
    chart_.medication(later(here, 250), Drug::oxytocin, 1, id, zh, false);
    chart_.encounter(
        here,
        {EncounterClass::inpatient, "inpatient", "住院", icd, zh, Department::obstetrics, days * 1440, {id}});
    return here.at.plus(days * 1440);
  }

  Moment stay(const Stay& row) {
    Scene here = scene(hospital_, row.department);
    int32_t days = std::max(2, row.days + random_.between(-2, 3));
    const Staff& nurse = nurse_of(row.department);
    std::string id = chart_.new_id('c');
    body_.set_acute(row.acute);
    chart_.condition(id, later(here, 60), {row.icd, row.zh, row.en, false, now_.day, now_.day + days});
    Moment in = now_;
    for (int32_t day = 0; day < days; ++day) {
      Scene round = here;
      round.author = &nurse;
      round.at = day == 0 ? in.plus(15) : Moment{in.day + day, 420};
      now_ = round.at;
      body_.advance(round.at.day);
      if (day == days / 2) body_.set_acute(Acute::none);
      take(round, Measure::temperature);
      take(round, Measure::heart_rate);
      take(round, Measure::respiratory_rate);
      if (adult()) take_pressure(round);
      if (row.acute == Acute::breathless || row.acute == Acute::bacterial) take(round, Measure::oxygen);
      if (day == 0 || day == days - 1) laboratory(later(round, 20), row);
    }
    Scene operation = later(here, days > 3 ? 1200 : 240);
    if (!row.operation.icd9.empty()) chart_.procedure(operation, row.operation, id);
    if (!row.examination.icd9.empty()) chart_.procedure(later(here, 120), row.examination, id);
    for (Drug drug : row.drugs) {
      if (drug != Drug::none) prescribe(later(here, 90), drug, days - 1, id, row.zh);
    }
    Scene home = here;
    home.at = {in.day + days, 540};
    now_ = home.at;
    for (Drug drug : row.home) {
      if (drug != Drug::none) prescribe(home, drug, 14, id, row.zh);
    }
    int32_t minutes = days * 1440 + 570 - in.minute;
    chart_.encounter(
        here,
        {EncounterClass::inpatient, "inpatient", "住院", row.icd, row.zh, row.department, minutes, {id}});
    return in.plus(minutes);
  }

  void laboratory(const Scene& at, const Stay& row) {
    for (const Panel* panel : row.panels) {
      if (panel != nullptr) report(at, *panel);
    }
  }

  const Staff& nurse_of(Department department) const {
    for (const Staff& person : hospital_.staff) {
      if (person.nurse && person.department == department) return person;
    }
    return hospital_.staff.front();
  }

  Moment dialysis() {
    Scene here = scene(hospital_, Department::nephrology);
    here.author = &hospital_.of(Department::nephrology, person_.number);
    take_pressure(later(here, 5));
    take(later(here, 5), Measure::weight);
    chart_.procedure(later(here, 15), {"39.9500", "血液透析", "Haemodialysis"}, problem_id(Disease::kidney));
    if (now_.day % 28 < 3) {
      report(later(here, 10), panels::kidney);
      report(later(here, 10), panels::electrolytes);
      report(later(here, 10), panels::blood_count);
      prescribe(later(here, 200), Drug::erythropoietin, 28, problem_id(Disease::kidney),
                row_of(Disease::kidney).zh);
    }
    chart_.encounter(here, {EncounterClass::ambulatory,
                            "dialysis",
                            "血液透析",
                            "Z49.100",
                            "体外透析",
                            Department::nephrology,
                            260,
                            {problem_id(Disease::kidney)}});
    return here.at.plus(260);
  }

  Moment home_reading() {
    Scene here{"", &clinic_, nullptr, now_};
    chart_.blood_pressure(here, body_.blood_pressure(), true);
    return now_;
  }

  const Person& person_;
  const Place& place_;
  Window window_;
  Random random_;
  const Institution& clinic_;
  const Institution& centre_;
  const Institution& hospital_;
  Chart chart_;
  Body body_;
  Moment now_{};
  Control control_;
  std::string team_;
  std::array<std::string, kDiseases> problems_;
};

}  // namespace

uint64_t write_life(const Household& household, const Person& person, const Place& place,
                    const Window& window, uint64_t seed, Sink& sink) {
  return Life(household, person, place, window, seed, sink).write();
}

}  // namespace witmed::generate
