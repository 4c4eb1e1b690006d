// Operators over values (http://hl7.org/fhirpath/N1/#operations). Nothing (nullopt) is the empty collection.
#pragma once
#include <optional>

#include "fhir/fhirpath/ast.h"
#include "fhir/temporal.h"

namespace witmed::fhir {

class Machine;

// a = b; nothing when it cannot be known (precisions differ, units cannot be compared).
std::optional<bool> equal(Machine& machine, const Value& a, const Value& b);
std::optional<bool> equal(Machine& machine, const Items& a, const Items& b);
// a ~ b
bool equivalent(Machine& machine, const Value& a, const Value& b);
bool equivalent(Machine& machine, const Items& a, const Items& b);
// As `contains`, `distinct`, `|` see it: what is not known to be equal is different.
bool same(Machine& machine, const Value& a, const Value& b);
bool contains(Machine& machine, const Items& items, const Value& value);

// <0, 0, >0; nothing when not known. Throws PathError(execution) for values that have no order.
std::optional<int> compare(Machine& machine, const Value& a, const Value& b);
// Component by component; nothing when one is less precise than is needed.
std::optional<int> compare_temporal(const Temporal& a, const Temporal& b);
std::optional<Temporal> temporal_of(const Value& value);

// + - & * / div mod on singletons.
std::optional<Value> arithmetic(Machine& machine, Ast::Op op, const Value& a, const Value& b,
                                uint32_t offset);
// A date or time moved by a quantity; `sign` +1 or -1.
std::optional<Value> shifted(Machine& machine, const Value& date, const Value& by, int sign);

// UCUM code of a calendar word that has a fixed length ("week" → "wk"), else the unit itself.
std::string_view definite_unit(std::string_view unit);

}  // namespace witmed::fhir
