#include "fhir/fhirpath/functions.h"

#include <algorithm>
#include <vector>

#include "fhir/fhirpath/function_bodies.h"

namespace witmed::fhir {
namespace {

using namespace functions;

constexpr Function kFunctions[] = {
    // Existence
    {"empty", 0, 0, empty, "*()b"},
    {"exists", 0, 1, exists, "*(c)b"},
    {"all", 1, 1, all, "*(c)b"},
    {"allTrue", 0, 0, all_true, "*()b"},
    {"anyTrue", 0, 0, any_true, "*()b"},
    {"allFalse", 0, 0, all_false, "*()b"},
    {"anyFalse", 0, 0, any_false, "*()b"},
    {"subsetOf", 1, 1, subset_of, "*(*)b"},
    {"supersetOf", 1, 1, superset_of, "*(*)b"},
    {"count", 0, 0, count, "*()i"},
    {"distinct", 0, 0, distinct, "*()="},
    {"isDistinct", 0, 0, is_distinct, "*()b"},
    {"not", 0, 0, not_, "*()b"},
    // Filtering, projection, subsetting, combining
    {"where", 1, 1, where, "*(c)="},
    {"select", 1, 1, select, "*(e)1"},
    {"repeat", 1, 1, repeat, "*(e)1"},
    {"aggregate", 1, 2, aggregate, "*(e*)?"},
    {"sort", 0, 16, sort, "*(e)="},
    {"single", 0, 0, single, "*()-"},
    {"first", 0, 0, first, ">()-"},
    {"last", 0, 0, last, ">()-"},
    {"tail", 0, 0, tail, ">()="},
    {"skip", 1, 1, skip, ">(i)="},
    {"take", 1, 1, take, ">(i)="},
    {"intersect", 1, 1, intersect, "*(*)="},
    {"exclude", 1, 1, exclude, "*(*)="},
    {"union", 1, 1, unite, "*(*)+"},
    {"combine", 1, 1, combine, "*(*)+"},
    {"iif", 2, 3, iif, "*(cee)u"},
    {"defineVariable", 1, 2, define_variable, "*(se)="},
    {"coalesce", 1, 16, coalesce, "*(*)u"},
    // Types
    {"ofType", 1, 1, of_type, "*(N)N"},
    {"is", 1, 1, is, "*(N)b"},
    {"as", 1, 1, as_, "*(N)N"},
    {"type", 0, 0, type, "*()I"},
    // Conversion
    {"toBoolean", 0, 0, to_boolean, "*()b"},
    {"toInteger", 0, 0, to_integer, "*()i"},
    {"toDecimal", 0, 0, to_decimal, "*()d"},
    {"toString", 0, 0, to_string, "*()s"},
    {"toDate", 0, 0, to_date, "*()D"},
    {"toDateTime", 0, 0, to_date_time, "*()T"},
    {"toTime", 0, 0, to_time, "*()t"},
    {"toQuantity", 0, 1, to_quantity, "*(s)q"},
    {"convertsToBoolean", 0, 0, converts_to_boolean, "*()b"},
    {"convertsToInteger", 0, 0, converts_to_integer, "*()b"},
    {"convertsToDecimal", 0, 0, converts_to_decimal, "*()b"},
    {"convertsToString", 0, 0, converts_to_string, "*()b"},
    {"convertsToDate", 0, 0, converts_to_date, "*()b"},
    {"convertsToDateTime", 0, 0, converts_to_date_time, "*()b"},
    {"convertsToTime", 0, 0, converts_to_time, "*()b"},
    {"convertsToQuantity", 0, 1, converts_to_quantity, "*(s)b"},
    // Text
    {"indexOf", 1, 1, index_of, "s(s)i"},
    {"lastIndexOf", 1, 1, last_index_of, "s(s)i"},
    {"substring", 1, 2, substring, "s(i)s"},
    {"startsWith", 1, 1, starts_with, "s(s)b"},
    {"endsWith", 1, 1, ends_with, "s(s)b"},
    {"contains", 1, 1, contains_text, "s(s)b"},
    {"upper", 0, 0, upper, "s()s"},
    {"lower", 0, 0, lower, "s()s"},
    {"replace", 2, 2, replace, "s(s)s"},
    {"matches", 1, 2, matches, "s(s)b"},
    {"matchesFull", 1, 2, matches_full, "s(s)b"},
    {"replaceMatches", 2, 3, replace_matches, "s(s)s"},
    {"length", 0, 0, length, "s()i"},
    {"toChars", 0, 0, to_chars, "s()s"},
    {"encode", 1, 1, encode, "s(s)s"},
    {"decode", 1, 1, decode, "s(s)s"},
    {"escape", 1, 1, escape, "s(s)s"},
    {"unescape", 1, 1, unescape, "s(s)s"},
    {"trim", 0, 0, trim, "s()s"},
    {"split", 1, 1, split, "s(s)s"},
    {"join", 0, 1, join, "s(s)s"},
    // Numbers
    {"abs", 0, 0, abs, "m()="},
    {"ceiling", 0, 0, ceiling, "m()m"},
    {"exp", 0, 0, exp, "n()d"},
    {"floor", 0, 0, floor, "m()m"},
    {"ln", 0, 0, ln, "n()d"},
    {"log", 1, 1, log, "n(n)d"},
    {"power", 1, 1, power, "n(n)n"},
    {"round", 0, 1, round, "m(i)m"},
    {"sqrt", 0, 0, sqrt, "n()d"},
    {"truncate", 0, 0, truncate, "m()m"},
    {"lowBoundary", 0, 1, low_boundary, "x(i)="},
    {"highBoundary", 0, 1, high_boundary, "x(i)="},
    {"precision", 0, 0, precision, "x()i"},
    {"comparable", 1, 1, comparable, "q(q)b"},
    // Tree and clock
    {"children", 0, 0, children, "*()~"},
    {"descendants", 0, 0, descendants, "*()~"},
    {"trace", 1, 2, trace, "*(se)="},
    {"now", 0, 0, now, "*()T"},
    {"today", 0, 0, today, "*()D"},
    {"timeOfDay", 0, 0, time_of_day, "*()t"},
    // FHIR's own (http://hl7.org/fhir/R4/fhirpath.html#functions)
    {"extension", 1, 1, extension, "*(s)X"},
    {"hasValue", 0, 0, has_value, "*()b"},
    {"getValue", 0, 0, get_value, "*()?"},
    {"resolve", 0, 0, resolve, "*()?"},
    {"memberOf", 1, 1, member_of, "*(s)b"},
    {"subsumes", 1, 1, subsumes, "*(*)b"},
    {"subsumedBy", 1, 1, subsumed_by, "*(*)b"},
    {"checkModifiers", 1, 16, check_modifiers, "*(s)="},
    {"conformsTo", 1, 1, conforms_to, "*(s)b"},
    {"htmlChecks", 0, 0, html_checks, "*()b"},
};

}  // namespace

const Function* find_function(std::string_view name) {
  static const std::vector<const Function*> sorted = [] {
    std::vector<const Function*> all;
    for (const Function& function : kFunctions) all.push_back(&function);
    std::sort(all.begin(), all.end(), [](auto a, auto b) { return a->name < b->name; });
    return all;
  }();
  auto found = std::lower_bound(sorted.begin(), sorted.end(), name,
                                [](auto f, std::string_view n) { return f->name < n; });
  return found != sorted.end() && (*found)->name == name ? *found : nullptr;
}

}  // namespace witmed::fhir
