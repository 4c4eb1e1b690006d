// What of each type stands on a person's timeline: whose it is, when it happened, what it is about. The table
// (timeline.cpp) names search parameters; the kinds are those of the Patient compartment.
#pragma once
#include <vector>

#include "fhir/search/extract.h"

namespace witmed::fhir {

struct TimelineInfo {
  PartId patient;            // reference part; only entries whose type is Patient count
  std::vector<PartId> time;  // date parts, best first: the first that has an entry gives the clinical time;
                             // may be empty (then the time of recording is all there is)
  std::vector<PartId> codes;  // token parts: all their codings
};

// nullptr for a type that belongs to no person's timeline.
const TimelineInfo* timeline(TypeId type);

}  // namespace witmed::fhir
