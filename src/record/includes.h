// `_include` and `_revinclude` (http://hl7.org/fhir/R4/search.html#include): what the matches of a page refer to, and what refers
// to them.
#pragma once
#include <vector>

#include "record/snapshot.h"

namespace witmed::record {

// Adds to the page, each resource once. With `:iterate` an include is applied to what was included too, again and again until
// nothing is new. Throws Rejection(400, too-costly) past limits::kIncludesPerPage.
void add_includes(const Snapshot& snapshot, const std::vector<fhir::Include>& includes, Page& page);

}  // namespace witmed::record
