// Writes the resources of one resident as FHIR R4 JSON. Ids are kind letter + seed + resident, both in base
// 36,
// + a counter: "o1-5k-1a" is an Observation of the Patient "p1-5k" of the county of seed 1. What an
// institution records goes under the Patient it has registered, with ids of that Patient.
#pragma once
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "generate/body.h"
#include "generate/chronic.h"
#include "generate/complaint_table.h"
#include "generate/county.h"
#include "generate/drug_table.h"
#include "generate/imaging_table.h"
#include "generate/measure_table.h"
#include "generate/place.h"
#include "generate/price_table.h"
#include "generate/stay_table.h"
#include "generate/untidy.h"
#include "generate/vaccine_table.h"

namespace witmed::generate {

// Where a resource comes into being: encounter (id, may be empty), institution, author, moment.
struct Scene {
  std::string encounter;
  const Institution* place = nullptr;
  const Staff* author = nullptr;  // nullptr: the resident himself
  Moment at{};
};

enum class EncounterClass : uint8_t { ambulatory, inpatient, emergency, home };

struct EncounterText {
  EncounterClass type;
  std::string_view service;  // code of urn:witmed:cs:service
  std::string_view service_zh;
  std::string_view reason_icd;  // empty: no reason
  std::string_view reason_zh;
  Department department;
  int32_t minutes;                      // how long
  std::vector<std::string> conditions;  // ids
  bool died = false;                    // ends with his death
};

struct ConditionText {
  std::string_view icd;
  std::string_view zh;
  std::string_view en;
  bool problem;  // on the problem list; else the diagnosis of this encounter
  Day onset;
  Day abatement = kNever;
};

class Chart {
 public:
  // as_of: the first day after the record.
  Chart(const Household& household, const Person& person, const Place& place, const Window& window,
        uint64_t seed, Sink& sink);

  std::string new_id(char kind, const Institution* place);
  // Which identity an institution knows him by; the first where it has none of its own.
  size_t identity_at(const Institution* place) const;
  const std::vector<Identity>& identities() const { return identities_; }
  uint64_t written() const { return written_; }
  const Person& person() const { return person_; }

  // chart_person.cpp
  void patients();
  void relatives();
  void coverage(Day start);
  void allergy(const Scene& scene);
  std::string care_team(const Scene& scene, Day start, const std::vector<const Staff*>& members);
  void care_plan(const Scene& scene, std::string_view title, std::string_view goal, const std::string& team,
                 const std::string& condition);

  // chart_contract.cpp: team, contract and episode of care; returns the id of the team.
  std::string family_doctor(const Scene& scene, Day start, const std::vector<const Staff*>& members);

  // chart_encounter.cpp
  // Written after what happened in it: settles the bill of that.
  void encounter(const Scene& scene, const EncounterText& text);
  void condition(const std::string& id, const Scene& scene, const ConditionText& text);
  // With images and their report, where it makes any; `finding` is what they show, empty for nothing.
  void procedure(const Scene& scene, const Operation& operation, const std::string& condition,
                 std::string_view finding = {});
  void immunization(const Scene& scene, const Dose& dose);

  // chart_result.cpp
  // Results of children carry no reference range: the table's are those of adults.
  std::string observation(const Scene& scene, Measure measure, Milli value, bool adult);
  void blood_pressure(const Scene& scene, BloodPressure reading, bool adult);
  void report(const Scene& scene, const Panel& panel, Body& body, const Staff& technician);

  // chart_order.cpp
  void medication(const Scene& scene, Drug drug, int32_t days, const std::string& condition,
                  std::string_view reason, bool half_dose);

 private:
  void begin(std::string_view type, std::string_view id);
  void end(std::string_view type);
  void patient(const Identity& identity);
  void put_address(const Identity& identity);
  void put_contact();
  void tell_truth(const Identity& identity);
  std::string_view subject(const Scene& scene) const { return identities_[identity_at(scene.place)].subject; }
  void imaging(const Scene& scene, const ImagingRow& row, const std::string& procedure,
               std::string_view finding);
  using Bill = std::array<Fen, static_cast<size_t>(Charge::count)>;
  void charge(Charge kind, Fen amount);
  void settle(const Scene& scene, const EncounterText& text);
  void put_claim_head(const Scene& scene, const EncounterText& text, std::string_view number,
                      std::string_view status);
  void claim(const Scene& scene, const EncounterText& text, const Bill& bill, Fen total,
             const std::string& coverage);
  void explanation(const Scene& scene, const EncounterText& text, const std::string& claim, Fen total,
                   const std::string& coverage);
  void put_encounter(const Scene& scene);
  void put_performer(const Scene& scene);
  void put_reference(std::string_view name, std::string_view type, std::string_view id);

  const Household& household_;
  const Person& person_;
  const Place& place_;
  Day as_of_;
  uint64_t seed_;
  bool employee_ = false;  // insured as such
  Bill bill_{};            // of the visit or stay that is being written
  Sink& sink_;
  std::string out_;
  std::vector<Identity> identities_;
  std::array<std::string, kMostIdentities> coverages_;  // ids, empty where he is not insured
  uint32_t next_ = 0;
  uint64_t written_ = 0;
};

}  // namespace witmed::generate
