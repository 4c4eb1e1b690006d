// A generated village read back by a JSON parser of another hand (simdjson), reduced to what the checks
// compare.
#pragma once
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "generate/village.h"

namespace witmed::generate {

struct Item {
  std::string type;
  std::string id;
  std::string patient;    // id; empty for institutions
  std::string encounter;  // id
  std::string start;      // when it happened: a date or a moment; moments of one zone compare as text
  std::string end;        // of an Encounter
  std::string code;       // the first coding
  std::string text;
  std::string performer;  // the first Organization or Practitioner reference
  double value = 0;
  bool has_value = false;
  double systolic = 0, diastolic = 0;
  std::string status;
};

struct Resident {
  std::string id, number, gender, birth, death, name, phone;
  bool active = true;
};

// Collects; faults that one resource shows by itself are kept as text.
class VillageRecord : public Sink {
 public:
  void resource(std::string_view type, std::string_view json) override;

  std::vector<Item> items;
  std::map<std::string, Resident> residents;
  std::map<std::string, std::vector<size_t>> of_resident;       // items in the order they were written
  std::set<std::string> ids;                                    // Type/id
  std::vector<std::pair<std::string, std::string>> references;  // from, to
  std::vector<std::string> faults;
  uint64_t bytes = 0;
  uint64_t hash = 14695981039346656037ull;  // FNV-1a over everything
};

// One village for all checks: 700 residents, ten years.
const VillageRecord& village();

}  // namespace witmed::generate
