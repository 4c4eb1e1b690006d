#include "fhir/search/query_condition.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "base/limits.h"
#include "fhir/search/custom.h"
#include "fhir/search/query_filter.h"
#include "fhir/search/query_text.h"
#include "fhir/search/query_value.h"
#include "fhir/search/words.h"

namespace witmed::fhir {
namespace {

struct ModifierName {
  std::string_view text;
  Modifier modifier;
};
constexpr ModifierName kModifiers[] = {
    {"missing", Modifier::missing}, {"exact", Modifier::exact},     {"contains", Modifier::contains},
    {"not", Modifier::not_},        {"text", Modifier::text},       {"identifier", Modifier::identifier},
    {"above", Modifier::above},     {"below", Modifier::below},     {"in", Modifier::in},
    {"not-in", Modifier::not_in},   {"of-type", Modifier::of_type}, {"ofType", Modifier::of_type}};

// Which modifiers a type of parameter may carry (http://hl7.org/fhir/R4/search.html#modifiers), as far as we
// have them.
bool allowed(Modifier modifier, SearchType type) {
  switch (modifier) {
    case Modifier::missing: return type != SearchType::composite && type != SearchType::special;
    case Modifier::exact:
    case Modifier::contains: return type == SearchType::string;
    case Modifier::not_: return type == SearchType::token;
    case Modifier::text: return type == SearchType::token;
    case Modifier::identifier: return type == SearchType::reference;
    case Modifier::above:
    case Modifier::below: return type == SearchType::uri || type == SearchType::reference;
    case Modifier::of_type: return type == SearchType::token;
    default: return false;
  }
}

bool is_mime(const SearchParam& param) {
  const auto parts = SearchIndex::r4().parts(param);
  return std::any_of(parts.begin(), parts.end(), [](PartId id) { return SearchIndex::r4().part(id).mime; });
}

bool is_canonical(const SearchParam& param) {
  const auto parts = SearchIndex::r4().parts(param);
  return std::any_of(parts.begin(), parts.end(), [](PartId id) { return SearchIndex::r4().part(id).canonical; });
}

TypeId resource_type(std::string_view name, std::string_view text) {
  const Definitions& r4 = Definitions::r4();
  const TypeId type = r4.type_id(text);
  if (type == 0 || !r4.is_resource(type))
    reject("value", name, fmt::format("'{}' is no resource type", text), fmt::format("没有资源类型“{}”", text));
  return type;
}

// :in, :not-in, :above and :below of codes.
bool asks_terminology(const SearchParam& param, Modifier modifier) {
  if (param.type != SearchType::token || is_mime(param)) return false;
  return modifier == Modifier::in || modifier == Modifier::not_in || modifier == Modifier::above || modifier == Modifier::below;
}

void set_modifier(std::string_view name, std::string_view text, bool terminology, Condition& condition) {
  const SearchParam& param = *condition.param;
  if (text == "below" && param.type == SearchType::token && is_mime(param)) {
    condition.modifier = Modifier::below;
    return;
  }
  for (const ModifierName& each : kModifiers) {
    if (each.text != text) continue;
    if (terminology && asks_terminology(param, each.modifier)) {
      condition.modifier = each.modifier;
      return;
    }
    if (each.modifier == Modifier::in || each.modifier == Modifier::not_in ||
        (!allowed(each.modifier, param.type) &&
         (each.modifier == Modifier::above || each.modifier == Modifier::below))) {
      reject("not-supported", name, fmt::format("modifier :{} is not supported here", text),
             fmt::format("此处不支持修饰符 :{}", text));
    }
    if (!allowed(each.modifier, param.type)) break;
    if (param.type == SearchType::reference && (each.modifier == Modifier::above || each.modifier == Modifier::below) &&
        part_of_types(param).empty() && !(each.modifier == Modifier::below && is_canonical(param)))
      reject("not-supported", name, "what this parameter leads to has no hierarchy", "该参数所指的资源没有上下级");
    condition.modifier = each.modifier;
    return;
  }
  const TypeId type = param.type == SearchType::reference ? Definitions::r4().type_id(text) : TypeId(0);
  if (type == 0 || !Definitions::r4().is_resource(type))
    reject("not-supported", name, fmt::format("unknown modifier :{} for this type of parameter", text),
           fmt::format("该类参数没有修饰符 :{}", text));
  condition.target = type;
}

std::string unknown_text(std::string_view name, TypeId type, bool chinese) {
  std::string text = chinese ? fmt::format("未知的检索参数“{}”", name) : fmt::format("Unknown search parameter '{}'", name);
  if (type != 0 && !chinese) text += fmt::format(" of {}", Definitions::r4().type(type).name);
  return text;
}

void check_depth(std::string_view name, int depth) {
  if (depth > limits::kSearchDepth)
    reject("too-costly", name, fmt::format("is chained more than {} times", limits::kSearchDepth),
           fmt::format("链式检索超过 {} 层", limits::kSearchDepth));
}

}  // namespace

UnknownParameter::UnknownParameter(std::string_view name, TypeId type)
    : Rejection(400, "not-supported", unknown_text(name, type, false), unknown_text(name, type, true)) {}

std::vector<TypeId> reference_targets(const SearchParam& param, TypeId named) {
  if (named != 0) return {named};
  if (const TypeId only = SearchIndex::r4().target(param)) return {only};
  if (!param.targets.empty()) return {param.targets.begin(), param.targets.end()};
  const auto all = Definitions::r4().resource_types();
  return {all.begin(), all.end()};
}

const SearchParam* part_of_param(TypeId type) {
  for (const std::string_view code : {"partof", "part-of"}) {
    const SearchParam* param = Definitions::r4().search_param(type, code);
    if (param != nullptr && std::find(param->targets.begin(), param->targets.end(), type) != param->targets.end()) return param;
  }
  return nullptr;
}

std::vector<TypeId> part_of_types(const SearchParam& param) {
  std::vector<TypeId> out;
  for (const TypeId type : reference_targets(param, 0))
    if (part_of_param(type) != nullptr) out.push_back(type);
  return out;
}

const SearchParam* common_param(const ExtractSettings& settings, std::span<const TypeId> types, std::string_view code) {
  if (types.empty()) types = Definitions::r4().resource_types();
  for (const TypeId type : types)
    if (search_param(settings, type, code) == nullptr) return nullptr;
  return search_param(settings, types.front(), code);
}

void ConditionReader::count(size_t more) {
  values += more;
  if (values > limits::kSearchValues)
    throw Rejection(400, "too-long", fmt::format("More than {} search values", limits::kSearchValues),
                    fmt::format("检索值超过 {} 个", limits::kSearchValues));
}

Condition ConditionReader::read(std::span<const TypeId> types, std::string_view name, std::string_view value, int depth) {
  check_depth(name, depth);
  const std::string_view code = name.substr(0, name.find(':'));
  if (code == "_has") return has(name, value, depth);
  if (name == "_text" || name == "_content") return parse_words(*this, name, value);
  if (code == "_filter") return parse_filter(*this, types, value);
  if (const size_t dot = name.find('.'); dot != std::string_view::npos) return chain(types, name, dot, value, depth);
  if (code == "_id" || code == "_lastUpdated" || code == "_list") return known(name, value);
  const SearchParam* param = common_param(settings.values, types, code);
  if (param == nullptr) throw UnknownParameter(name, types.size() == 1 ? types.front() : TypeId(0));
  return plain(*param, name, value);
}

// reference[:Type].rest — each type that the reference may lead to reads `rest` by its own parameters; types that have no such
// parameter cannot meet it.
Condition ConditionReader::chain(std::span<const TypeId> types, std::string_view name, size_t dot, std::string_view value,
                                 int depth) {
  const std::string_view head = name.substr(0, dot), rest = name.substr(dot + 1);
  const size_t colon = head.find(':');
  const SearchParam* param = common_param(settings.values, types, head.substr(0, colon));
  if (param == nullptr) throw UnknownParameter(name, types.size() == 1 ? types.front() : TypeId(0));
  if (param->type != SearchType::reference)
    reject("value", name, fmt::format("'{}' is no reference, it cannot be chained", param->code),
           fmt::format("“{}”不是引用，不能链式检索", param->code));
  Condition condition;
  condition.kind = Condition::Kind::chain;
  condition.param = param;
  condition.name = name;
  if (colon != std::string_view::npos) condition.target = resource_type(name, head.substr(colon + 1));
  std::optional<Rejection> first;
  const size_t before = values;
  for (const TypeId type : reference_targets(*param, condition.target)) {
    try {
      values = before;  // the same values, read once more
      Condition inner = read({&type, 1}, rest, value, depth + 1);
      inner.on = type;
      condition.inner.push_back(std::move(inner));
    } catch (const Rejection& rejection) {
      if (!first || dynamic_cast<const UnknownParameter*>(&rejection) == nullptr) first = rejection;
    }
  }
  if (condition.inner.empty()) {
    if (first) throw Rejection(*first);
    throw UnknownParameter(name, 0);
  }
  return condition;
}

// _has:Source:reference:rest
Condition ConditionReader::has(std::string_view name, std::string_view value, int depth) {
  const size_t a = name.find(':'), b = a == name.npos ? a : name.find(':', a + 1), c = b == name.npos ? b : name.find(':', b + 1);
  if (c == std::string_view::npos)
    reject("value", name, "_has:[type]:[reference]:[parameter] is expected", "应为 _has:[类型]:[引用参数]:[参数]");
  const TypeId source = resource_type(name, name.substr(a + 1, b - a - 1));
  const std::string_view code = name.substr(b + 1, c - b - 1);
  const SearchParam* param = search_param(settings.values, source, code);
  if (param == nullptr || param->type != SearchType::reference)
    reject("not-supported", name,
           fmt::format("'{}' is no reference parameter of {}", code, Definitions::r4().type(source).name),
           fmt::format("“{}”不是 {} 的引用参数", code, Definitions::r4().type(source).name));
  Condition condition;
  condition.kind = Condition::Kind::has;
  condition.param = param;
  condition.name = name;
  condition.target = SearchIndex::r4().target(*param);
  condition.inner.push_back(read({&source, 1}, name.substr(c + 1), value, depth + 1));
  condition.inner.back().on = source;
  return condition;
}

// Parameters that the store itself knows.
Condition ConditionReader::known(std::string_view name, std::string_view value) {
  Condition condition;
  condition.name = name;
  const size_t colon = name.find(':');
  const std::string_view code = name.substr(0, colon);
  condition.kind = code == "_id" ? Condition::Kind::id : code == "_list" ? Condition::Kind::list : Condition::Kind::last_updated;
  if (colon != std::string_view::npos) {
    if (condition.kind != Condition::Kind::id || name.substr(colon + 1) != "not")
      reject("not-supported", name, "this modifier is not supported here", "此处不支持该修饰符");
    condition.modifier = Modifier::not_;
  }
  for (const std::string_view part : split_escaped(value, ',')) {
    if (part.empty()) continue;
    if (condition.kind == Condition::Kind::last_updated) {
      condition.any.push_back(parse_date_value(name, part, settings));
    } else {
      condition.any.emplace_back();
      condition.any.back().a = unescape_value(part);
    }
  }
  count(condition.any.size());
  if (condition.any.empty()) reject("value", name, "a value is expected", "缺少值");
  return condition;
}

Condition ConditionReader::plain(const SearchParam& param, std::string_view name, std::string_view value) {
  Condition condition;
  condition.param = &param;
  condition.name = name;
  condition.target = SearchIndex::r4().target(param);
  if (const size_t colon = name.find(':'); colon != std::string_view::npos) set_modifier(name, name.substr(colon + 1), settings.terminology != nullptr, condition);
  if (param.type == SearchType::special && param.code == "near") {
    if (name != "near") reject("not-supported", name, "takes no modifier", "不接受修饰符");
    condition.kind = Condition::Kind::near;
    for (const std::string_view part : split_escaped(value, ','))
      if (!part.empty()) condition.any.push_back(parse_near(name, part));
    count(condition.any.size());
    return condition;
  }
  if (param.type == SearchType::special || (param.expression.empty() && param.type != SearchType::composite))
    reject("not-supported", name, "is not supported yet", "尚不支持");
  if (asks_terminology(param, condition.modifier)) return by_terminology(std::move(condition), name, value);
  const ValueSyntax syntax{param, condition.modifier, settings, name};
  const auto parts = split_escaped(value, ',');
  count(parts.size());
  for (const std::string_view part : parts)
    if (!part.empty()) condition.any.push_back(parse_value(syntax, part));
  if (condition.any.empty()) reject("value", name, "a value is expected", "缺少值");
  return condition;
}

// The codes that a value set or a hierarchy stands for, as if they had been written one by one.
Condition ConditionReader::by_terminology(Condition condition, std::string_view name, std::string_view value) {
  const bool set = condition.modifier == Modifier::in || condition.modifier == Modifier::not_in;
  for (const std::string_view part : split_escaped(value, ',')) {
    const std::string text = unescape_value(part);
    if (text.empty()) continue;
    const size_t bar = text.find('|'), left = limits::kSearchValues - values;
    if (!set && (bar == std::string::npos || bar + 1 == text.size()))
      reject("value", name, "takes system|code", "应写作 系统|代码");
    const auto tokens = set ? settings.terminology->tokens(text, left)
                            : settings.terminology->relatives(text.substr(0, bar), text.substr(bar + 1), condition.modifier == Modifier::below, left);
    if (!tokens)
      reject("not-found", name, fmt::format("'{}' is not known to the terminology service", text), fmt::format("术语服务不知道“{}”", text));
    count(tokens->size());
    for (const Terminology::Token& each : *tokens) {
      QueryValue wanted;
      wanted.a = each.system;
      wanted.b = each.code;
      wanted.any_system = false;
      wanted.any_code = each.code.empty();
      condition.any.push_back(std::move(wanted));
    }
  }
  if (condition.any.empty()) {  // of an empty value set: no resource has a code without code and system
    condition.any.emplace_back();
    condition.any.back().any_system = false;
  }
  condition.modifier = condition.modifier == Modifier::not_in ? Modifier::not_ : Modifier::none;
  return condition;
}

}  // namespace witmed::fhir
