// From a parameter's name and value to a Condition: modifiers, chains (http://hl7.org/fhir/R4/search.html#chaining),
// reverse chains (http://hl7.org/fhir/R4/search.html#has).
#pragma once
#include <span>
#include <string>
#include <string_view>

#include "fhir/search/query.h"

namespace witmed::fhir {

// What the conditions of one search share while they are read: settings, and how much has been asked so far.
struct ConditionReader {
  const ParseSettings& settings;
  size_t values = 0;  // of all conditions: limits::kSearchValues

  // `types`: what is searched, empty = all types; a parameter must exist on each of them. Throws Rejection(400) naming the
  // parameter; UnknownParameter when a type does not know it.
  Condition read(std::span<const TypeId> types, std::string_view name, std::string_view value, int depth = 0);
  void count(size_t more);

 private:
  Condition chain(std::span<const TypeId> types, std::string_view name, size_t dot, std::string_view value, int depth);
  Condition has(std::string_view name, std::string_view value, int depth);
  Condition known(std::string_view name, std::string_view value);
  Condition plain(const SearchParam& param, std::string_view name, std::string_view value);
  Condition by_terminology(Condition condition, std::string_view name, std::string_view value);
};

// Thrown when no type has such a parameter, so that a lenient search can leave it out.
class UnknownParameter : public Rejection {
 public:
  UnknownParameter(std::string_view name, TypeId type);
};

// The types that a reference parameter may lead to: the one that is named, else those that it allows, else all.
std::vector<TypeId> reference_targets(const SearchParam& param, TypeId named);

// The parameter by which resources of a type are part of one another ("Location.partof"); nullptr when there is none.
const SearchParam* part_of_param(TypeId type);
// The types that a reference parameter may lead to and that have one.
std::vector<TypeId> part_of_types(const SearchParam& param);

// The parameter under this code on every one of the types (the first's), nullptr when one of them lacks it.
const SearchParam* common_param(const ExtractSettings& settings, std::span<const TypeId> types, std::string_view code);

}  // namespace witmed::fhir
