// Between the values of an evaluation and those that callers see.
#pragma once
#include "fhir/fhirpath/item.h"

namespace witmed::fhir {

PathValue path_value_of(const Item& item);
// Its texts are those of `value`, which must live longer.
Item item_of(const PathValue& value);

}  // namespace witmed::fhir
