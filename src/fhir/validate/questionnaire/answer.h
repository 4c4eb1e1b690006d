// One answer against the item of the Questionnaire that it answers: its type, its limits, and the choice it was offered.
#pragma once
#include <optional>
#include <unordered_map>

#include "base/pattern.h"
#include "fhir/validate/questionnaire/answer_rules.h"
#include "fhir/validate/run.h"

namespace witmed::fhir {

class AnswerJudge {
 public:
  AnswerJudge(Run& run, const QuestionForm& form, const Standing& standing) : run_(run), form_(form), standing_(standing) {}

  void judge(uint32_t item, const Occurrence& value);
  // Is it an option beside which there may be no other answer?
  bool stands_alone(uint32_t item, const Occurrence& value);

 private:
  const AnswerRules& rules_of(uint32_t item);
  bool type(const FormItem& item, const AnswerRules& rules, const Occurrence& value);
  void text(const FormItem& item, const AnswerRules& rules, const Occurrence& value);
  void form_of_text(uint32_t item, const AnswerRules& rules, const Occurrence& value);
  void bounds(const FormItem& item, const AnswerRules& rules, const Occurrence& value);
  void bound(const FormItem& item, const Occurrence& value, Node limit, bool is_least);
  void places(const FormItem& item, const AnswerRules& rules, const Occurrence& value);
  void attachment(const FormItem& item, const AnswerRules& rules, Node value);
  void unit(const FormItem& item, const AnswerRules& rules, Node value);
  void target(const FormItem& item, const AnswerRules& rules, Node value);
  void choice(const FormItem& item, const AnswerRules& rules, const Occurrence& value);
  void in_value_set(const FormItem& item, const AnswerRules& rules, const Occurrence& value);
  const Pattern* pattern(const std::string& regex);

  Run& run_;
  const QuestionForm& form_;
  const Standing& standing_;
  std::unordered_map<uint32_t, AnswerRules> rules_;
  std::unordered_map<std::string, std::optional<Pattern>> patterns_;
  size_t compiled_ = 0;
  uint64_t matched_ = 0;  // cost of the expressions so far
};

}  // namespace witmed::fhir
