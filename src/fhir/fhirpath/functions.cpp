#include "fhir/fhirpath/functions.h"

#include <algorithm>
#include <vector>

#include "fhir/fhirpath/function_bodies.h"

namespace witmed::fhir {
namespace {

using namespace functions;

constexpr Function kFunctions[] = {
    // Existence
    {"empty", 0, 0, empty},
    {"exists", 0, 1, exists},
    {"all", 1, 1, all},
    {"allTrue", 0, 0, all_true},
    {"anyTrue", 0, 0, any_true},
    {"allFalse", 0, 0, all_false},
    {"anyFalse", 0, 0, any_false},
    {"subsetOf", 1, 1, subset_of},
    {"supersetOf", 1, 1, superset_of},
    {"count", 0, 0, count},
    {"distinct", 0, 0, distinct},
    {"isDistinct", 0, 0, is_distinct},
    {"not", 0, 0, not_},
    // Filtering, projection, subsetting, combining
    {"where", 1, 1, where},
    {"select", 1, 1, select},
    {"repeat", 1, 1, repeat},
    {"aggregate", 1, 2, aggregate},
    {"sort", 0, 16, sort},
    {"single", 0, 0, single},
    {"first", 0, 0, first},
    {"last", 0, 0, last},
    {"tail", 0, 0, tail},
    {"skip", 1, 1, skip},
    {"take", 1, 1, take},
    {"intersect", 1, 1, intersect},
    {"exclude", 1, 1, exclude},
    {"union", 1, 1, unite},
    {"combine", 1, 1, combine},
    {"iif", 2, 3, iif},
    {"coalesce", 1, 16, coalesce},
    // Types
    {"ofType", 1, 1, of_type, true},
    {"is", 1, 1, is, true},
    {"as", 1, 1, of_type, true},
    {"type", 0, 0, type},
    // Conversion
    {"toBoolean", 0, 0, to_boolean},
    {"toInteger", 0, 0, to_integer},
    {"toDecimal", 0, 0, to_decimal},
    {"toString", 0, 0, to_string},
    {"toDate", 0, 0, to_date},
    {"toDateTime", 0, 0, to_date_time},
    {"toTime", 0, 0, to_time},
    {"toQuantity", 0, 1, to_quantity},
    {"convertsToBoolean", 0, 0, converts_to_boolean},
    {"convertsToInteger", 0, 0, converts_to_integer},
    {"convertsToDecimal", 0, 0, converts_to_decimal},
    {"convertsToString", 0, 0, converts_to_string},
    {"convertsToDate", 0, 0, converts_to_date},
    {"convertsToDateTime", 0, 0, converts_to_date_time},
    {"convertsToTime", 0, 0, converts_to_time},
    {"convertsToQuantity", 0, 1, converts_to_quantity},
    // Text
    {"indexOf", 1, 1, index_of},
    {"lastIndexOf", 1, 1, last_index_of},
    {"substring", 1, 2, substring},
    {"startsWith", 1, 1, starts_with},
    {"endsWith", 1, 1, ends_with},
    {"contains", 1, 1, contains_text},
    {"upper", 0, 0, upper},
    {"lower", 0, 0, lower},
    {"replace", 2, 2, replace},
    {"matches", 1, 2, matches},
    {"matchesFull", 1, 2, matches_full},
    {"replaceMatches", 2, 3, replace_matches},
    {"length", 0, 0, length},
    {"toChars", 0, 0, to_chars},
    {"encode", 1, 1, encode},
    {"decode", 1, 1, decode},
    {"escape", 1, 1, escape},
    {"unescape", 1, 1, unescape},
    {"trim", 0, 0, trim},
    {"split", 1, 1, split},
    {"join", 0, 1, join},
    // Numbers
    {"abs", 0, 0, abs},
    {"ceiling", 0, 0, ceiling},
    {"exp", 0, 0, exp},
    {"floor", 0, 0, floor},
    {"ln", 0, 0, ln},
    {"log", 1, 1, log},
    {"power", 1, 1, power},
    {"round", 0, 1, round},
    {"sqrt", 0, 0, sqrt},
    {"truncate", 0, 0, truncate},
    {"lowBoundary", 0, 1, low_boundary},
    {"highBoundary", 0, 1, high_boundary},
    {"precision", 0, 0, precision},
    {"comparable", 1, 1, comparable},
    // Tree and clock
    {"children", 0, 0, children},
    {"descendants", 0, 0, descendants},
    {"trace", 1, 2, trace},
    {"now", 0, 0, now},
    {"today", 0, 0, today},
    {"timeOfDay", 0, 0, time_of_day},
    // FHIR's own (http://hl7.org/fhir/R4/fhirpath.html#functions)
    {"extension", 1, 1, extension},
    {"hasValue", 0, 0, has_value},
    {"getValue", 0, 0, get_value},
    {"resolve", 0, 0, resolve},
    {"conformsTo", 1, 1, conforms_to},
    {"htmlChecks", 0, 0, html_checks},
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
