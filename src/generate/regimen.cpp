#include "generate/regimen.h"

namespace witmed::generate {
namespace {

std::vector<Drug> hypertension(const Person& person, Day day, const Control& control) {
  constexpr Drug kFirst[] = {Drug::amlodipine, Drug::amlodipine, Drug::nifedipine, Drug::enalapril,
                             Drug::valsartan};
  Drug first = kFirst[person.number % 5];
  if (person.has(Disease::kidney, day) && control.kidney >= 30) first = Drug::valsartan;
  if (control.kidney < 30) first = Drug::amlodipine;
  std::vector<Drug> drugs{first};
  if (!control.pressure_high) return drugs;
  bool renin = first == Drug::enalapril || first == Drug::valsartan;
  drugs.push_back(renin                  ? Drug::amlodipine
                  : control.kidney >= 30 ? Drug::hydrochlorothiazide
                                         : Drug::metoprolol);
  return drugs;
}

std::vector<Drug> diabetes(const Person& person, Day day, const Control& control) {
  int32_t years = (day - person.onset_of(Disease::diabetes)) / 365;
  std::vector<Drug> drugs{control.kidney >= 45 ? Drug::metformin : Drug::insulin_glargine};
  if (years >= 4 || control.glucose_high) {
    if (control.kidney >= 45) drugs.push_back(person.number % 2 == 0 ? Drug::glimepiride : Drug::acarbose);
    if (years >= 9 && control.glucose_high && drugs[0] != Drug::insulin_glargine)
      drugs.push_back(Drug::insulin_glargine);
  }
  return drugs;
}

}  // namespace

std::vector<Drug> regimen(const Person& person, Disease disease, Day day, const Control& control) {
  bool heart = person.has(Disease::coronary, day);
  switch (disease) {
    case Disease::hypertension: return hypertension(person, day, control);
    case Disease::diabetes: return diabetes(person, day, control);
    case Disease::dyslipidaemia:  // a statin is already there for heart and brain
      if (heart || person.has(Disease::stroke, day)) return {};
      return {Drug::simvastatin};
    case Disease::coronary: return {Drug::aspirin, Drug::atorvastatin, Drug::metoprolol};
    case Disease::stroke:
      if (heart) return {};
      return {Drug::aspirin, Drug::atorvastatin};
    case Disease::copd: return {person.number % 2 == 0 ? Drug::tiotropium : Drug::theophylline};
    case Disease::kidney:
      if (control.kidney < 30) return {Drug::calcium, Drug::erythropoietin};
      return {};
    case Disease::asthma: return {Drug::budesonide};
    case Disease::gastritis: return {Drug::omeprazole};
    case Disease::osteoarthritis: return {Drug::diclofenac};
    case Disease::hepatitis_b: return {Drug::entecavir};
    case Disease::prostate: return {Drug::tamsulosin};
    case Disease::osteoporosis: return {Drug::calcium, Drug::alendronate};
    case Disease::depression: return {Drug::sertraline};
    case Disease::breast_cancer: return {Drug::tamoxifen};
    case Disease::thyroid_cancer: return {Drug::levothyroxine};
    default: return {};
  }
}

Drug safe(const Person& person, Drug drug, Day day, bool pregnant) {
  int32_t age = age_on(person.birth, day);
  if (drug == Drug::levofloxacin && (age < 18 || pregnant))
    drug = pregnant ? Drug::cefuroxime : Drug::azithromycin;
  if (drug == Drug::amoxicillin && person.penicillin_allergy) drug = Drug::azithromycin;
  if (drug == Drug::zopiclone && age < 18) return Drug::none;
  if (drug == Drug::ibuprofen && (age < 6 || pregnant)) drug = Drug::paracetamol;
  if (drug == Drug::tamoxifen && person.male) return Drug::none;
  if (drug == Drug::diclofenac && (age < 14 || pregnant)) return Drug::none;
  if (pregnant && drug != Drug::paracetamol && drug != Drug::cefuroxime && drug != Drug::amoxicillin &&
      drug != Drug::azithromycin && drug != Drug::rehydration && drug != Drug::folic_acid &&
      drug != Drug::ferrous) {
    return Drug::none;
  }
  return drug;
}

}  // namespace witmed::generate
