// Writes the resources of one resident as FHIR R4 JSON. Ids are kind letter + the resident in base 36 + a
// counter: "o5k-1a" is an Observation of the resident "p-5k".
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "generate/body.h"
#include "generate/chronic.h"
#include "generate/complaint_table.h"
#include "generate/drug_table.h"
#include "generate/measure_table.h"
#include "generate/place.h"
#include "generate/stay_table.h"
#include "generate/vaccine_table.h"
#include "generate/village.h"

namespace witmed::generate {

std::string patient_id(const Person& person);

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
  Chart(const Household& household, const Person& person, const Place& place, Day as_of, Sink& sink);

  std::string new_id(char kind);
  uint64_t written() const { return written_; }
  const Person& person() const { return person_; }

  // chart_person.cpp
  void patient();
  void relatives();
  void coverage(Day start);
  void allergy(const Scene& scene);
  std::string care_team(const Scene& scene, Day start, const std::vector<const Staff*>& members);
  void care_plan(const Scene& scene, std::string_view title, std::string_view goal, const std::string& team,
                 const std::string& condition);

  // chart_encounter.cpp
  void encounter(const Scene& scene, const EncounterText& text);
  void condition(const std::string& id, const Scene& scene, const ConditionText& text);
  void procedure(const Scene& scene, const Operation& operation, const std::string& condition);
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
  void put_encounter(const Scene& scene);
  void put_performer(const Scene& scene);
  void put_reference(std::string_view name, std::string_view type, std::string_view id);

  const Household& household_;
  const Person& person_;
  const Place& place_;
  Day as_of_;
  Sink& sink_;
  std::string out_;
  std::string owner_;    // the resident in base 36
  std::string subject_;  // JSON of a Reference to the Patient
  uint32_t next_ = 0;
  uint64_t written_ = 0;
};

}  // namespace witmed::generate
