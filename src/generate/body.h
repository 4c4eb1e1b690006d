// The body of a resident over the years: what disease, treatment, age and chance make of each measured value.
// Values move together: glycated haemoglobin follows glucose, haemoglobin falls with kidney function, blood
// pressure with treatment; deviations carry over from visit to visit. Integers only.
#pragma once
#include <array>

#include "generate/measure_table.h"
#include "generate/person.h"
#include "generate/random.h"

namespace witmed::generate {

struct BloodPressure {
  int32_t systolic;  // mmHg
  int32_t diastolic;
};

// A passing illness, as far as measurements show it.
enum class Acute : uint8_t { none, cold, bacterial, injury, bleeding, infarction, breathless };

class Body {
 public:
  Body(const Person& person, Random& random);

  // Moves on to a later (or the same) day.
  void advance(Day day);
  void set_acute(Acute acute) { acute_ = acute; }
  // From then on weight and haemoglobin are those of a woman with child; kNever ends it.
  void set_pregnant(Day since) { pregnant_since_ = since; }
  void set_dialysis(bool on) { dialysis_ = on; }

  // One reading, in thousandths of the row's unit, as exact as the row's decimals.
  Milli measure(Measure measure);
  BloodPressure blood_pressure();
  bool child() const { return age_days_ < 14 * 365; }
  // Latent kidney function, mL/min/1.73m2.
  int32_t kidney_function() const;

 private:
  int32_t years_with(Disease disease) const;  // in thousandths; 0 when healthy
  int32_t treated(Disease disease) const;     // share of the full effect of treatment, thousandths
  int32_t glucose_level() const;
  int32_t haemoglobin_level() const;
  int32_t creatinine_level() const;
  int32_t systolic_level() const;
  Milli raw(Measure measure);
  Milli vital(Measure measure);
  Milli chemistry(Measure measure);
  Milli blood(Measure measure);
  Milli lipid(Measure measure);
  Milli height_now() const;
  Milli weight_now() const;

  const Person& person_;
  Random& random_;
  Day day_ = 0;
  int32_t age_days_ = 0;
  Acute acute_ = Acute::none;
  Day pregnant_since_ = kNever;
  bool dialysis_ = false;
  // Set points, drawn once, and deviations from them that fade by about a third from one visit to the next.
  struct Wave {
    int32_t set_point = 0;
    int32_t deviation = 0;
  };
  std::array<Wave, 12> waves_;
};

// CKD-EPI 2009 creatinine equation without the race factor (Levey et al., Ann Intern Med 2009;150:604), by
// tables of its powers with linear interpolation; within 1 of the exact value. Creatinine in thousandths of
// µmol/L, age in years.
int32_t egfr_from_creatinine(Milli creatinine, bool male, int32_t age);

}  // namespace witmed::generate
