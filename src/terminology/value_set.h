// A ValueSet as defined (http://hl7.org/fhir/R4/valueset.html), read once: what its compose includes and excludes. What that
// means is said by compiled_set.h (membership) and expand.h (listing).
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "terminology/definition.h"

namespace witmed::terminology {

class ValueSet;

struct Filter {
  std::string property, op, value;
};

struct ConceptReference {
  std::string code, display;
  fhir::Node node;  // the element: designations, extensions
};

// One include or exclude.
struct ConceptSet {
  std::string system, version;
  std::vector<ConceptReference> concepts;
  std::vector<Filter> filters;
  std::vector<std::string> value_sets;
  bool whole() const { return concepts.empty() && filters.empty(); }
};

// One code of an expansion that came with the resource.
struct Listed {
  std::string system, version, code, display;
  bool abstract = false, inactive = false;
};

class ValueSet {
 public:
  // Throws Rejection(400) when it is no JSON, Rejection(422) when it is no ValueSet or has more in it than limits allow.
  static std::shared_ptr<const ValueSet> parse(std::string_view text);

  Definition definition;
  bool composed = false;         // has a compose
  std::optional<bool> inactive;  // compose.inactive
  std::string locked_date;       // compose.lockedDate
  std::vector<ConceptSet> include, exclude;
  std::vector<Listed> listed;                                   // expansion.contains, flat
  std::vector<std::pair<std::string, std::string>> parameters;  // of the extension valueset-expansion-parameter: name, value
  std::vector<std::string> properties;                          // compose.property (R6): what an expansion is to tell
  std::vector<std::string> supplements;                         // of the extension valueset-supplement: must be there
  std::vector<std::shared_ptr<const ValueSet>> contained;
  bool is_contained = false;
  fhir::Node resource() const { return node_; }

 private:
  static std::shared_ptr<ValueSet> read(std::shared_ptr<const fhir::Document> document, fhir::Node node, int depth);
  std::shared_ptr<const fhir::Document> document_;
  fhir::Node node_;
};

}  // namespace witmed::terminology
