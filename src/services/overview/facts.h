// What the overview reads in a resource: a few facts of five types, the rest of a record is not looked at.
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "record/record.h"

namespace witmed::services {

inline constexpr int32_t kNoDay = INT32_MIN;
inline constexpr int kNoMonth = INT32_MIN;

enum class Sex : uint8_t { male, female, unknown };

struct ResidentFacts {
  int32_t birth = kNoDay;  // days since 1970-01-01; of a year or month alone its first day
  Sex sex = Sex::unknown;
  bool alive = false;
  bool counted = false;  // false: removed, entered in error, or replaced by another record of the same person
  bool operator==(const ResidentFacts&) const = default;
};

enum class VisitClass : uint8_t { outpatient, inpatient, emergency, home, virtual_, other };
inline constexpr size_t kVisitClasses = 6;

struct VisitFacts {
  int month = kNoMonth;  // year × 12 + month − 1 of the start
  VisitClass type = VisitClass::other;
  std::string institution;  // id of the Organization; empty = not recorded
};

struct DiagnosisFacts {
  std::string patient;  // id
  std::string code;     // of the first coding; empty = text only
  std::string name;     // as written: text, else display, else code
};

struct InstitutionFacts {
  std::string name;
  std::string parent;    // id, of partOf
  std::string level;     // code of type[].coding that is not HL7's own; empty when there is none
  std::string kind;      // type[].text, else its display
  bool counted = false;  // active, and no department of another institution
  template <typename Form>
  void members(Form& form) {
    form(name, parent, level, kind, counted);
  }
};

struct PlaceFacts {
  std::string institution;  // id, of managingOrganization
  double longitude = 0, latitude = 0;
  template <typename Form>
  void members(Form& form) {
    form(institution, longitude, latitude);
  }
};

// nullopt, or not counted: the resource is removed or in error, or what is counted is not recorded in it.
ResidentFacts resident_facts(const record::Version& version);
std::optional<VisitFacts> visit_facts(const record::Version& version);
std::optional<DiagnosisFacts> diagnosis_facts(const record::Version& version);
InstitutionFacts institution_facts(const record::Version& version);
std::optional<PlaceFacts> place_facts(const record::Version& version);

// Category of a chronic disease in ICD-10 ("E11"), empty for any other code. The same list as the record
// page's.
std::string_view chronic_category(std::string_view code);

}  // namespace witmed::services
