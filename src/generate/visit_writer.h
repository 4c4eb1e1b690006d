// The recorded life of one resident: his visits in order, each written out with what was measured, found and
// prescribed. Each kind of visit returns when the resident is free again.
#pragma once
#include <algorithm>
#include <array>
#include <string>

#include "generate/chart.h"
#include "generate/regimen.h"
#include "generate/schedule.h"

namespace witmed::generate {

class VisitWriter {
 public:
  VisitWriter(const Household& household, const Person& person, const Place& place, const Window& window,
              uint64_t seed, Sink& sink);
  // Writes everything; returns the number of resources.
  uint64_t write();

 private:
  // life.cpp
  void history(Day start);
  // The Condition of a disease on the problem list of the identity by which the scene's institution knows
  // him; written where it is not there yet.
  const std::string& problem(const Scene& scene, Disease disease);
  void plan(const Scene& scene, Disease disease, const std::string& condition);
  void tell_others();
  Moment dispatch(const Visit& visit);

  // visits_shared.cpp: what several kinds of visit do
  Scene scene(const Institution& place, Department department);
  Milli take(const Scene& scene, Measure measure);
  void take_pressure(const Scene& scene);
  void vitals(const Scene& at);
  void report(const Scene& scene, const Panel& panel);
  bool pregnant() const;
  // As far as it is safe for him.
  void prescribe(const Scene& scene, Drug drug, int32_t days, const std::string& condition,
                 std::string_view reason);
  void renew(const Scene& scene, Disease disease, int32_t days);
  bool adult() const { return !body_.child(); }
  bool known(Disease disease) const { return known_[static_cast<size_t>(disease)]; }

  // visits_clinic.cpp
  Moment diagnosis(Disease disease);
  Moment complaint(const Complaint& row);
  Moment follow_up();
  Moment check_up();
  Moment home_reading();

  // visits_family.cpp
  Moment vaccination(int32_t months);
  Moment child_check(int32_t months);
  Moment antenatal();
  Moment delivery();
  Day next_delivery() const;

  // visits_hospital.cpp
  Moment stay(const Stay& row, bool last);
  void ward_round(const Scene& round, const Stay& row);
  void laboratory(const Scene& at, const Stay& row);
  Moment dialysis();
  const Staff& nurse_of(Department department) const;

  const Person& person_;
  Window window_;
  Random random_;
  const Institution& clinic_;
  const Institution& centre_;
  const Institution& hospital_;
  const Institution& maternity_;  // where he was born
  Chart chart_;
  Body body_;
  Moment now_{};
  Control control_;
  std::string team_;                     // id of the CareTeam, empty without a contract
  std::array<bool, kDiseases> known_{};  // found by somebody
  std::array<std::array<std::string, kDiseases>, kMostIdentities>
      problems_;  // ids of the Conditions, by identity
};

// The same scene some minutes on.
inline Scene later(const Scene& scene, int32_t minutes) {
  Scene other = scene;
  other.at = scene.at.plus(minutes);
  return other;
}

}  // namespace witmed::generate
