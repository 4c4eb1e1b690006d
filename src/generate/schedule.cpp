#include "generate/schedule.h"

#include <algorithm>
#include <iterator>

#include "generate/complaint_table.h"
#include "generate/stay_table.h"
#include "generate/vaccine_table.h"

namespace witmed::generate {
namespace {

class Planner {
 public:
  Planner(const Person& person, const Window& window, Random& random)
      : person_(person),
        random_(random),
        start_(person.start(window.start)),
        end_(std::min(window.end, person.end())) {}

  std::vector<Visit> plan() {
    vaccinations();
    child_checks();
    births();
    diagnoses();
    complaints_and_stays();
    check_ups();
    follow_ups();
    if (person_.home_monitor) home_readings();
    dialysis();
    last_stay();
    std::stable_sort(visits_.begin(), visits_.end(), [](const Visit& a, const Visit& b) {
      return std::pair(a.at.day, a.at.minute) < std::pair(b.at.day, b.at.minute);
    });
    return std::move(visits_);
  }

 private:
  int32_t age(Day day) const { return age_on(person_.birth, day); }

  void add(VisitKind kind, Day day, uint32_t detail, int32_t from_minute = 480, int32_t to_minute = 990) {
    if (day < start_ || day >= end_) return;
    int32_t minute = random_.between(from_minute / 5, to_minute / 5) * 5;
    visits_.push_back({{day, minute}, kind, static_cast<uint16_t>(detail)});
  }

  // Who is late for one dose is as late or later for the next, so that no interval is shorter than the
  // programme's.
  void vaccinations() {
    int32_t last = -1;
    Day late = 0;
    for (const Dose& dose : doses()) {
      if (dose.months == last || !dose.meant_for(person_.birth, person_.male)) continue;
      last = dose.months;
      if (dose.months > 0) late = std::max(late, static_cast<Day>(random_.below(18)));
      add(VisitKind::vaccination, dose.due(person_.birth) + late, dose.months, 540, 690);
    }
  }

  void child_checks() {
    for (int32_t months : {1, 3, 6, 8, 12, 18, 24, 30, 36, 48, 60, 72}) {
      add(VisitKind::child_check, add_months(person_.birth, months) + 18 + static_cast<Day>(random_.below(8)),
          months);
    }
    for (int32_t years = 7; years < 15; ++years) {  // at school
      if (random_.chance(700))
        add(VisitKind::child_check, add_months(person_.birth, years * 12 + 3), years * 12 + 3);
    }
  }

  void births() {
    for (uint32_t i = 0; i < person_.deliveries.size(); ++i) {
      for (Day before : {205, 150, 105, 60, 24}) {
        add(VisitKind::antenatal, person_.deliveries[i] - before + static_cast<Day>(random_.below(8)), i);
      }
      // In labour the evening before, or in the small hours: the child is born on the day its record says.
      add(VisitKind::delivery, person_.deliveries[i], i, 5, 240);
    }
  }

  void diagnoses() {
    for (size_t i = 0; i < kDiseases; ++i)
      add(VisitKind::diagnosis, person_.onset[i], static_cast<uint32_t>(i));
  }

  void complaints_and_stays() {
    for (Day month = start_; month < end_; month += 30) {
      int32_t years = age(month);
      uint32_t a_year = years < 6 ? 4600 : years < 14 ? 2200 : years < 45 ? 1900 : years < 65 ? 3000 : 4200;
      if (random_.below(12'000'000) < a_year * person_.illness_permille) {
        Day day = month + static_cast<Day>(random_.below(30));
        add(VisitKind::complaint, day, complaint(years, day));
      }
      hospital(month, years);
    }
  }

  uint32_t complaint(int32_t years, Day day) {
    auto rows = complaints();
    int32_t month = civil_of(day).month;
    bool winter = month <= 3 || month >= 11;
    uint32_t weights[64];
    uint32_t total = 0;
    for (size_t i = 0; i < rows.size(); ++i) {
      const Complaint& row = rows[i];
      bool other_sex = (row.sex == Sex::women && person_.male) || (row.sex == Sex::men && !person_.male);
      weights[i] = other_sex ? 0 : years < 14 ? row.child : years < 60 ? row.adult : row.elder;
      if (winter && (row.acute == Acute::cold || row.acute == Acute::bacterial)) weights[i] *= 2;
      total += weights[i];
    }
    uint32_t at = random_.below(total);
    uint32_t index = 0;
    while (at >= weights[index]) at -= weights[index++];
    return index;
  }

  void hospital(Day month, int32_t years) {
    auto rows = stays();
    size_t band = years < 15 ? 0 : years < 45 ? 1 : years < 65 ? 2 : 3;
    for (uint32_t i = 0; i < rows.size(); ++i) {
      const Stay& row = rows[i];
      if (row.risk[band] == 0 || (row.sex == Sex::men && !person_.male) ||
          (row.sex == Sex::women && person_.male))
        continue;
      if (row.only_with != Disease::count && !person_.has(row.only_with, month)) continue;
      if (random_.below(1'200'000) >= row.risk[band]) continue;
      Day day = month + static_cast<Day>(random_.below(30));
      if (near_delivery(day) || day + row.days + 5 >= end_) continue;
      add(VisitKind::stay, day, i, row.emergency ? 30 : 500, row.emergency ? 1400 : 660);
    }
  }

  bool near_delivery(Day day) const {
    return std::any_of(person_.deliveries.begin(), person_.deliveries.end(),
                       [&](Day delivery) { return day > delivery - 300 && day < delivery + 60; });
  }

  void check_ups() {
    for (Day year = start_ + static_cast<Day>(random_.below(365)); year < end_; year += 365) {
      bool chronic = person_.has(Disease::hypertension, year) || person_.has(Disease::diabetes, year);
      int32_t years = age(year);
      uint32_t permille = years >= 65 ? 860 : chronic ? 800 : years >= 35 ? 260 : years >= 18 ? 120 : 0;
      if (random_.chance(permille) && !near_delivery(year)) add(VisitKind::check_up, year, 0, 480, 600);
    }
  }

  // Four a year for hypertension and diabetes (国家基本公共卫生服务规范, third edition), one for the others.
  void follow_ups() {
    Day often = std::min(person_.onset_of(Disease::hypertension), person_.onset_of(Disease::diabetes));
    Day seldom = std::min({person_.onset_of(Disease::coronary), person_.onset_of(Disease::stroke),
                           person_.onset_of(Disease::copd), person_.onset_of(Disease::kidney),
                           person_.onset_of(Disease::asthma), person_.onset_of(Disease::hepatitis_b),
                           person_.onset_of(Disease::depression), person_.onset_of(Disease::breast_cancer),
                           person_.onset_of(Disease::thyroid_cancer)});
    Day first = std::min(often, seldom);
    if (first == kNever) return;
    Day day = std::max(first, start_) + 14 + static_cast<Day>(random_.below(60));
    while (day < end_) {
      if (random_.chance(920)) add(VisitKind::follow_up, day, 0);
      day += (day >= often ? 82 : 300) + static_cast<Day>(random_.below(20));
    }
  }

  void home_readings() {
    const Day onset = person_.onset_of(Disease::hypertension);
    if (onset == kNever) return;
    for (Day day = std::max(onset + 30, start_); day < end_; day += 4 + static_cast<Day>(random_.below(8))) {
      add(VisitKind::home_reading, day, 0, 385, 465);
    }
  }

  // Nearly half of the dead die in hospital (estimate): of what was worst with them.
  void last_stay() {
    if (person_.death != end_ || age(person_.death) < 35 || !random_.chance(450)) return;
    std::string_view cause = person_.has(Disease::lung_cancer, person_.death)      ? "C34.900"
                             : person_.has(Disease::liver_cancer, person_.death)   ? "C22.900"
                             : person_.has(Disease::stomach_cancer, person_.death) ? "C16.900"
                             : person_.has(Disease::copd, person_.death)           ? "J44.100"
                             : person_.has(Disease::coronary, person_.death)       ? "I50.900"
                             : person_.has(Disease::stroke, person_.death)         ? "I63.900"
                                                                                   : "J18.900";
    auto rows = stays();
    auto row = std::find_if(rows.begin(), rows.end(), [&](const Stay& stay) { return stay.icd == cause; });
    Day day = person_.death - 2 - static_cast<Day>(random_.below(9));
    add(VisitKind::last_stay, day, static_cast<uint32_t>(row - rows.begin()), 30, 1400);
  }

  void dialysis() {  // Tuesdays and Fridays
    if (person_.dialysis_start() == kNever) return;
    for (Day day = std::max(person_.dialysis_start(), start_); day < end_; ++day) {
      int32_t weekday = (day + 4) % 7;  // 1970-01-01 was a Thursday; 0 is Sunday
      if (weekday == 2 || weekday == 5) add(VisitKind::dialysis, day, 0, 480, 540);
    }
  }

  const Person& person_;
  Random& random_;
  Day start_;
  Day end_;
  std::vector<Visit> visits_;
};

}  // namespace

std::vector<Visit> schedule(const Person& person, const Window& window, Random& random) {
  return Planner(person, window, random).plan();
}

}  // namespace witmed::generate
