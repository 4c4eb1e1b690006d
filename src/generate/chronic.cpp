#include "generate/chronic.h"

#include <algorithm>

namespace witmed::generate {
namespace {

constexpr DiseaseRow kDiseaseRows[] = {
    {Disease::hypertension, "I10.x00", "高血压", "Essential hypertension"},
    {Disease::diabetes, "E11.900", "2型糖尿病", "Type 2 diabetes mellitus"},
    {Disease::dyslipidaemia, "E78.500", "高脂血症", "Hyperlipidaemia"},
    {Disease::coronary, "I25.103", "冠状动脉粥样硬化性心脏病", "Coronary atherosclerotic heart disease"},
    {Disease::stroke, "I63.900", "脑梗死", "Cerebral infarction"},
    {Disease::copd, "J44.900", "慢性阻塞性肺病", "Chronic obstructive pulmonary disease"},
    {Disease::kidney, "N18.900", "慢性肾脏病", "Chronic kidney disease"},
    {Disease::asthma, "J45.900", "哮喘", "Asthma"},
    {Disease::gastritis, "K29.500", "慢性胃炎", "Chronic gastritis"},
    {Disease::osteoarthritis, "M17.900", "膝关节病", "Gonarthrosis"},
    {Disease::hepatitis_b, "B18.100", "慢性乙型病毒性肝炎", "Chronic viral hepatitis B"},
    {Disease::goitre, "E04.900", "非毒性甲状腺肿", "Nontoxic goitre"},
    {Disease::prostate, "N40.x00", "前列腺增生", "Prostatic hyperplasia"},
    {Disease::osteoporosis, "M81.900", "骨质疏松", "Osteoporosis"},
    {Disease::cancer, "C16.900", "胃恶性肿瘤", "Malignant neoplasm of stomach"},
};

// New diagnoses a year per ten thousand, by decade of age: <20, 20s, 30s, 40s, 50s, 60s, 70s, 80+. Estimates,
// set so that prevalence among adults comes near what rural surveys of the 2010s found for *diagnosed*
// disease (hypertension about one in five, diabetes one in fifteen, COPD one in thirty).
struct Risk {
  Disease disease;
  uint32_t men[8];
  uint32_t women[8];
};
constexpr Risk kRisks[] = {
    {Disease::hypertension, {0, 6, 50, 120, 190, 240, 240, 180}, {0, 3, 25, 100, 210, 270, 260, 200}},
    {Disease::dyslipidaemia, {0, 6, 40, 70, 80, 80, 60, 30}, {0, 3, 15, 50, 100, 100, 60, 30}},
    {Disease::diabetes, {0, 2, 15, 40, 65, 80, 70, 40}, {0, 2, 10, 35, 70, 90, 70, 40}},
    {Disease::coronary, {0, 0, 4, 16, 45, 90, 130, 150}, {0, 0, 2, 8, 35, 85, 130, 150}},
    {Disease::stroke, {0, 0, 2, 6, 15, 28, 46, 58}, {0, 0, 1, 4, 11, 23, 40, 54}},
    {Disease::copd, {0, 0, 3, 14, 30, 55, 70, 50}, {0, 0, 1, 5, 10, 18, 28, 25}},
    {Disease::kidney, {1, 2, 4, 8, 14, 28, 45, 50}, {1, 2, 4, 8, 14, 28, 45, 50}},
    {Disease::asthma, {12, 4, 4, 5, 6, 6, 5, 3}, {8, 4, 5, 6, 7, 6, 5, 3}},
    {Disease::gastritis, {1, 30, 60, 70, 60, 50, 30, 20}, {1, 30, 60, 70, 60, 50, 30, 20}},
    {Disease::osteoarthritis, {0, 0, 5, 30, 70, 90, 80, 60}, {0, 0, 10, 60, 150, 170, 130, 80}},
    {Disease::hepatitis_b, {2, 10, 12, 10, 6, 3, 1, 0}, {1, 6, 8, 6, 4, 2, 1, 0}},
    {Disease::goitre, {0, 4, 8, 12, 15, 12, 8, 4}, {1, 12, 25, 40, 45, 35, 20, 10}},
    {Disease::prostate, {0, 0, 0, 15, 90, 170, 190, 150}, {0, 0, 0, 0, 0, 0, 0, 0}},
    {Disease::osteoporosis, {0, 0, 0, 2, 10, 30, 55, 60}, {0, 0, 0, 8, 60, 110, 120, 90}},
    {Disease::cancer, {0, 0, 1, 2, 7, 15, 20, 18}, {0, 0, 1, 1, 3, 6, 9, 8}},
};

// What a person already has or does multiplies the risk, in percent.
uint32_t modifier(const Person& person, Disease disease, Day day) {
  uint32_t percent = 100;
  auto times = [&](bool holds, uint32_t by) { percent = holds ? percent * by / 100 : percent; };
  bool heavy = person.body_mass_index > 26'000;
  bool hypertensive = person.has(Disease::hypertension, day);
  bool diabetic = person.has(Disease::diabetes, day);
  switch (disease) {
    case Disease::hypertension: times(heavy, 170); break;
    case Disease::diabetes: times(heavy, 200), times(hypertensive, 140); break;
    case Disease::dyslipidaemia: times(heavy, 160), times(diabetic, 170); break;
    case Disease::coronary:
    case Disease::stroke: times(hypertensive, 180), times(diabetic, 150), times(person.smoker, 130); break;
    case Disease::copd: times(person.smoker, 250), times(!person.smoker, 60); break;
    case Disease::kidney: times(diabetic, 450), times(hypertensive, 190); break;
    case Disease::cancer: times(person.smoker, 140); break;
    default: break;
  }
  return percent;
}

}  // namespace

const DiseaseRow& row_of(Disease disease) { return kDiseaseRows[static_cast<size_t>(disease)]; }

void assign_diseases(Random& random, const Window& window, Person& person) {
  Day end = std::min(window.end, person.end());
  Day year = person.birth + 3 * 365;
  for (int32_t age = 3; year + 1 < end; ++age, year += 365) {
    int32_t decade = std::clamp(age / 10 - 1, 0, 7);
    for (const Risk& risk : kRisks) {
      uint32_t base = (person.male ? risk.men : risk.women)[decade];
      Day& onset = person.onset[static_cast<size_t>(risk.disease)];
      if (onset != kNever || base == 0) continue;
      if (random.below(1'000'000) >= base * modifier(person, risk.disease, year)) continue;
      Day day = year + static_cast<Day>(random.below(365));
      if (day < end) onset = day;
    }
  }
  // Who needed dialysis long ago is not among the living: those kidneys fail slowly instead.
  if (person.dialysis_start() < window.end - 3 * 365) {
    person.kidney_loss = std::max(1, 365 * 610 / (window.end + 3650 - person.onset_of(Disease::kidney)));
  }
  // Treatment at home is for those who need it.
  person.home_monitor = person.home_monitor && person.has(Disease::hypertension, end);
}

bool fits_long_illness(const Person& person, const Window& window) {
  int32_t age = age_on(person.birth, window.end);
  return age >= 56 && age <= 74 && person.end() == kNever;
}

void give_long_illness(const Window& window, Person& person) {
  auto set = [&](Disease disease, Day day) { person.onset[static_cast<size_t>(disease)] = day; };
  person.kidney_loss = 75;
  set(Disease::diabetes, window.end - 17 * 365);
  set(Disease::hypertension, window.end - 15 * 365);
  set(Disease::kidney, window.end - 300 - 365 * 610 / person.kidney_loss);
  set(Disease::cancer, kNever);
  person.home_monitor = true;
}

}  // namespace witmed::generate
