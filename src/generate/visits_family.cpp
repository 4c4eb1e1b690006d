#include "generate/visit_writer.h"

namespace witmed::generate {

Moment VisitWriter::vaccination(int32_t months) {
  const Institution& place = months == 0 ? maternity_ : centre_;
  Scene here = scene(place, months == 0 ? Department::obstetrics : Department::public_health);
  take(later(here, 5), Measure::temperature);
  for (const Dose& dose : doses()) {
    if (dose.months == months && dose.meant_for(person_.birth, person_.male))
      chart_.immunization(later(here, 10), dose);
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

Moment VisitWriter::child_check(int32_t months) {
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

Moment VisitWriter::antenatal() {
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

Day VisitWriter::next_delivery() const {
  for (Day day : person_.deliveries) {
    if (day >= now_.day) return day;
  }
  return now_.day;
}

Moment VisitWriter::delivery() {
  Scene here = scene(hospital_, Department::obstetrics);
  int32_t days = 3 + static_cast<int32_t>(random_.below(3));
  std::string id = chart_.new_id('c', here.place);
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

}  // namespace witmed::generate
