// Which items of a form a response may answer (http://hl7.org/fhir/R4/questionnaire-definitions.html#Questionnaire.item.enableWhen).
#pragma once
#include <unordered_map>
#include <vector>

#include "fhir/terminology.h"
#include "fhir/validate/profile/values.h"
#include "fhir/validate/questionnaire/form.h"

namespace witmed::fhir {

// An item of a response that encloses what is looked at; on the stack of the walk.
struct Held {
  uint32_t item;  // of the form
  Node node;      // of the response
  const Held* above;
};

class Enabling {
 public:
  // Looks through the response once, for the answers that conditions ask about. `work` counts what is compared; past `most`, nothing
  // is known any more.
  Enabling(const QuestionForm& form, Node response, uint64_t& work, uint64_t most);

  // Of an item of the form that stands at `offset` of the response, or would stand there. `unknown`: its condition cannot be judged.
  // What encloses it is not asked: who walks down has done so.
  Known enabled(uint32_t item, uint32_t offset, const Held* within) const;

 private:
  void gather(Node owner);
  Known holds(Node condition, uint32_t offset, const Held* within) const;
  // "The nearest question occurrence": in what the innermost enclosing item has of it, before the place rather than behind it.
  Node nearest(uint32_t question, uint32_t offset, const Held* within) const;

  const QuestionForm& form_;
  uint64_t& work_;
  uint64_t most_;
  std::unordered_map<uint32_t, std::vector<Node>> asked_;  // item of the form → items of the response, in order
};

// Is an answer what was stated, a choice or a condition? A Coding by system and code (a stated one without system: by code), a Quantity
// across units, dates as precise as both are.
Known same_answer(const Occurrence& answer, const Occurrence& stated);

}  // namespace witmed::fhir
