#include "fhir/validate/questionnaire/answer.h"

#include <fmt/format.h>

#include <algorithm>

#include "fhir/fhirpath/utf8.h"
#include "fhir/reference.h"
#include "fhir/validate/names.h"
#include "fhir/validate/order.h"

namespace witmed::fhir {
namespace {

constexpr size_t kPatterns = 32;    // kept at once: each takes some megabytes at most
constexpr size_t kCompiled = 1000;  // compiled in one validation

// The types that answers of an item may have; none: any. A choice without a list offers nothing to compare with, so a text passes.
std::vector<std::string_view> types_of(const FormItem& item, const AnswerRules& rules) {
  switch (item.type) {
    case ItemType::boolean: return {"boolean"};
    case ItemType::decimal: return {"decimal"};
    case ItemType::integer: return {"integer"};
    case ItemType::date: return {"date"};
    case ItemType::date_time: return {"dateTime"};
    case ItemType::time: return {"time"};
    case ItemType::string:
    case ItemType::text: return {"string"};
    case ItemType::url: return {"uri"};
    case ItemType::attachment: return {"Attachment"};
    case ItemType::reference: return {"Reference"};
    case ItemType::quantity: return {"Quantity"};
    case ItemType::open_choice:
      if (rules.options.empty()) return {"Coding", "string"};
      return {"Coding", "string", "integer", "date", "time", "Reference"};
    case ItemType::choice:
      if (!rules.value_set.empty()) return {"Coding"};
      if (rules.options.empty()) return {"Coding", "string"};
      return {};  // one of the options, of whatever type those are
    default: return {};
  }
}

std::string list_of(const std::set<std::string>& words) {
  std::string out;
  for (const std::string& each : words) out.append(out.empty() ? "" : ", ").append(each);
  return out;
}

size_t bytes_of(Node attachment) {
  const Names& names = Names::get();
  if (const Node data = attachment[names.data]; data && data.kind() == Kind::string) {
    const std::string_view text = data.raw();
    const auto digits = std::count_if(text.begin(), text.end(), [](char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '+' || c == '/'; });
    return static_cast<size_t>(digits) * 6 / 8;
  }
  const Node size = attachment[names.size];
  const auto stated = size && size.kind() == Kind::number ? Decimal::parse(size.raw()) : std::nullopt;
  return stated ? static_cast<size_t>(stated->integer().value_or(0)) : 0;
}

}  // namespace

const AnswerRules& AnswerJudge::rules_of(uint32_t item) {
  const auto known = rules_.find(item);
  return known != rules_.end() ? known->second : rules_.emplace(item, AnswerRules(form_[item], form_.questionnaire())).first->second;
}

bool AnswerJudge::stands_alone(uint32_t item, const Occurrence& value) {
  const AnswerRules& rules = rules_of(item);
  return value.node && is_among(rules.exclusive, value);
}

void AnswerJudge::judge(uint32_t place, const Occurrence& value) {
  const FormItem& item = form_[place];
  const AnswerRules& rules = rules_of(place);
  if (!type(item, rules, value) || !value.node) return;
  const Names& names = Names::get();
  if (value.node.kind() == Kind::string) {
    text(item, rules, value);
    form_of_text(place, rules, value);
  }
  bounds(item, rules, value);
  if (value.type == names.attachment) attachment(item, rules, value.node);
  if (value.type == names.quantity) unit(item, rules, value.node);
  if (value.type == names.reference_type) target(item, rules, value.node);
  choice(item, rules, value);
}

bool AnswerJudge::type(const FormItem& item, const AnswerRules& rules, const Occurrence& value) {
  const auto allowed = types_of(item, rules);
  const std::string_view have = Definitions::r4().type(value.type).name;
  if (allowed.empty() || std::find(allowed.begin(), allowed.end(), have) != allowed.end()) return true;
  std::string names;
  for (std::string_view each : allowed) names.append(names.empty() ? "" : ", ").append(each);
  run_.faults.add(value.place(), "value", "answer-type", fmt::format("an answer of \"{}\" is a {}, not a {}", item.link, names, have),
                  fmt::format("“{}”的答案类型应为 {}，不是 {}", item.link, names, have));
  return false;
}

void AnswerJudge::text(const FormItem& item, const AnswerRules& rules, const Occurrence& value) {
  const bool written = item.type == ItemType::string || item.type == ItemType::text || item.type == ItemType::url || item.type == ItemType::open_choice;
  if (!written) return;
  std::string scratch;
  const std::string_view text = value.node.view(scratch);
  const size_t length = count_characters(text);
  if (rules.max_length && length > *rules.max_length)
    run_.faults.add(value.node, "too-long", "answer-long", fmt::format("the answer has {} characters, at most {} are allowed", length, *rules.max_length),
                    fmt::format("答案有 {} 个字符，最多 {} 个", length, *rules.max_length));
  if (rules.min_length && length < *rules.min_length)
    run_.faults.add(value.node, "value", "answer-short", fmt::format("the answer has {} characters, at least {} are needed", length, *rules.min_length),
                    fmt::format("答案有 {} 个字符，至少 {} 个", length, *rules.min_length));
  if (item.type == ItemType::string && run_.options.warnings && text.find_first_of("\r\n") != text.npos)
    run_.faults.add(Fault{value.node, "value", "answer-lines", "the answer is a short text: it should not have several lines",
                          "此题为单行文本，答案不应换行", Severity::warning, {}});
}

void AnswerJudge::form_of_text(uint32_t place, const AnswerRules& rules, const Occurrence& value) {
  if (rules.regex.empty()) return;
  const Pattern* form = pattern(rules.regex);
  std::string scratch;
  const std::string_view text = value.node.view(scratch);
  constexpr uint64_t kSteps = 300'000'000;  // a second or two of matching in one validation
  if (!form || (matched_ += form->cost(text)) > kSteps) {
    if (run_.options.warnings)
      run_.faults.add(Fault{value.node, "not-supported", "answer-regex", fmt::format("the expression of \"{}\" cannot be used, so this was not checked by it", form_[place].link),
                            fmt::format("“{}”的正则表达式不能使用，未按它检查", form_[place].link), Severity::warning, {}});
  } else if (!form->takes(text)) {
    const std::string& like = rules.entry_format.empty() ? rules.regex : rules.entry_format;
    run_.faults.add(value.node, "value", "answer-form", fmt::format("{} is not written as it should be: {}", excerpt(value.node), like),
                    fmt::format("{} 的写法不对，应为：{}", excerpt(value.node), like));
  }
}

const Pattern* AnswerJudge::pattern(const std::string& regex) {
  auto known = patterns_.find(regex);
  if (known == patterns_.end()) {
    if (patterns_.size() == kPatterns) patterns_.clear();
    known = patterns_.emplace(regex, compiled_++ < kCompiled ? Pattern::read(regex) : std::nullopt).first;
  }
  return known->second ? &*known->second : nullptr;
}

void AnswerJudge::bounds(const FormItem& item, const AnswerRules& rules, const Occurrence& value) {
  if (rules.least) bound(item, value, rules.least, true);
  if (rules.most) bound(item, value, rules.most, false);
  if (rules.decimal_places) places(item, rules, value);
}

void AnswerJudge::bound(const FormItem& item, const Occurrence& value, Node limit, bool is_least) {
  if (limit.kind() != value.node.kind()) return;
  const auto found = order(value.node, limit, value.type);
  const std::string what = excerpt(limit);
  if (!found && value.type == Names::get().quantity) {
    run_.faults.add(value.node, "value", "answer-unit", fmt::format("the quantity cannot be compared with the limit of \"{}\": {}", item.link, what),
                    fmt::format("此数量无法与“{}”的界限比较：{}", item.link, what));
  } else if (found && is_least && *found < 0) {
    run_.faults.add(value.node, "value", "answer-small", fmt::format("the answer must be at least {}", what), fmt::format("答案不能小于 {}", what));
  } else if (found && !is_least && *found > 0) {
    run_.faults.add(value.node, "value", "answer-large", fmt::format("the answer must be at most {}", what), fmt::format("答案不能大于 {}", what));
  }
}

void AnswerJudge::places(const FormItem&, const AnswerRules& rules, const Occurrence& value) {
  const Node number = value.node.kind() == Kind::object ? value.node[Names::get().value] : value.node;
  if (!number || number.kind() != Kind::number) return;
  const auto read = Decimal::parse(number.raw());
  if (!read || read->scale() <= static_cast<int64_t>(*rules.decimal_places)) return;
  run_.faults.add(value.node, "value", "answer-places", fmt::format("{} has {} decimal places, at most {} are allowed", number.raw(), read->scale(), *rules.decimal_places),
                  fmt::format("{} 有 {} 位小数，最多 {} 位", number.raw(), read->scale(), *rules.decimal_places));
}

void AnswerJudge::attachment(const FormItem&, const AnswerRules& rules, Node value) {
  const std::string type = text_in(value, FormNames::get().content_type);
  const std::string plain = type.substr(0, type.find(';')), family = plain.substr(0, plain.find('/')) + "/*";
  if (!rules.mime_types.empty() && !type.empty() && !rules.mime_types.contains(plain) && !rules.mime_types.contains(family))
    run_.faults.add(value, "value", "answer-mime-type", fmt::format("an attachment of type {} is not allowed, but {}", type, list_of(rules.mime_types)),
                    fmt::format("不允许 {} 类型的附件，只允许 {}", type, list_of(rules.mime_types)));
  if (!rules.attachment_size) return;
  const size_t size = bytes_of(value);
  if (compare(Decimal(static_cast<int64_t>(size)), *rules.attachment_size) > 0)
    run_.faults.add(value, "too-long", "answer-size", fmt::format("the attachment has {} bytes, at most {} are allowed", size, rules.attachment_size->text()),
                    fmt::format("附件有 {} 字节，最多 {} 字节", size, rules.attachment_size->text()));
}

void AnswerJudge::unit(const FormItem& item, const AnswerRules& rules, Node value) {
  if (rules.units.empty() && rules.unit_set.empty()) return;
  const Names& names = Names::get();
  const std::string system = text_in(value, names.system), code = text_in(value, names.code);
  if (!rules.units.empty() && rules.units.contains(coding_key(system, code))) return;
  if (!rules.unit_set.empty() && !code.empty()) {
    const auto member = run_.world.terminology ? run_.world.terminology->judge({system, {}, code, {}}, rules.unit_set).member : Known::unknown;
    if (member != Known::no) return;
  }
  run_.faults.add(value, "code-invalid", "answer-unit", fmt::format("the unit {} is none of those that \"{}\" offers", code.empty() ? text_in(value, names.unit) : code, item.link),
                  fmt::format("单位 {} 不在“{}”可选的单位中", code.empty() ? text_in(value, names.unit) : code, item.link));
}

void AnswerJudge::target(const FormItem& item, const AnswerRules& rules, Node value) {
  if (rules.targets.empty()) return;
  const Names& names = Names::get();
  const std::string reference = text_in(value, names.reference);
  TypeId type = split_reference(reference).type;
  if (!type) type = names.r4.type_id(text_in(value, names.type));
  if (!type) {
    const Node found = run_.target(reference, standing_);
    if (found) type = actual_type(found, names.resource_base);
  }
  if (!type || type == names.resource_base || rules.targets.contains(type)) return;
  run_.faults.add(value, "value", "answer-target", fmt::format("\"{}\" asks for no {}", item.link, names.r4.type(type).name),
                  fmt::format("“{}”的答案不能引用 {}", item.link, names.r4.type(type).name));
}

void AnswerJudge::choice(const FormItem& item, const AnswerRules& rules, const Occurrence& value) {
  const bool free_text = item.type == ItemType::open_choice && value.type == Names::get().string;
  if (free_text) return;
  if (!rules.options.empty() && !is_among(rules.options, value))
    run_.faults.add(value.node, "code-invalid", "answer-option", fmt::format("{} is none of the answers that \"{}\" offers", excerpt(value.node), item.link),
                    fmt::format("{} 不在“{}”可选的答案中", excerpt(value.node), item.link));
  if (!rules.value_set.empty()) in_value_set(item, rules, value);
}

void AnswerJudge::in_value_set(const FormItem& item, const AnswerRules& rules, const Occurrence& value) {
  const Names& names = Names::get();
  if (value.type == names.coding_type && !rules.value_set.starts_with('#'))
    return run_.codes.judge(value.node, Coded::coding, {rules.value_set, 4});
  Known member = Known::unknown;
  std::string scratch;
  if (value.type == names.coding_type) {
    if (rules.contained_set) member = in_contained_set(rules.contained_set, value.node, run_.form_work);
  } else if (value.type == names.string && run_.world.terminology && !rules.value_set.starts_with('#')) {
    member = run_.world.terminology->judge({{}, {}, value.node.view(scratch), {}}, rules.value_set).member;
  }
  if (member == Known::no)
    run_.faults.add(value.node, "code-invalid", "answer-option", fmt::format("{} is not in the value set of \"{}\"", excerpt(value.node), item.link),
                    fmt::format("{} 不在“{}”的值集中", excerpt(value.node), item.link));
}

}  // namespace witmed::fhir
