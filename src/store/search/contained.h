// Searching what is contained in other resources (http://hl7.org/fhir/R4/search.html#contained).
#pragma once
#include <optional>

#include "store/search/context.h"
#include "store/search/search.h"

namespace witmed::store {

// Containers of matches, or with `query.contained_alone` the matches themselves (id "container#id", text of the contained one),
// by number of the container, behind `after`. Fills `result` up to `limit` and says behind which container the next page
// begins; nothing when there is none. `total`: counts all of them as well.
std::optional<Rid> search_contained(SearchContext& context, const fhir::SearchQuery& query, uint32_t limit, bool total, Rid after, SearchResult& result);

}  // namespace witmed::store
