// Reading the parameters of a search as the record understands them.
#pragma once
#include "fhir/search/query.h"
#include "rest/call.h"

namespace witmed::rest {

// Throws Rejection(400) naming the parameter at fault.
fhir::SearchQuery parse_search(const Call& call, const Params& params);

}  // namespace witmed::rest
