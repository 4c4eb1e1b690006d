// A generated county read back by a JSON parser of another hand (simdjson), reduced to what the checks
// compare.
#pragma once
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "generate/county.h"

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
  std::string category;
  std::string class_code;     // of an Encounter
  std::string birth, number;  // of a RelatedPerson
  bool guardian = false;
  std::string place;  // of an Encounter: id of the Organization
  double money = 0;   // total of a Claim, of an ExplanationOfBenefit what the insurer pays
  double copay = 0;   // what he pays
};

// A Patient: a resident as one institution knows him.
struct Resident {
  std::string id, number, gender, birth, death, name, phone, family, address;
  std::string keeper;  // id of the managing Organization
  int twin = 0;
  bool active = true;
  // From the truth beside the record.
  std::string person;
  std::map<std::string, std::pair<std::string, std::string>> faults;  // field: kind, true value
  std::string true_birth, true_gender;
  bool first() const { return id == "p" + person; }  // the one of his own township
};

// Collects; faults that one resource shows by itself are kept as text.
class CountyRecord : public Sink {
 public:
  void resource(std::string_view type, std::string_view json) override;
  void truth(const Truth& row) override;

  std::vector<Item> items;
  std::map<std::string, Resident> residents;                    // by Patient id
  std::map<std::string, std::vector<std::string>> of_person;    // Patient ids
  std::map<std::string, std::string> sources;                   // Type/id to JSON, of types that are few
  std::map<std::string, std::vector<size_t>> of_resident;       // items in the order they were written
  std::set<std::string> ids;                                    // Type/id
  std::vector<std::pair<std::string, std::string>> references;  // from, to
  std::vector<std::string> faults;
  uint64_t bytes = 0;
  uint64_t hash = 14695981039346656037ull;  // FNV-1a over everything
};

// One county for all checks: 500 residents, ten years.
const CountyRecord& county();

}  // namespace witmed::generate
