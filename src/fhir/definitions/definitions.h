// What FHIR R4 (4.0.1) says, read from the blob packed at build time (format.h): types, elements, invariants,
// search parameters, compartments. Nothing about a resource type is written by hand.
// Immutable after load; every reference and pointer into it lives as long as the process.
#pragma once
#include <cstdint>
#include <span>
#include <string_view>

namespace witmed::fhir {

using NameId = uint16_t;  // an interned JSON property name of R4; 0 = not a name that R4 knows
using TypeId = uint16_t;  // index into Definitions::types(); 0 = none

enum class TypeKind : uint8_t {
  primitive,  // "string", "date" … (JSON scalar, with an optional "_name" sibling)
  complex,    // "HumanName", "Quantity" …
  backbone,   // an element with children of its own: "Patient.contact", "Observation.component"
  resource,   // "Patient" …
  abstract,   // "Element", "Resource", "DomainResource"
};

struct Type;

struct Element {
  std::string_view path;  // "Observation.value[x]"
  NameId name;            // JSON property: "valueQuantity" for a choice (one Element for each alternative)
  NameId base;            // FHIRPath name: "value" for a choice, else equal to name
  TypeId type;  // of the value; contentReference is resolved to the backbone it names; Resource for contained
  uint16_t min;      // smallest number of occurrences (of the whole choice group, for a choice)
  uint16_t max;      // 0xffff = unbounded
  bool array;        // JSON form is an array
  bool choice;       // one of value[x]
  bool modifier;     // isModifier
  bool summary;      // isSummary
  bool primitive;    // its type is a primitive: a JSON scalar, with an optional "_name" sibling
  uint8_t group;     // choice: its place among the choices of its type, from 1; equal for all alternatives
  uint8_t required;  // min > 0: its place among the required of its type, from 1; equal for all alternatives
  uint8_t binding_strength;         // 0 none, 1 example, 2 preferred, 3 extensible, 4 required
  std::string_view binding;         // value set url, or empty
  std::span<const TypeId> targets;  // Reference/canonical: allowed resource types; empty = any
};

struct Invariant {
  std::string_view key;         // "pat-1"
  std::string_view path;        // element it is stated on
  std::string_view expression;  // FHIRPath
  std::string_view human;
  bool warning;  // else error
};

struct Type {
  std::string_view name;  // "Patient", "Patient.contact", "HumanName", "string"
  TypeId id;
  TypeId base;  // type it is derived from
  TypeKind kind;
  std::span<const Element> elements;  // in the order of the definition, inherited ones included
  std::span<const Invariant>
      invariants;                   // stated on the type or on its elements; inherited ones stand on `base`
  std::string_view regex;           // primitives: the R4 regular expression of the value
  std::span<const uint16_t> slots;  // perfect hash of the elements, see format.h
  uint32_t multiplier, shift;
  uint32_t required;  // a bit for each required element or choice: 1 << (Element::required - 1)

  // By JSON name (an alternative of a choice by its own, "valueQuantity"); nullptr when R4 has no such
  // element.
  const Element* element(NameId json_name) const {
    if (elements.empty()) return nullptr;
    const Element& candidate = elements[slots[(json_name * multiplier) >> shift]];
    return candidate.name == json_name ? &candidate : nullptr;
  }
};

enum class SearchType : uint8_t { number, date, string, token, reference, composite, quantity, uri, special };
// As a code of http://hl7.org/fhir/R4/valueset-search-param-type.html.
constexpr std::string_view code_of(SearchType type) {
  constexpr std::string_view codes[] = {"number", "date", "string", "token", "reference", "composite", "quantity", "uri", "special"};
  return codes[static_cast<size_t>(type)];
}

struct SearchParam;
struct Component {
  const SearchParam* param;
  std::string_view expression;
};

struct SearchParam {
  std::string_view code;  // "birthdate"
  std::string_view url;   // definition
  std::string_view
      expression;  // the part of the published expression that concerns `base` ("Patient.birthDate")
  SearchType type;
  TypeId base;  // resource type it is listed under (Resource-level ones are listed under each)
  std::span<const TypeId> targets;        // reference: allowed targets
  std::span<const Component> components;  // composite
  uint16_t custom = 0;                    // not of R4 but of a record: its part (fhir/search/custom.h)
};

struct CompartmentRule {
  TypeId type;
  std::span<const std::string_view> params;
};  // "{def}" = the resource itself

class Definitions {
 public:
  // The one instance, from the embedded blob. First call maps it (a few milliseconds); thread-safe.
  static const Definitions& r4();

  NameId name(std::string_view text) const;  // 0 when unknown
  std::string_view text(NameId name) const;
  NameId plain(NameId name) const;    // "_birthDate" → "birthDate"; 0 for a name that is no such sibling
  NameId sibling(NameId name) const;  // "birthDate" → "_birthDate"; 0 when no primitive has the name
  TypeId type_id(std::string_view name) const;  // 0 when unknown
  const Type& type(TypeId id) const;
  std::span<const Type> types() const;
  std::span<const TypeId> resource_types() const;  // concrete resource types, alphabetical
  bool is_resource(TypeId id) const;
  bool is_a(TypeId type, TypeId ancestor) const;  // equal, or derived from it

  std::span<const SearchParam> search_params(
      TypeId resource) const;  // sorted by code; includes those of Resource/DomainResource
  const SearchParam* search_param(TypeId resource, std::string_view code) const;
  // Which parameters of each type put a resource into a compartment ("Patient", "Encounter" …).
  std::span<const CompartmentRule> compartment(std::string_view name) const;
  // Code systems that a value set draws on, for those that some `code` is bound to ("…|4.0.1" or without version); else empty.
  std::span<const std::string_view> value_set_systems(std::string_view url) const;

 private:
  Definitions();
  struct Tables;
  const Tables* tables_;
};

}  // namespace witmed::fhir
