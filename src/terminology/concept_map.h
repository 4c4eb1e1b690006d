// A ConceptMap (http://hl7.org/fhir/R4/conceptmap.html; R5's names are read too) as the operations see it: its book and what it
// says of itself.
#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "terminology/book/map_book.h"
#include "terminology/definition.h"

namespace witmed::terminology {

// What a target depends on, or what comes beside it.
struct MapProduct {
  std::string property, system, code, display;
};

class ConceptMap {
 public:
  explicit ConceptMap(MapBook book);
  // Throws Rejection(400, 422).
  static std::shared_ptr<const ConceptMap> parse(std::string_view text);
  Definition definition;
  std::string source_scope, target_scope;  // canonicals of value sets; empty: not said
  const MapBook& book() const { return book_; }

 private:
  MapBook book_;
};

std::vector<MapProduct> depends_on(const MapBookPair& pair);
std::vector<MapProduct> products(const MapBookPair& pair);

// R4's equivalence in R5's words (source-is-narrower-than-target …); what is neither stays.
std::string_view relationship_of(std::string_view equivalence);
// The same seen from the target.
std::string_view turned(std::string_view equivalence);

}  // namespace witmed::terminology
