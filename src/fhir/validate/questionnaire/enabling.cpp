#include "fhir/validate/questionnaire/enabling.h"

#include <algorithm>

#include "fhir/validate/names.h"
#include "fhir/validate/order.h"

namespace witmed::fhir {
namespace {

Known known(bool truth) { return truth ? Known::yes : Known::no; }
Known negated(Known truth) { return truth == Known::unknown ? truth : known(truth == Known::no); }
Known either(Known a, Known b) {
  if (a == Known::yes || b == Known::yes) return Known::yes;
  return a == Known::no && b == Known::no ? Known::no : Known::unknown;
}
Known both(Known a, Known b) { return negated(either(negated(a), negated(b))); }

Known same_coding(Node answer, Node stated) {
  const Names& names = Names::get();
  const std::string code = text_in(stated, names.code), system = text_in(stated, names.system);
  if (code.empty()) return known(text_in(answer, names.code).empty() && text_in(answer, names.display) == text_in(stated, names.display));
  return known(text_in(answer, names.code) == code && (system.empty() || text_in(answer, names.system) == system));
}

// `operation`: "=", "!=" (of one answer), ">", "<", ">=", "<=".
Known compared(const Occurrence& answer, const Occurrence& stated, std::string_view operation) {
  if (operation == "=" || operation == "!=") return same_answer(answer, stated);
  const auto found = order(answer.node, stated.node, answer.type);
  if (!found) return Known::unknown;
  if (operation == ">") return known(*found > 0);
  if (operation == "<") return known(*found < 0);
  if (operation == ">=") return known(*found >= 0);
  if (operation == "<=") return known(*found <= 0);
  return Known::unknown;
}

// The first answers of an item, at most that many.
std::vector<Occurrence> answers_of(Node item, size_t most) {
  const FormNames& names = FormNames::get();
  std::vector<Occurrence> out;
  const Node list = item ? list_in(item, names.answer) : Node();
  if (!list) return out;
  for (Node answer : list) {
    if (answer.kind() != Kind::object) continue;
    for (const Occurrence& value : occurrences({answer, {}, names.answer_type, nullptr}, Names::get().value)) {
      if (value.node) out.push_back(value);
    }
    if (out.size() >= most) break;
  }
  return out;
}

uint32_t end_of(Node node) { return node.offset() + static_cast<uint32_t>(node.raw().size()); }

}  // namespace

Known same_answer(const Occurrence& answer, const Occurrence& stated) {
  const Names& names = Names::get();
  if (!answer.node || !stated.node || answer.node.kind() != stated.node.kind()) return Known::no;
  if (answer.node.kind() == Kind::boolean) return known(answer.node.raw() == stated.node.raw());
  if (answer.node.kind() == Kind::object) {
    if (answer.type != stated.type) return Known::no;
    if (answer.type == names.coding_type) return same_coding(answer.node, stated.node);
    if (answer.type == names.reference_type)
      return known(text_in(answer.node, names.reference) == text_in(stated.node, names.reference));
    const auto found = order(answer.node, stated.node, answer.type);
    return found ? known(*found == 0) : Known::unknown;
  }
  if (answer.node.kind() == Kind::string && answer.node.string() == stated.node.string()) return Known::yes;
  const auto found = order(answer.node, stated.node, answer.type);
  if (!found) return Known::no;
  if (*found != 0) return Known::no;
  return answer.node.kind() == Kind::number ? Known::yes : Known::unknown;  // dates of which one spans the other
}

Enabling::Enabling(const QuestionForm& form, Node response, uint64_t& work, uint64_t most) : form_(form), work_(work), most_(most) {
  gather(response);
}

void Enabling::gather(Node owner) {
  const FormNames& names = FormNames::get();
  const Node list = list_in(owner, names.item);
  if (!list) return;
  for (Node item : list) {
    if (item.kind() != Kind::object) continue;
    const uint32_t place = form_.find(text_in(item, names.link_id));
    if (place != kNoItem && form_[place].watched) asked_[place].push_back(item);
    gather(item);
    if (const Node answers = list_in(item, names.answer))
      for (Node answer : answers) gather(answer);
  }
}

Known Enabling::enabled(uint32_t item, uint32_t offset, const Held* within) const {
  const FormNames& names = FormNames::get();
  if (!form_[item].conditional) return Known::yes;
  const Node node = form_[item].node;
  const bool all = text_in(node, names.enable_behavior) == "all";  // one condition is both
  Known out = known(all);
  for (Node condition : list_in(node, names.enable_when)) {
    const Known one = condition.kind() == Kind::object ? holds(condition, offset, within) : Known::unknown;
    out = all ? both(out, one) : either(out, one);
  }
  return out;
}

Known Enabling::holds(Node condition, uint32_t offset, const Held* within) const {
  const FormNames& names = FormNames::get();
  const uint32_t question = form_.find(text_in(condition, names.question));
  const auto stated = occurrences({condition, {}, names.condition_type, nullptr}, names.answer);
  if (question == kNoItem || stated.empty() || !stated[0].node) return Known::unknown;
  const std::string operation = text_in(condition, names.operation);
  if (++work_ > most_) return Known::unknown;
  const auto answers = answers_of(nearest(question, offset, within), operation == "exists" ? 1 : most_ - work_ + 1);
  if (operation == "exists") return known(stated[0].node.is_true() == !answers.empty());
  if (answers.empty()) return operation == "!=" ? Known::unknown : Known::no;  // "at least no answer … is equal": of none, it does not say
  Known any = Known::no;
  for (const Occurrence& answer : answers) {
    if (++work_ > most_) return Known::unknown;
    any = either(any, compared(answer, stated[0], operation));
  }
  return operation == "!=" ? negated(any) : any;
}

Node Enabling::nearest(uint32_t question, uint32_t offset, const Held* within) const {
  const auto known = asked_.find(question);
  if (known == asked_.end()) return {};
  const std::vector<Node>& all = known->second;
  const auto from = [&](uint32_t begin) {
    return std::lower_bound(all.begin(), all.end(), begin, [](Node node, uint32_t at) { return node.offset() < at; });
  };
  auto first = all.begin(), last = all.end();
  for (const Held* held = within; held; held = held->above) {
    if (question < held->item || question >= form_[held->item].end) continue;
    first = from(held->node.offset());
    last = from(end_of(held->node));
    break;
  }
  if (first == last) return {};
  const auto behind = std::min(from(offset), last);
  return behind > first ? *std::prev(behind) : *first;
}

}  // namespace witmed::fhir
