// `:above` and `:below` on references to things that are part of one another: locations, organisations, encounters …
// (http://hl7.org/fhir/R4/search.html#recursive).
#pragma once
#include "fhir/search/query.h"
#include "store/search/context.h"

namespace witmed::store {

// A reference condition with such a modifier: the same condition without it, its values joined by the ids of everything that
// stands below (or above) them. Throws Rejection(400, too-costly) past limits::kHierarchy ids.
fhir::Condition with_hierarchy(SearchContext& context, const fhir::Condition& condition);

}  // namespace witmed::store
