// What an item of a Questionnaire says of its answers: its own elements and the extensions of R4 and SDC that limit them
// (http://hl7.org/fhir/R4/questionnaire-profiles.html#extensions). Read once per item, so that many answers cost no more than they are.
#pragma once
#include <optional>
#include <set>
#include <string>
#include <unordered_set>
#include <vector>

#include "fhir/fhirpath/decimal.h"
#include "fhir/terminology.h"
#include "fhir/validate/profile/values.h"
#include "fhir/validate/questionnaire/form.h"

namespace witmed::fhir {

struct AnswerRules {
  AnswerRules(const FormItem& item, Node questionnaire);

  std::optional<uint32_t> min_length, max_length;  // characters
  std::optional<uint32_t> decimal_places;
  std::string regex, entry_format;
  Node least, most;                       // minValue, maxValue, minQuantity, maxQuantity
  std::set<std::string> mime_types;       // "image/*" means all of them
  std::optional<Decimal> attachment_size;  // bytes
  std::set<std::string> units;            // keys of Codings
  std::string unit_set;
  std::set<TypeId> targets;
  std::unordered_set<std::string> options, exclusive;  // keys of answerOption
  bool option_strings = false;                         // some option is a string
  std::string value_set;                               // canonical
  Node contained_set;                                  // the same, where it stands in the Questionnaire
};

// By which answers and options are compared: Codings by system and code, the rest by type and text.
std::string answer_key(const Occurrence& value);
std::string coding_key(std::string_view system, std::string_view code);
// An answer among what was listed; a listed Coding without system is one of every system.
bool is_among(const std::unordered_set<std::string>& keys, const Occurrence& answer);

// Is the Coding in a value set that is given with its codes or whole systems? unknown for one that is not, or has filters. Each
// code looked at counts as `work`.
Known in_contained_set(Node value_set, Node coding, uint64_t& work);

}  // namespace witmed::fhir
