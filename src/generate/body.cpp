#include "generate/body.h"

#include <algorithm>
#include <cstdlib>
#include <iterator>

#include "generate/growth.h"

namespace witmed::generate {
namespace {

enum WaveIndex : size_t {
  kPressure,
  kPulse,
  kGlucose,
  kCholesterol,
  kTriglyceride,
  kHdl,
  kRed,
  kWhite,
  kPlatelet,
  kLiver,
  kKidney,
  kWeight
};
struct WaveRow {
  int32_t between_people;  // standard deviation of the set points
  int32_t between_visits;  // and of one person's readings
};
// In thousandths of the unit of the first measure each stands for (estimates).
constexpr WaveRow kWaves[12] = {{8200, 6800},   {6000, 4500}, {280, 210},   {620, 230},
                                {330, 210},     {190, 70},    {6500, 3000}, {1150, 600},
                                {42000, 16000}, {7000, 4500}, {6500, 2200}, {0, 380}};

struct Point {
  int32_t ratio;  // creatinine over kappa, thousandths
  int32_t power;  // ten-thousandths
};
constexpr Point kAbove[] = {{1000, 10000}, {1100, 8912}, {1200, 8022}, {1300, 7282}, {1400, 6658},
                            {1500, 6125},  {1600, 5665}, {1700, 5265}, {1800, 4913}, {1900, 4602},
                            {2000, 4326},  {2500, 3303}, {3000, 2649}, {3500, 2199}, {4000, 1871},
                            {5000, 1429},  {6000, 1146}, {7000, 951},  {8000, 809},  {10000, 618},
                            {12000, 496},  {16000, 350}, {20000, 267}};  // ratio^-1.209
constexpr Point kBelowMen[] = {{300, 16400}, {400, 14570}, {500, 13300}, {600, 12340},
                               {700, 11580}, {800, 10960}, {900, 10440}, {1000, 10000}};  // ratio^-0.411
constexpr Point kBelowWomen[] = {{300, 14860}, {400, 13520}, {500, 12560}, {600, 11830},
                                 {700, 11250}, {800, 10760}, {900, 10350}, {1000, 10000}};  // ratio^-0.329

template <size_t N>
int32_t interpolate(const Point (&points)[N], int32_t ratio) {
  ratio = std::clamp(ratio, points[0].ratio, points[N - 1].ratio);
  size_t i = 1;
  while (points[i].ratio < ratio) ++i;
  const Point& a = points[i - 1];
  const Point& b = points[i];
  return a.power + static_cast<int32_t>(int64_t{b.power - a.power} * (ratio - a.ratio) / (b.ratio - a.ratio));
}

}  // namespace

int32_t egfr_from_creatinine(Milli creatinine, bool male, int32_t age) {
  int32_t ratio =
      static_cast<int32_t>(int64_t{creatinine} * 10 / (male ? 796 : 619));  // kappa 79.6, 61.9 µmol/L
  int64_t power = ratio >= 1000 ? interpolate(kAbove, ratio)
                  : male        ? interpolate(kBelowMen, ratio)
                                : interpolate(kBelowWomen, ratio);
  int64_t aging = 1'000'000;
  for (int32_t year = 0; year < age; ++year) aging = aging * 993 / 1000;
  int64_t value = 141 * power * aging / 1'000'000;  // ten-thousandths
  if (!male) value = value * 1018 / 1000;
  return static_cast<int32_t>((value + 5000) / 10'000);
}

Body::Body(const Person& person, Random& random) : person_(person), random_(random) {
  for (size_t i = 0; i < waves_.size(); ++i) {
    waves_[i] = {random_.normal(kWaves[i].between_people), random_.normal(kWaves[i].between_visits)};
  }
}

void Body::advance(Day day) {
  if (day == day_) return;
  day_ = day;
  age_days_ = day - person_.birth;
  for (size_t i = 0; i < waves_.size(); ++i) {
    int32_t fresh = random_.normal(kWaves[i].between_visits * 3 / 4);
    waves_[i].deviation = waves_[i].deviation * 66 / 100 + fresh;
  }
}

int32_t Body::years_with(Disease disease) const {
  Day onset = person_.onset_of(disease);
  return onset > day_ ? 0 : static_cast<int32_t>(int64_t{day_ - onset} * 1000 / 365);
}

int32_t Body::treated(Disease disease) const {
  Day onset = person_.onset_of(disease);
  if (onset >= day_) return 0;
  return std::min(day_ - onset, 180) * 1000 / 180 * static_cast<int32_t>(person_.adherence) / 100;
}

// How far a disease has come, in thousandths: it begins `years` before it is diagnosed.
static int32_t unfolding(const Person& person, Disease disease, Day day, int32_t years) {
  Day onset = person.onset_of(disease);
  if (onset == kNever) return 0;
  return std::clamp(1000 - (onset - day) * 1000 / (365 * years), 0, 1000);
}

int32_t Body::systolic_level() const {
  int32_t age = age_days_ / 365;
  if (child()) return 82'000 + age * 2'000 + waves_[kPressure].set_point / 2;
  int32_t level = 111'000 + std::clamp(age - 30, 0, 60) * 260 + (person_.body_mass_index - 23'000) +
                  waves_[kPressure].set_point;
  level += person_.severity * 30 * unfolding(person_, Disease::hypertension, day_, 6) / 100 -
           25 * treated(Disease::hypertension);
  if (person_.has(Disease::kidney, day_)) level += 5'000;
  if (pregnant_since_ <= day_) level -= 5'000;
  if (acute_ == Acute::bleeding) level -= 15'000;
  // Blood pressure is higher in winter (size: estimate).
  constexpr int32_t kSeason[12] = {4500, 3800, 2000, 0, -1800, -3200, -4200, -4000, -2200, 0, 2200, 3800};
  return level + kSeason[civil_of(day_).month - 1];
}

BloodPressure Body::blood_pressure() {
  int32_t systolic = systolic_level() + waves_[kPressure].deviation + random_.normal(4'000);
  int32_t age = age_days_ / 365;
  int32_t diastolic = child() ? systolic * 62 / 100
                              : 77'000 + (systolic - 125'000) * 44 / 100 - std::clamp(age - 58, 0, 40) * 330;
  diastolic += random_.normal(3'000);
  BloodPressure reading{std::clamp(systolic / 1000, 70, 235), std::clamp(diastolic / 1000, 40, 135)};
  reading.diastolic = std::min(reading.diastolic, reading.systolic - 22);
  return reading;
}

int32_t Body::glucose_level() const {
  int32_t level = 4'900 + std::clamp(age_days_ / 365 - 30, 0, 60) * 11 + waves_[kGlucose].set_point;
  level += (person_.body_mass_index - 23'000) * 30 / 1000;
  level += person_.severity * 37 * unfolding(person_, Disease::diabetes, day_, 4) / 1000;
  level += years_with(Disease::diabetes) * 60 / 1000 - 3'000 * treated(Disease::diabetes) / 1000;
  return std::max(level, 3'900);
}

int32_t Body::creatinine_level() const {
  int32_t age = age_days_ / 365;
  int32_t base =
      (person_.male ? 74'000 : 57'500) + waves_[kKidney].set_point + std::clamp(age - 65, 0, 40) * 220;
  if (age < 16) base = 22'000 + age * 2'300;
  if (dialysis_) return 780'000 + waves_[kKidney].deviation * 20;
  // 1/creatinine falls in a straight line (Mitch 1976): a quarter is lost at diagnosis, then some of it every
  // year.
  int32_t left = 1000 - 250 * unfolding(person_, Disease::kidney, day_, 3) / 1000 -
                 person_.kidney_loss * years_with(Disease::kidney) / 1000;
  return static_cast<int32_t>(int64_t{base} * 1000 / std::max(left, 95)) + waves_[kKidney].deviation;
}

int32_t Body::kidney_function() const {
  return egfr_from_creatinine(rounded(creatinine_level(), 0), person_.male, age_on(person_.birth, day_));
}

int32_t Body::haemoglobin_level() const {
  int32_t age = age_days_ / 365;
  int32_t level =
      (person_.male ? 151'000 : 134'000) + waves_[kRed].set_point - std::clamp(age - 65, 0, 30) * 350;
  if (age < 14) level = 116'000 + age * 1'200 + waves_[kRed].set_point;
  int32_t kidney = kidney_function();
  if (kidney < 60) level -= (60 - kidney) * (dialysis_ ? 620 : 850);
  if (pregnant_since_ <= day_) level -= std::min(day_ - pregnant_since_, 200) * 75;
  if (acute_ == Acute::bleeding) level -= 28'000;
  if (person_.has_cancer(day_) && !person_.has(Disease::thyroid_cancer, day_)) level -= 17'000;
  return std::max(level, 58'000);
}

Milli Body::height_now() const { return growth::height(person_.male, age_days_, person_.height); }

Milli Body::weight_now() const {
  int32_t index = growth::body_mass_index(age_days_, person_.body_mass_index) + waves_[kWeight].deviation;
  if (age_days_ > 70 * 365) index -= (age_days_ / 365 - 70) * 60;
  int64_t millimetres = height_now() / 100;
  int64_t weight = std::max(index, 11'000) * millimetres * millimetres / 1'000'000;
  if (pregnant_since_ <= day_) weight += std::min(day_ - pregnant_since_, 285) * 43;
  return static_cast<Milli>(weight);
}

Milli Body::vital(Measure measure) {
  int32_t age = age_days_ / 365;
  bool fever = acute_ == Acute::bacterial || acute_ == Acute::cold;
  switch (measure) {
    case Measure::heart_rate: {
      int32_t rate =
          (age < 14 ? 132'000 - age * 4'300 : 75'000) + waves_[kPulse].set_point + waves_[kPulse].deviation;
      if (fever) rate += 11'000;
      if (acute_ == Acute::bleeding || acute_ == Acute::breathless) rate += 18'000;
      return rate - 7 * treated(Disease::coronary);
    }
    case Measure::respiratory_rate:
      return (age < 10 ? 34'000 - age * 1'600 : 17'500) + random_.normal(1'200) +
             (acute_ == Acute::breathless ? 8'000
              : fever                     ? 1'500
                                          : 0);
    case Measure::temperature:
      return 36'500 + random_.normal(180) +
             (acute_ == Acute::bacterial ? 1'950
              : acute_ == Acute::cold    ? 900
                                         : 0);
    case Measure::oxygen: {
      int32_t level = 97'600 + random_.normal(700);
      if (person_.has(Disease::copd, day_)) level -= 2'300;
      if (acute_ == Acute::breathless) level -= 6'500;
      return std::min(level, 100'000);
    }
    case Measure::height: return height_now();
    case Measure::weight: return weight_now();
    case Measure::waist:
      return 33'000 + growth::body_mass_index(age_days_, person_.body_mass_index) * 2 +
             (person_.male ? 4'000 : 1'000) + waves_[kWeight].deviation * 2;
    case Measure::head: return growth::head(person_.male, age_days_);
    default: {  // body mass index, of what the scales showed
      int64_t metre = rounded(height_now(), 1);
      return static_cast<Milli>(int64_t{rounded(weight_now(), 1)} * 10'000'000'000 / (metre * metre));
    }
  }
}

Milli Body::lipid(Measure measure) {
  int32_t age = age_days_ / 365;
  int32_t heavy = person_.body_mass_index - 23'000;
  bool statin_for_heart = person_.has(Disease::coronary, day_) || person_.has(Disease::stroke, day_);
  int32_t statin =
      std::max({treated(Disease::dyslipidaemia), treated(Disease::coronary), treated(Disease::stroke)});
  int32_t abnormal = unfolding(person_, Disease::dyslipidaemia, day_, 3);
  int32_t total = 4'250 + std::clamp(age - 25, 0, 40) * 14 + heavy * 30 / 1000 + abnormal * 1350 / 1000 -
                  statin * (statin_for_heart ? 1500 : 1300) / 1000 + waves_[kCholesterol].set_point +
                  waves_[kCholesterol].deviation;
  int32_t triglyceride = 1'250 + heavy * 90 / 1000 + abnormal * 750 / 1000 - statin * 200 / 1000 +
                         (person_.has(Disease::diabetes, day_) ? 300 : 0) + waves_[kTriglyceride].set_point +
                         waves_[kTriglyceride].deviation;
  int32_t hdl =
      (person_.male ? 1'290 : 1'430) - heavy * 25 / 1000 + waves_[kHdl].set_point + waves_[kHdl].deviation;
  total = rounded(std::max(total, 2'600), 2);
  triglyceride = rounded(std::max(triglyceride, 380), 2);
  hdl = rounded(std::clamp(hdl, 600, 2'400), 2);
  switch (measure) {
    case Measure::cholesterol: return total;
    case Measure::triglyceride: return triglyceride;
    case Measure::hdl: return hdl;
    default: return std::max(total - hdl - triglyceride * 10 / 22, 500);  // Friedewald, mmol/L
  }
}

Milli Body::chemistry(Measure measure) {
  int32_t kidney = kidney_function();
  int32_t lost = std::clamp(60 - kidney, 0, 60);
  int32_t liver = std::abs(waves_[kLiver].set_point + waves_[kLiver].deviation);
  int32_t glucose_wave = waves_[kGlucose].deviation * (person_.has(Disease::diabetes, day_) ? 3 : 1);
  switch (measure) {
    case Measure::fasting_glucose: return std::max(glucose_level() + glucose_wave, 3'300);
    case Measure::random_glucose: return (glucose_level() + glucose_wave) * 128 / 100 + random_.normal(500);
    // ADAG (Nathan 2008): mean glucose = 1.59 × HbA1c − 2.59; the mean lies a little above the fasting value.
    case Measure::hba1c: return ((glucose_level() + glucose_wave / 3) * 112 / 100 - 220 + 2'590) * 100 / 159;
    case Measure::creatinine: return creatinine_level();
    case Measure::egfr: return kidney * 1000;
    case Measure::urea: return 5'100 + lost * 330 + waves_[kKidney].deviation / 4;
    case Measure::urate:
      return (person_.male ? 345'000 : 268'000) + waves_[kKidney].set_point * 6 + lost * 2'100 +
             waves_[kKidney].deviation * 6;
    case Measure::alt:
      return 13'000 + liver * 16 / 10 + std::max(person_.body_mass_index - 24'000, 0) +
             (person_.has(Disease::hepatitis_b, day_) ? 21'000 : 0);
    case Measure::ast:
      return 17'000 + liver * 6 / 10 + (person_.has(Disease::hepatitis_b, day_) ? 14'000 : 0);
    case Measure::bilirubin: return 9'500 + liver * 6 / 10;
    case Measure::albumin:
      return 45'500 - std::clamp(age_days_ / 365 - 60, 0, 40) * 90 - lost * 45 + waves_[kLiver].deviation / 3;
    case Measure::potassium:
      return 4'150 + waves_[kKidney].deviation / 12 + (kidney < 30 ? 450 : 0) + (dialysis_ ? 500 : 0);
    case Measure::sodium: return 140'800 + waves_[kKidney].deviation / 2 - (kidney < 15 ? 2'500 : 0);
    case Measure::urine_albumin: {
      int32_t base = 9'000 + std::abs(waves_[kKidney].deviation) * 3;
      return person_.has(Disease::kidney, day_) ? base + 60'000 + std::clamp(90 - kidney, 0, 90) * 9'000
                                                : base;
    }
    case Measure::crp:
      return acute_ == Acute::bacterial
                 ? 62'000 + random_.normal(18'000)
                 : std::max(400, 2'600 + random_.normal(1'300) + (acute_ == Acute::cold ? 4'500 : 0));
    case Measure::fev1_ratio:
      return person_.has(Disease::copd, day_)
                 ? std::max(60'000 - years_with(Disease::copd) * 9 / 10, 32'000) + random_.normal(1'800)
                 : 81'000 - std::clamp(age_days_ / 365 - 40, 0, 50) * 110;
    default:  // troponin
      return acute_ == Acute::infarction ? 3'900'000 + random_.normal(1'100'000)
                                         : 4'500 + random_.normal(1'200);
  }
}

Milli Body::blood(Measure measure) {
  int32_t red = haemoglobin_level() + waves_[kRed].deviation;
  bool bacterial = acute_ == Acute::bacterial;
  switch (measure) {
    case Measure::haemoglobin: return red;
    case Measure::erythrocytes: return rounded(red, 0) * 10 / 305;
    case Measure::haematocrit: return rounded(red, 0) * 295 / 1000;
    case Measure::leukocytes: {
      int32_t white =
          6'100 + waves_[kWhite].set_point + waves_[kWhite].deviation + (person_.smoker ? 600 : 0);
      if (bacterial) white += 6'300;
      if (acute_ == Acute::infarction || acute_ == Acute::bleeding) white += 2'800;
      return std::max(white, 2'300);
    }
    case Measure::neutrophils:
      return std::clamp(57'000 + waves_[kWhite].deviation * 5 +
                            (bacterial               ? 23'000
                             : acute_ == Acute::cold ? -9'000
                                                     : 0),
                        22'000, 94'000);
    default: return std::max(222'000 + waves_[kPlatelet].set_point + waves_[kPlatelet].deviation, 60'000);
  }
}

Milli Body::raw(Measure measure) {
  if (measure < Measure::fasting_glucose) return vital(measure);
  if (measure >= Measure::cholesterol && measure <= Measure::triglyceride) return lipid(measure);
  if (measure >= Measure::haemoglobin && measure <= Measure::haematocrit) return blood(measure);
  return chemistry(measure);
}

Milli Body::measure(Measure measure) { return rounded(raw(measure), row_of(measure).decimals); }

}  // namespace witmed::generate
