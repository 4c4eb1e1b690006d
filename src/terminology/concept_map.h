// A ConceptMap as defined (http://hl7.org/fhir/R4/conceptmap.html; R5's names are read too), both ways to be looked up.
#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "terminology/definition.h"

namespace witmed::terminology {

struct MapProduct {
  std::string property, system, code, display;
};

struct MapTarget {
  std::string code, display, comment;
  std::string equivalence;  // R4: equivalent, wider, narrower …
  std::vector<MapProduct> depends_on, product;
};

struct MapElement {
  std::string code, display;
  std::vector<MapTarget> targets;
  bool unmapped = false;  // noMap, or a target without code: known to have none
};

struct MapGroup {
  std::string source, source_version, target, target_version;
  std::vector<MapElement> elements;
  std::string unmapped_mode, unmapped_code, unmapped_display, unmapped_url;  // mode: provided, fixed, other-map; empty: none
  std::unordered_multimap<std::string_view, uint32_t> by_source;                       // code → element
  std::unordered_multimap<std::string_view, std::pair<uint32_t, uint32_t>> by_target;  // code → element, target
};

class ConceptMap {
 public:
  // Throws Rejection(400, 422).
  static std::shared_ptr<const ConceptMap> parse(std::string_view text);
  Definition definition;
  std::string source_scope, target_scope;  // canonicals of value sets
  std::vector<MapGroup> groups;
};

// R4's equivalence in R5's words (source-is-narrower-than-target …) and back; what is neither stays.
std::string_view relationship_of(std::string_view equivalence);
std::string_view equivalence_of(std::string_view relationship);
// The same seen from the target.
std::string_view turned(std::string_view equivalence);

}  // namespace witmed::terminology
