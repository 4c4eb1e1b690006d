// What an address under the FHIR base means (http://hl7.org/fhir/R4/http.html#summary).
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "fhir/definitions/definitions.h"

namespace witmed::rest {

enum class Shape : uint8_t {
  system,              //
  metadata,            // metadata
  system_history,      // _history
  system_search,       // _search
  type,                // Patient
  type_history,        // Patient/_history
  type_search,         // Patient/_search
  instance,            // Patient/p1
  instance_history,    // Patient/p1/_history
  version,             // Patient/p1/_history/2
  compartment,         // Patient/p1/Observation, Patient/p1/*
  compartment_search,  // Patient/p1/Observation/_search
  operation,           // $x, Patient/$x, Patient/p1/$x
};

struct Route {
  Shape shape = Shape::system;
  fhir::TypeId type = 0;   // of the resource; in a compartment the type searched for, 0 = all
  std::string id;          // of the instance, or of the compartment's owner
  std::string version;     // as written
  fhir::TypeId owner = 0;  // compartment: type of its owner
  std::string operation;   // "$everything"
};

// `path` is what follows the base, without query: "/Patient/p1". Throws Rejection(404) for what R4 does not
// know.
Route read_route(std::string_view path);

// An id as R4 allows it: 1–64 letters, digits, "-" and ".".
bool is_id(std::string_view text);

}  // namespace witmed::rest
