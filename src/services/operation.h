// What services offer beyond reading and writing: FHIR operations (http://hl7.org/fhir/R4/operations.html),
// as a table. An operation looks at the record, decides, and says what is to be written; whoever serves it
// commits that in one transaction. So a service never waits for the writer, and the same operation works
// behind any protocol.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "fhir/json/value.h"
#include "fhir/terminology.h"
#include "record/record.h"

namespace witmed::services {

enum class Level : uint8_t { system, type, instance };

// What an operation is given.
struct Request {
  const record::Record& record;
  record::AccessContext access;
  fhir::TypeId type = 0;
  std::string id;          // of the instance
  fhir::Value parameters;  // the Parameters resource, or nothing
  fhir::Value resource;    // the body when it is any other resource
  int64_t now = 0;         // microseconds since 1970
  int zone_minutes = 0;    // the region's clock: days are its days
  std::shared_ptr<const fhir::Terminology> terminology;  // what codes mean

  // The first parameter of a name: its value[x] or resource, its parts with part(). Nothing when absent.
  const fhir::Value& value(std::string_view name) const;
  std::string text(std::string_view name) const;  // of a primitive, trimmed; empty when absent
  bool truth(std::string_view name) const;
  std::vector<const fhir::Value*> all(std::string_view name) const;  // whole parameters
  std::string today() const;                                         // "2026-11-22"
  std::string moment() const;                                        // "2026-11-22T10:30:00.000+08:00"
};
// Of one parameter or part.
const fhir::Value& value_of(const fhir::Value& parameter);
std::string part_text(const fhir::Value& parameter, std::string_view part);
const fhir::Value& part_value(const fhir::Value& parameter, std::string_view part);

// What it decided. With nothing to write, `answer` is called with no results.
struct Plan {
  std::vector<record::Operation> writes;  // one transaction
  std::function<fhir::Value(const std::vector<record::OperationResult>&)> answer;
};

struct Operation {
  std::string_view code;  // "$register"
  std::string_view type;  // "Patient"; empty = any type
  Level level;
  Plan (*plan)(const Request&);  // throws Rejection
  std::string_view definition;   // canonical url
  std::string_view zh, en;       // what it does, in a line
};
std::span<const Operation> operations();

}  // namespace witmed::services
