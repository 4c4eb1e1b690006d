// Bodies of the FHIRPath functions, by group: function_collections.cpp, function_text.cpp,
// function_numbers.cpp, function_conversion.cpp, function_boundary.cpp, function_fhir.cpp, function_host.cpp.
// All have the type of Function::Body.
#pragma once
#include "fhir/fhirpath/functions.h"

namespace witmed::fhir::functions {

using Signature = void(Machine& machine, const Ast& call, const Items& input, const Scope& scope, Items& out);

Signature empty, exists, all, all_true, any_true, all_false, any_false, subset_of, superset_of, count,
    distinct, is_distinct, not_, where, select, repeat, aggregate, sort, single, first, last, tail, skip,
    take, intersect, exclude, unite, combine, iif, coalesce, define_variable, of_type, as_, is, type,
    to_boolean, to_integer, to_decimal, to_string, to_date, to_date_time, to_time, to_quantity,
    converts_to_boolean, converts_to_integer, converts_to_decimal, converts_to_string, converts_to_date,
    converts_to_date_time, converts_to_time, converts_to_quantity, index_of, last_index_of, substring,
    starts_with, ends_with, contains_text, upper, lower, replace, matches, matches_full, replace_matches,
    length, to_chars, encode, decode, escape, unescape, trim, split, join, abs, ceiling, exp, floor, ln, log,
    power, round, sqrt, truncate, low_boundary, high_boundary, precision, comparable, children, descendants,
    trace, now, today, time_of_day, extension, has_value, get_value, resolve, member_of, subsumes,
    subsumed_by, conforms_to, check_modifiers, html_checks;

// The values of an expression on each item, as select() gives them.
void select_each(Machine& machine, const Ast& expression, const Items& input, const Scope& scope, Items& out);

}  // namespace witmed::fhir::functions
