// What is measured: one row a LOINC code, with unit and reference range.
#pragma once
#include <cstdint>
#include <span>
#include <string_view>

#include "generate/json_text.h"

namespace witmed::generate {

enum class Measure : uint8_t {
  heart_rate,
  respiratory_rate,
  temperature,
  oxygen,
  height,
  weight,
  body_mass_index,
  waist,
  head,
  fasting_glucose,
  random_glucose,
  hba1c,
  creatinine,
  egfr,
  urea,
  urate,
  cholesterol,
  hdl,
  ldl,
  triglyceride,
  alt,
  ast,
  bilirubin,
  albumin,
  potassium,
  sodium,
  haemoglobin,
  erythrocytes,
  leukocytes,
  neutrophils,
  platelets,
  haematocrit,
  crp,
  urine_albumin,
  fev1_ratio,
  troponin,
  count,
};
inline constexpr size_t kMeasures = static_cast<size_t>(Measure::count);

inline constexpr Milli kOpen = INT32_MIN;  // no bound on that side

struct Range {
  Milli low;
  Milli high;
};

struct MeasureRow {
  Measure measure;
  std::string_view loinc;
  std::string_view en;  // LOINC long common name
  std::string_view zh;
  std::string_view unit;
  std::string_view ucum;
  int decimals;
  bool vital;  // vital sign; else laboratory
  Range men;   // reference range of adults
  Range women;
};
const MeasureRow& row_of(Measure measure);

// A group of results on one DiagnosticReport.
struct Panel {
  std::string_view loinc;
  std::string_view en;
  std::string_view zh;
  std::span<const Measure> measures;
};
namespace panels {
extern const Panel blood_count, glucose, diabetes, kidney, liver, lipids, electrolytes, inflammation,
    spirometry, heart, urine;
}

}  // namespace witmed::generate
