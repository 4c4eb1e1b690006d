// The terminology operations (http://hl7.org/fhir/R4/codesystem-operations.html, valueset-operations.html,
// conceptmap-operations.html), each from its parameters to its answer. They throw Refusal and Rejection.
#pragma once
#include <memory>

#include "terminology/operations/coded.h"
#include "terminology/operations/context.h"

namespace witmed::terminology {

// What the request names or brings beside its parameters; nullptr where it does not.
struct Subject {
  std::shared_ptr<const ValueSet> value_set;
  SystemPtr system;
  std::shared_ptr<const ConceptMap> map;
};

fhir::Value lookup(Context& context, const Input& input, const Subject& subject);
fhir::Value subsumes(Context& context, const Input& input, const Subject& subject);
fhir::Value find_matches(Context& context, const Input& input, const Subject& subject);
fhir::Value validate_in_system(Context& context, const Input& input, const Subject& subject);
fhir::Value validate_in_set(Context& context, const Input& input, const Subject& subject);
fhir::Value expand(Context& context, const Input& input, const Subject& subject);
fhir::Value translate(Context& context, const Input& input, const Subject& subject);

// A value of a property as a parameter: its type ("valueCode") and the value.
std::pair<std::string_view, fhir::Value> parameter_value(const Property& property);

}  // namespace witmed::terminology
