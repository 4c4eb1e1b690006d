// Essential medicines as they are prescribed them.
#pragma once
#include <cstdint>
#include <string_view>

#include "generate/json_text.h"

namespace witmed::generate {

enum class Drug : uint8_t {
  none,
  amlodipine,
  nifedipine,
  enalapril,
  valsartan,
  hydrochlorothiazide,
  metoprolol,
  metformin,
  glimepiride,
  acarbose,
  insulin_glargine,
  atorvastatin,
  simvastatin,
  aspirin,
  clopidogrel,
  isosorbide,
  furosemide,
  tiotropium,
  salbutamol,
  theophylline,
  budesonide,
  amoxicillin,
  cefuroxime,
  ceftriaxone,
  levofloxacin,
  azithromycin,
  ibuprofen,
  paracetamol,
  ambroxol,
  lianhua,
  omeprazole,
  domperidone,
  montmorillonite,
  rehydration,
  loratadine,
  calamine,
  diclofenac,
  mecobalamin,
  entecavir,
  tamsulosin,
  finasteride,
  calcium,
  alendronate,
  ferrous,
  folic_acid,
  erythropoietin,
  heparin,
  capecitabine,
  oxytocin,
  morphine,
  acyclovir,
  levothyroxine,
  zopiclone,
  chlorhexidine,
  tetanus,
  sertraline,
  tamoxifen,
  cisplatin,
  count,
};

enum class Route : uint8_t { oral, inhaled, intravenous, subcutaneous, intramuscular, topical };

struct DrugRow {
  Drug drug;
  std::string_view atc;  // empty for Chinese patent medicines, which ATC does not hold
  std::string_view zh;   // generic name, form and strength
  std::string_view en;
  Milli dose;             // of one intake, thousandths of the unit
  std::string_view unit;  // UCUM
  int32_t times;          // a day; 0: once a week
  Route route;
};
const DrugRow& row_of(Drug drug);

struct RouteRow {
  std::string_view snomed;
  std::string_view zh;
  std::string_view en;
};
const RouteRow& row_of(Route route);

}  // namespace witmed::generate
