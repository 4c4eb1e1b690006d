// What search knows of a resource: one entry for each value that a search parameter finds in it.
//
// A *part* is one alternative of a search parameter's expression on one resource type, read as one search
// type: Observation "combo-code" (Observation.code | Observation.component.code) has two parts, the first of
// which is also the only part of "code". So rows with equal expression and value exist once, and a parameter
// is a union of parts.
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "fhir/definitions/definitions.h"
#include "fhir/json/document.h"

namespace witmed::fhir {

using PartId = uint16_t;

struct Part {
  PartId id;
  TypeId resource;
  SearchType type;              // never composite
  std::string_view expression;  // normalised text of the alternative
  uint64_t identity;            // stable across versions: FNV-1a of "Resource|expression|search type"
  std::span<const std::string_view> systems = {};  // token on a code or boolean: the code systems that are implied
  bool folded = false;                             // token on a string: case does not count
  bool canonical = false;                          // reference by canonical url, where :below is about versions
  bool mime = false;                               // token on a mime type: its parameters may be left out (:below)
};

// Values by search type (http://hl7.org/fhir/R4/search.html#ptypes). Texts point into the document or into
// the arena of the Extraction that holds them.
struct IndexEntry {
  enum class Kind : uint8_t {
    token,      // a = system, b = code, c = display or CodeableConcept.text (for :text); either a or b may be
                // empty
    string,     // a = the text as written; c = "part" of a later word of a family name, found by itself
    uri,        // a = the uri; b = version of the resource whose own url it is
    reference,  // a = resource type, b = id (a reference to this server: relative, or absolute under our
                // base); c = the whole url when it points elsewhere, b empty then, a = type as far as known
                // (canonical: c = url, a = version; contained: c = "#id")
    identifier,          // of a Reference (:identifier) — a = system, b = value
    date,                // low, high: microseconds since 1970 UTC, [low, high)
    number,              // number, number_high: equal for a plain number
    quantity,            // number(_high); a = system, b = code, c = unit as written
    canonical_quantity,  // the same value in UCUM base units: number(_high); b = canonical unit
    typed_identifier,    // for :of-type — a = system, b = code of Identifier.type, c = value
  };
  Kind kind;
  PartId part;
  uint16_t
      ordinal;  // which element of a repeating root it came from: joins composites (Observation.component[n])
  std::string_view a, b, c;
  std::string_view version;  // reference here: the version it names ("Patient/1/_history/2")
  int64_t low = 0, high = 0;
  double number = 0, number_high = 0;
};

inline constexpr int64_t kDateMin = INT64_MIN / 4, kDateMax = INT64_MAX / 4;  // open ends of a Period

}  // namespace witmed::fhir
