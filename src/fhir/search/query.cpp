#include "fhir/search/query.h"

#include <fmt/format.h>

#include "base/limits.h"
#include "fhir/fold.h"
#include "fhir/search/query_control.h"
#include "fhir/search/query_text.h"
#include "fhir/search/query_value.h"

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
    case Modifier::missing: return type != SearchType::composite;
    case Modifier::exact:
    case Modifier::contains: return type == SearchType::string;
    case Modifier::not_: return type == SearchType::token;
    case Modifier::text: return type == SearchType::token;
    case Modifier::identifier: return type == SearchType::reference;
    case Modifier::above:
    case Modifier::below: return type == SearchType::uri;
    case Modifier::of_type: return type == SearchType::token;
    default: return false;
  }
}

class Reader {
 public:
  Reader(TypeId type, const ParseSettings& settings) : settings_(settings) { query_.type = type; }

  SearchQuery run(const std::vector<std::pair<std::string, std::string>>& params) {
    if (params.size() > limits::kSearchParams) {
      throw Rejection(400, "too-long", fmt::format("More than {} search parameters", limits::kSearchParams),
                      fmt::format("检索参数超过 {} 个", limits::kSearchParams));
    }
    for (auto& [name, value] : params) {  // _type first: what other names mean depends on it
      if (name == "_type") control_parameter(query_, name, value);
    }
    for (auto& [name, value] : params) {
      if (value.empty()) continue;  // a parameter without a value says nothing
      if (parameter(name, value)) query_.used.emplace_back(name, value);
    }
    return std::move(query_);
  }

 private:
  bool parameter(const std::string& name, const std::string& value) {
    if (name == "_type" && query_.type == 0) return true;
    std::string_view code = std::string_view(name).substr(0, name.find(':'));
    if (name == "_id") return ids(value);
    if (name == "_lastUpdated") return last_updated(value);
    if (control_parameter(query_, name, value)) return true;
    if (is_ignored(code)) return false;
    refuse_unsupported(name, code);
    const SearchParam* param = lookup(code);
    if (param == nullptr) return unknown(name);
    condition(name, value, *param);
    return true;
  }

  // A search over several types: the parameter of the first; the others have it under the same code.
  const SearchParam* lookup(std::string_view code) const {
    const Definitions& r4 = Definitions::r4();
    if (query_.type != 0) return r4.search_param(query_.type, code);
    if (!query_.types.empty()) {
      for (TypeId type : query_.types) {
        if (r4.search_param(type, code) == nullptr) return nullptr;
      }
      return r4.search_param(query_.types.front(), code);
    }
    for (TypeId type : r4.resource_types()) {
      if (r4.search_param(type, code) == nullptr) return nullptr;
    }
    return r4.search_param(r4.resource_types().front(), code);
  }

  static void refuse_unsupported(const std::string& name, std::string_view code) {
    if (code == "_has")
      reject("not-supported", name, "reverse chaining is not supported yet", "尚不支持反向链式检索");
    if (name.find('.') != std::string::npos)
      reject("not-supported", name, "chaining is not supported yet", "尚不支持链式检索");
    for (std::string_view known :
         {"_text", "_content", "_list", "_query", "_filter", "_contained", "_containedType", "_score"}) {
      if (code == known) reject("not-supported", name, "is not supported yet", "尚不支持");
    }
  }

  static bool is_ignored(std::string_view code) { return code == "_format" || code == "_pretty"; }

  bool unknown(const std::string& name) {
    std::string en = fmt::format("Unknown search parameter '{}'", name),
                zh = fmt::format("未知的检索参数“{}”", name);
    if (query_.type != 0) {
      en += fmt::format(" of {}", Definitions::r4().type(query_.type).name);
    }
    if (!settings_.lenient) throw Rejection(400, "not-supported", en, zh);
    query_.warnings.push_back(Issue{Severity::warning, "not-supported", en + ": ignored", zh + "，已忽略"});
    return false;
  }

  void count_values(size_t values) {
    values_ += values;
    if (values_ > limits::kSearchValues) {
      throw Rejection(400, "too-long", fmt::format("More than {} search values", limits::kSearchValues),
                      fmt::format("检索值超过 {} 个", limits::kSearchValues));
    }
  }

  bool ids(const std::string& value) {
    std::vector<std::string> any;
    for (std::string_view part : split_escaped(value, ',')) {
      if (!part.empty()) any.push_back(unescape_value(part));
    }
    count_values(any.size());
    query_.ids.push_back(std::move(any));
    return true;
  }

  bool last_updated(const std::string& value) {
    std::vector<QueryValue> any;
    for (std::string_view part : split_escaped(value, ','))
      any.push_back(parse_date_value("_lastUpdated", part, settings_));
    count_values(any.size());
    query_.last_updated.push_back(std::move(any));
    return true;
  }

  void condition(const std::string& name, const std::string& value, const SearchParam& param) {
    Condition condition;
    condition.param = &param;
    condition.name = name;
    condition.target = SearchIndex::r4().target(param);
    if (size_t colon = name.find(':'); colon != std::string::npos)
      modifier(name, name.substr(colon + 1), condition);
    if (param.type == SearchType::special ||
        (param.expression.empty() && param.type != SearchType::composite)) {
      reject("not-supported", name, "is not supported yet", "尚不支持");
    }
    ValueSyntax syntax{param, condition.modifier, settings_, name};
    auto parts = split_escaped(value, ',');
    count_values(parts.size());
    for (std::string_view part : parts) {
      if (!part.empty()) condition.any.push_back(parse_value(syntax, part));
    }
    if (condition.any.empty()) reject("value", name, "a value is expected", "缺少值");
    query_.all.push_back(std::move(condition));
  }

  static void modifier(const std::string& name, std::string_view text, Condition& condition) {
    const SearchParam& param = *condition.param;
    for (const ModifierName& each : kModifiers) {
      if (each.text != text) continue;
      if (each.modifier == Modifier::in || each.modifier == Modifier::not_in ||
          (!allowed(each.modifier, param.type) &&
           (each.modifier == Modifier::above || each.modifier == Modifier::below))) {
        reject("not-supported", name, fmt::format("modifier :{} is not supported here", text),
               fmt::format("此处不支持修饰符 :{}", text));
      }
      if (!allowed(each.modifier, param.type)) break;
      condition.modifier = each.modifier;
      return;
    }
    TypeId type = param.type == SearchType::reference ? Definitions::r4().type_id(text) : TypeId(0);
    if (type == 0 || !Definitions::r4().is_resource(type)) {
      reject("not-supported", name, fmt::format("unknown modifier :{} for this type of parameter", text),
             fmt::format("该类参数没有修饰符 :{}", text));
    }
    condition.target = type;
  }

  const ParseSettings& settings_;
  SearchQuery query_;
  size_t values_ = 0;
};

}  // namespace

SearchQuery parse_query(TypeId type, const std::vector<std::pair<std::string, std::string>>& params,
                        const ParseSettings& settings) {
  return Reader(type, settings).run(params);
}

std::string normalize_text(std::string_view text) { return fold_text(text); }

}  // namespace witmed::fhir
