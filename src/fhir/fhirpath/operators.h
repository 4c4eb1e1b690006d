// Operators over values (http://hl7.org/fhirpath/N1/#operations). Nothing (nullopt) is the empty collection.
#pragma once
#include <optional>

#include "fhir/fhirpath/ast.h"
#include "fhir/temporal.h"

namespace witmed::fhir {

class Machine;

// a = b; nothing when it cannot be known (precisions differ, units cannot be compared).
std::optional<bool> equal(Machine& machine, const Item& a, const Item& b);
std::optional<bool> equal(Machine& machine, const Items& a, const Items& b);
// a ~ b
bool equivalent(Machine& machine, const Item& a, const Item& b);
bool equivalent(Machine& machine, const Items& a, const Items& b);
// As `contains`, `distinct`, `|` see it: what is not known to be equal is different.
bool same(Machine& machine, const Item& a, const Item& b);
bool contains(Machine& machine, const Items& items, const Item& value);

// a | b
void unite(Machine& machine, const Items& a, const Items& b, Items& out);

// <0, 0, >0; nothing when not known. Throws PathError(execution) for values that have no order.
std::optional<int> compare(Machine& machine, const Item& a, const Item& b);
// Component by component; nothing when one is less precise than is needed.
std::optional<int> compare_temporal(const Temporal& a, const Temporal& b);
std::optional<Temporal> temporal_of(const Item& value);

// + - & * / div mod on singletons.
std::optional<Item> arithmetic(Machine& machine, Ast::Op op, const Item& a, const Item& b, uint32_t offset);
// A date or time moved by a quantity; `sign` +1 or -1.
std::optional<Item> shifted(Machine& machine, const Item& date, const Item& by, int sign);

}  // namespace witmed::fhir
