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
    {Disease::depression, "F32.900", "抑郁发作", "Depressive episode"},
    {Disease::lung_cancer, "C34.900", "支气管或肺恶性肿瘤", "Malignant neoplasm of bronchus or lung"},
    {Disease::stomach_cancer, "C16.900", "胃恶性肿瘤", "Malignant neoplasm of stomach"},
    {Disease::colorectal_cancer, "C18.900", "结肠恶性肿瘤", "Malignant neoplasm of colon"},
    {Disease::liver_cancer, "C22.900", "肝恶性肿瘤", "Malignant neoplasm of liver"},
    {Disease::breast_cancer, "C50.900", "乳房恶性肿瘤", "Malignant neoplasm of breast"},
    {Disease::thyroid_cancer, "C73.x00", "甲状腺恶性肿瘤", "Malignant neoplasm of thyroid gland"},
    {Disease::cervical_cancer, "C53.900", "宫颈恶性肿瘤", "Malignant neoplasm of cervix uteri"},
};
static_assert(std::size(kDiseaseRows) == kDiseases);

constexpr int64_t kWhole = 100'000;

// What a person already has or does multiplies the risk, in percent (estimates; the table's share stays).
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
    case Disease::kidney: times(diabetic, 250), times(hypertensive, 170); break;
    case Disease::depression: times(person.has(Disease::stroke, day), 200); break;
    case Disease::lung_cancer: times(person.smoker, 300); break;
    case Disease::liver_cancer: times(person.has(Disease::hepatitis_b, day), 900); break;
    case Disease::stomach_cancer: times(person.smoker, 140); break;
    default: break;
  }
  return percent;
}

// Share of an age, read between the middles of the bands; never below that of a younger age, for nobody is
// cured of these.
int32_t share_at(const int32_t (&row)[kAgeBands], int32_t age) {
  constexpr int32_t kMiddle[kAgeBands] = {9, 21, 30, 40, 50, 60, 70, 82};
  int32_t most = age < kMiddle[0] ? row[0] * age / kMiddle[0] : row[0];
  for (int32_t i = 1; i < kAgeBands && age > kMiddle[i - 1]; ++i) {
    int32_t until = std::min(age, kMiddle[i]);
    int32_t value =
        row[i - 1] + (row[i] - row[i - 1]) * (until - kMiddle[i - 1]) / (kMiddle[i] - kMiddle[i - 1]);
    most = std::max(most, value);
  }
  return most;
}

// When it was found: at the age where the share passes a level drawn below that of his age. Depression and
// cancers count for some years only.
Day onset_day(Random& random, Disease disease, const Person& person, Day end) {
  if (is_cancer(disease) || disease == Disease::depression) {
    return std::max(person.birth + 30,
                    end - 1 - static_cast<Day>(random.below((is_cancer(disease) ? 5 : 3) * 365)));
  }
  const PrevalenceRow& table = prevalence_of(disease);
  const auto& row = person.male ? table.men : table.women;
  int32_t now = age_on(person.birth, end - 1);
  int32_t first = row[0] > 0 ? 2 : 18;
  int32_t level = static_cast<int32_t>(random.below(static_cast<uint32_t>(std::max(1, share_at(row, now)))));
  int32_t age = first;
  while (age < now && share_at(row, age) <= level) ++age;
  Day day = add_months(person.birth, 12 * age) + static_cast<Day>(random.below(365));
  return day < end ? day
                   : end - 1 -
                         static_cast<Day>(random.below(static_cast<uint32_t>(
                             std::max(1, std::min(300, end - 1 - add_months(person.birth, 12 * first))))));
}

}  // namespace

const DiseaseRow& row_of(Disease disease) { return kDiseaseRows[static_cast<size_t>(disease)]; }

DiseaseRegister::DiseaseRegister(uint64_t seed) {
  Random random(seed, 0, 5);
  for (auto& gone : cells_)
    for (auto& disease : gone)
      for (auto& sex : disease)
        for (Cell& cell : sex) cell.share = random.below(kWhole);
}

bool DiseaseRegister::ill(Disease disease, const Person& person, Day end, bool gone) {
  int32_t band = band_of_age(age_on(person.birth, end - 1));
  const PrevalenceRow& row = prevalence_of(disease);
  int32_t share = (person.male ? row.men : row.women)[band];
  if (share == 0) return false;
  Cell& cell = cells_[gone][static_cast<size_t>(disease)][person.male][band];
  uint32_t weight = modifier(person, disease, end);
  ++cell.people;
  cell.weight += weight;
  cell.share += share * int64_t{weight} * cell.people / cell.weight;
  if (cell.share < kWhole) return false;
  cell.share -= kWhole;
  return true;
}

void DiseaseRegister::assign(Random& random, const Window& window, Person& person) {
  Day end = std::min(window.end, person.end());
  bool gone = person.end() < window.end;
  if (age_on(person.birth, end - 1) < 3) return;
  for (const DiseaseRow& row : kDiseaseRows) {
    if (ill(row.disease, person, end, gone))
      person.onset[static_cast<size_t>(row.disease)] = onset_day(random, row.disease, person, end);
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
  return age >= 56 && age <= 74 && person.end() == kNever && person.start(window.start) == window.start;
}

void give_long_illness(const Window& window, Person& person) {
  auto set = [&](Disease disease, Day day) { person.onset[static_cast<size_t>(disease)] = day; };
  person.kidney_loss = 75;
  set(Disease::diabetes, window.end - 17 * 365);
  set(Disease::hypertension, window.end - 15 * 365);
  set(Disease::kidney, window.end - 300 - 365 * 610 / person.kidney_loss);
  for (size_t i = static_cast<size_t>(Disease::lung_cancer); i < kDiseases; ++i) person.onset[i] = kNever;
  person.home_monitor = true;
  person.exemplary = true;
}

}  // namespace witmed::generate
