// Codes against what they are bound to (http://hl7.org/fhir/R4/terminologies.html#strength).
#pragma once
#include "fhir/validate/faults.h"
#include "fhir/validate/rule_book.h"
#include "fhir/validate/world.h"

namespace witmed::fhir {

struct Binding {
  std::string_view value_set;
  uint8_t strength = 0;  // as Element::binding_strength
};

// Named in place of a code system: something without a scheme; a value set of R4.
bool is_relative(std::string_view system);
bool is_value_set(std::string_view system);

class CodeJudge {
 public:
  CodeJudge(Faults& faults, const World& world, const ValidateOptions& options)
      : faults_(faults), terminology_(world.terminology), options_(options) {}

  // A value of a kind against its binding. A coding that stands inside a CodeableConcept is looked at with it, so not by itself.
  void judge(Node value, Coded kind, const Binding& binding);

 private:
  void code(Node value, const Binding& binding);
  void codeable(Node value, const Binding& binding);
  // Of one coding, Quantity or code: is it in the value set? Reports what is wrong with the coding itself; true when it did.
  bool coding(Node value, std::string_view value_set, bool quantity, Known& member);
  void not_bound(Node at, const Binding& binding, std::string_view what);

  Faults& faults_;
  const Terminology* terminology_;
  const ValidateOptions& options_;
};

}  // namespace witmed::fhir
