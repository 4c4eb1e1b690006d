// `_lastUpdated` by the change feed, whose order is the order of time: a stretch of it is found by bisection.
#pragma once
#include <optional>
#include <vector>

#include "fhir/search/query.h"
#include "store/store.h"

namespace witmed::store {

// Resources whose current version was committed when all conditions hold, as far as those bound a stretch of time; still to be
// compared. Nothing when the stretch holds more than `limit` changes.
std::optional<std::vector<Rid>> updated_between(View& view, const std::vector<const fhir::Condition*>& conditions,
                                                const std::vector<TypeId>& types, size_t limit);

}  // namespace witmed::store
