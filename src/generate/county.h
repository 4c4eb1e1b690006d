// A believable county as FHIR R4 (4.0.1) resources: institutions, residents, households, chronic disease,
// visits, vitals, results, medicines and claims over some years. Same settings, same bytes, on any machine;
// counties of different seeds share no id. Nobody in it is real (docs/region.md).
#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace witmed::generate {

struct Settings {
  uint32_t residents = 300;
  uint64_t seed = 1;
  int years = 10;                    // of life before as_of that are recorded, 1 … 30
  std::string as_of = "2026-01-01";  // nothing happens on or after this day
};

// What is true of a Patient: whose it is, and (where `field` is not empty) one field of it that is not as it
// should be, how it came about, and what it should be. Never part of the record.
struct Truth {
  std::string_view patient;  // id
  std::string_view person;
  std::string_view field;  // "name", "identifier", "birthDate", "gender", "telecom"
  std::string_view fault;  // "slip", "stale", "missing", "old", "variant", "newborn"
  std::string_view value;  // the true one
};

// Takes the resources, one at a time. `json` is one minified resource without a line end and is valid during
// the call only. The order lets every reference point back within one resident, or to the institutions that
// come first.
class Sink {
 public:
  virtual ~Sink() = default;
  virtual void resource(std::string_view type, std::string_view json) = 0;
  // Called after each Patient, once without a field and once for each field at fault.
  virtual void truth(const Truth&) {}
};

// Called after every household.
using Progress = std::function<void(uint32_t residents_done, uint64_t resources)>;

struct Totals {
  uint32_t residents = 0;
  uint64_t resources = 0;
};

// Throws Failure on settings out of range (residents 1 … 10,000,000; years 1 … 30; as_of 2000-01-01 …
// 2099-12-31) and passes on what the sink throws.
Totals generate(const Settings& settings, Sink& sink, const Progress& progress = {});

}  // namespace witmed::generate
