// What stands on a printed summary of a resident's record: the few things a doctor elsewhere must know, each
// with its date and who wrote it. Nothing is judged that the record does not judge.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "record/record.h"

namespace witmed::services {

struct Summary {
  std::string name, sex, birth, number, phone, address, keeper, contract;  // empty = not recorded
  std::string died;                                                        // date, or "已故"
  std::string age;  // "76 岁", on the day of printing or of death
  bool synthetic = false;
  bool no_known_allergy = false;  // somebody asked and wrote "none"

  struct Allergy {
    std::string name, reactions, since;
    bool severe = false;
  };
  struct Problem {
    std::string name, code, since, last, source;
    bool active = false, chronic = false;
    int times = 1;
  };
  struct Medicine {
    std::string name, dosage, written, until, source;
    bool over = false;  // stopped or completed
  };
  struct Result {
    std::string name, value, flag, range, day, source;
    bool vital = false;
  };
  struct Vaccine {
    std::string name, last;
    int doses = 0;
  };
  struct Visit {
    std::string day, kind, place, reason;
  };
  struct Source {
    std::string name;
    uint64_t entries = 0;
    int64_t received = 0;  // microseconds: when its last entry came in
  };
  std::vector<Allergy> allergies;
  std::vector<Problem> problems;    // active and chronic first
  std::vector<Medicine> medicines;  // the last prescription of each, newest first
  std::vector<Result> results;      // the last of each, newest first
  std::vector<Vaccine> vaccines;
  std::vector<Visit> visits;    // newest first
  std::vector<Source> sources;  // most entries first
  uint64_t entries = 0;
};

// `today`: days since 1970-01-01 in the region. `versions`: what $everything gives, the resident's own among
// them.
Summary summarise(std::string_view patient_id, const std::vector<record::Version>& versions, int32_t today);

}  // namespace witmed::services
