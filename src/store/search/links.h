// Conditions about linked resources as lists of numbers, where that costs little: chains, `_has`, `_list`.
#pragma once
#include <optional>
#include <vector>

#include "fhir/search/query.h"
#include "store/search/context.h"

namespace witmed::store {

// Numbers of the resources of a type that meet a condition; nothing when there are more than `limit`, or when finding them
// would read much more than that.
std::optional<std::vector<Rid>> find_all(SearchContext& context, fhir::TypeId type, const fhir::Condition& condition, size_t limit);

// Resources that refer to Type/id by a reference parameter. `target`: the only type that the parameter may lead to, 0 = any.
Node referring(const SearchContext& context, const fhir::SearchParam& param, fhir::TypeId target, fhir::TypeId type, std::string_view id);

// Resources of `types` that meet a chain or `_has`, driven from the far end; nothing when the far end is larger than
// `far_limit`: then the near end is compared one by one (judge.h).
std::optional<Node> link_node(SearchContext& context, const std::vector<fhir::TypeId>& types, const fhir::Condition& condition, size_t far_limit);

// What the lists hold that a `_list` names.
Node list_node(SearchContext& context, const fhir::Condition& condition);

}  // namespace witmed::store
