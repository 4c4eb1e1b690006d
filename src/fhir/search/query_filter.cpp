#include "fhir/search/query_filter.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "base/limits.h"
#include "fhir/json/document.h"
#include "fhir/search/query_value.h"

namespace witmed::fhir {
namespace {

constexpr std::pair<std::string_view, std::string_view> kSystems[] = {{"loinc", "http://loinc.org"},
                                                                      {"snomed", "http://snomed.info/sct"},
                                                                      {"rxnorm", "http://www.nlm.nih.gov/research/umls/rxnorm"},
                                                                      {"ucum", "http://unitsofmeasure.org"}};

struct Segment {
  std::string_view name;
  std::optional<std::string_view> filter;
};

struct Test {
  std::string_view operation;
  std::string value;  // without quotes
};

class FilterParser {
 public:
  FilterParser(ConditionReader& reader, std::string_view text) : reader_(reader), text_(text) {}

  Condition run(std::span<const TypeId> types) {
    Condition out = filter(types, 0);
    spaces();
    if (at_ != text_.size()) fail("and, or, or the end is expected", "此处应为 and、or 或结束");
    return out;
  }

 private:
  [[noreturn]] void fail(std::string_view en, std::string_view zh) const {
    reject("value", "_filter", fmt::format("at character {}: {}", at_ + 1, en), fmt::format("第 {} 个字符处：{}", at_ + 1, zh));
  }
  void spaces() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t')) ++at_;
  }
  std::string_view word() {
    spaces();
    const size_t begin = at_;
    while (at_ < text_.size() && text_[at_] >= 'a' && text_[at_] <= 'z') ++at_;
    return text_.substr(begin, at_ - begin);
  }
  bool take(char c) {
    spaces();
    if (at_ == text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  Condition filter(std::span<const TypeId> types, int depth) {
    if (depth > limits::kSearchDepth) fail("nested too deeply", "嵌套太深");
    Condition left = term(types, depth);
    for (;;) {
      const size_t before = at_;
      const std::string_view joint = word();
      if (joint != "and" && joint != "or") {
        at_ = before;
        return left;
      }
      Condition both;
      both.kind = joint == "and" ? Condition::Kind::all : Condition::Kind::some;
      both.name = "_filter";
      both.inner.push_back(std::move(left));
      both.inner.push_back(term(types, depth));
      left = std::move(both);
    }
  }

  Condition term(std::span<const TypeId> types, int depth) {
    const size_t before = at_;
    if (word() == "not" && take('(')) {
      Condition none;
      none.kind = Condition::Kind::none;
      none.name = "_filter";
      none.inner.push_back(in_brackets(types, depth));
      return none;
    }
    at_ = before;
    if (take('(')) return in_brackets(types, depth);
    const auto path = segments();
    const Test test = operation_and_value();
    return build(types, path, 0, test, depth);
  }

  Condition in_brackets(std::span<const TypeId> types, int depth) {
    Condition out = filter(types, depth + 1);
    if (!take(')')) fail(") is expected", "此处应为 )");
    return out;
  }

  std::vector<Segment> segments() {
    std::vector<Segment> out;
    spaces();
    do {
      const size_t begin = at_;
      const auto in_name = [](char c) { return c == '_' || c == '-' || c == ':' || std::isalnum(static_cast<unsigned char>(c)) != 0; };
      while (at_ < text_.size() && in_name(text_[at_])) ++at_;
      if (begin == at_) fail("the name of a search parameter is expected", "此处应为检索参数名");
      out.push_back({text_.substr(begin, at_ - begin), {}});
      if (at_ < text_.size() && text_[at_] == '[') out.back().filter = bracket();
      if (out.size() > limits::kSearchDepth) fail("chained too often", "链式层数太多");
    } while (at_ < text_.size() && text_[at_] == '.' && ++at_);
    return out;
  }

  // The text between [ and its ], strings skipped; read when the type is known that it is about.
  std::string_view bracket() {
    const size_t begin = ++at_;
    for (int open = 1; at_ < text_.size(); ++at_) {
      if (text_[at_] == '"') skip_string();
      else if (text_[at_] == '[') ++open;
      else if (text_[at_] == ']' && --open == 0) return text_.substr(begin, at_++ - begin);
    }
    fail("] is expected", "此处应为 ]");
  }
  void skip_string() {  // ends on the closing quote
    for (++at_; at_ < text_.size() && text_[at_] != '"'; ++at_)
      if (text_[at_] == '\\') ++at_;
    if (at_ >= text_.size()) fail("a string ends with \"", "字符串应以 \" 结束");
  }

  Test operation_and_value() {
    Test test;
    test.operation = word();
    if (test.operation.size() != 2) fail("an operator such as eq, co or ge is expected", "此处应为运算符，如 eq、co、ge");
    spaces();
    const size_t begin = at_;
    if (at_ < text_.size() && text_[at_] == '"') {
      skip_string();
      ++at_;
      const std::string json = fmt::format("[{}]", text_.substr(begin, at_ - begin));
      test.value = (*Document::parse(json).root().begin()).string();
      return test;
    }
    while (at_ < text_.size() && text_[at_] != ' ' && text_[at_] != ')' && text_[at_] != ']') ++at_;
    if (begin == at_) fail("a value is expected", "此处缺少值");
    test.value = text_.substr(begin, at_ - begin);
    return test;
  }

  Condition build(std::span<const TypeId> types, const std::vector<Segment>& path, size_t i, const Test& test, int depth) {
    const Segment& segment = path[i];
    const bool last = i + 1 == path.size();
    if (last && segment.filter) fail("a filter in [] needs a name behind it", "[] 之后还要有参数名");
    if (last) return leaf(types, segment.name, test);
    const std::string_view code = segment.name.substr(0, segment.name.find(':'));
    const SearchParam* param = common_param(reader_.settings.values, types, code);
    if (param == nullptr) throw UnknownParameter(segment.name, types.size() == 1 ? types.front() : TypeId(0));
    if (param->type != SearchType::reference)
      reject("value", "_filter", fmt::format("'{}' is no reference", code), fmt::format("“{}”不是引用", code));
    Condition chain;
    chain.kind = Condition::Kind::chain;
    chain.param = param;
    chain.name = "_filter";
    if (code.size() < segment.name.size()) chain.target = Definitions::r4().type_id(segment.name.substr(code.size() + 1));
    std::optional<Rejection> first;
    for (const TypeId type : reference_targets(*param, chain.target)) {
      try {
        Condition inner = build({&type, 1}, path, i + 1, test, depth);
        if (segment.filter) inner = both(FilterParser(reader_, *segment.filter).run({&type, 1}), std::move(inner));
        inner.on = type;
        chain.inner.push_back(std::move(inner));
      } catch (const UnknownParameter& rejection) {  // what is of this type cannot meet it
        if (!first) first = rejection;
      }
    }
    if (chain.inner.empty()) throw first ? Rejection(*first) : Rejection(UnknownParameter(segment.name, 0));
    return chain;
  }

  static Condition both(Condition a, Condition b) {
    Condition out;
    out.kind = Condition::Kind::all;
    out.name = "_filter";
    out.inner.push_back(std::move(a));
    out.inner.push_back(std::move(b));
    return out;
  }

  Condition leaf(std::span<const TypeId> types, std::string_view name, const Test& test) {
    reader_.count(1);
    if (name == "_id" || name == "_lastUpdated") return known(name, test);
    if (name.starts_with("_has:") && test.operation != "eq") unsupported(name, test.operation);
    if (name.starts_with("_has:")) return reader_.read(types, name, escaped(test.value));
    const SearchParam* param = common_param(reader_.settings.values, types, name);
    if (param == nullptr) throw UnknownParameter(name, types.size() == 1 ? types.front() : TypeId(0));
    Condition condition;
    condition.param = param;
    condition.name = "_filter";
    condition.target = SearchIndex::r4().target(*param);
    if (test.operation == "pr") {
      condition.modifier = Modifier::missing;
      if (test.value != "true" && test.value != "false") reject("value", "_filter", "pr takes true or false", "pr 的值应为 true 或 false");
      condition.any.emplace_back();
      condition.any.back().missing = test.value == "false";
      return condition;
    }
    condition.modifier = modifier(*param, test.operation);
    std::string text = escaped(with_system(*param, test.value));
    const bool ordered = param->type == SearchType::number || param->type == SearchType::date || param->type == SearchType::quantity;
    if (ordered && condition.modifier == Modifier::none) text = std::string(test.operation) + text;
    condition.any.push_back(parse_value({*param, Modifier::none, reader_.settings, name}, text));
    if (condition.modifier == Modifier::compare) condition.any.back().prefix = prefix_of(test.operation);
    return condition;
  }

  Condition known(std::string_view name, const Test& test) {
    if (name == "_lastUpdated") return reader_.read({}, name, std::string(test.operation) + test.value);
    if (test.operation != "eq" && test.operation != "ne") unsupported(name, test.operation);
    return reader_.read({}, test.operation == "eq" ? "_id" : "_id:not", escaped(test.value));
  }

  [[noreturn]] static void unsupported(std::string_view name, std::string_view operation) {
    reject("not-supported", "_filter", fmt::format("operator {} is not supported for '{}'", operation, name),
           fmt::format("“{}”不支持运算符 {}", name, operation));
  }

  // Which comparison an operator means for a type of parameter (the table of the specification).
  static Modifier modifier(const SearchParam& param, std::string_view op) {
    const auto one_of = [&](std::initializer_list<std::string_view> list) { return std::find(list.begin(), list.end(), op) != list.end(); };
    switch (param.type) {
      case SearchType::string:
        if (op == "eq") return Modifier::equals;
        if (op == "ne") return Modifier::unequal;
        if (op == "co") return Modifier::contains;
        if (op == "sw") return Modifier::none;
        if (op == "ew") return Modifier::ends;
        if (one_of({"gt", "lt", "ge", "le"})) return Modifier::compare;
        break;
      case SearchType::number:
      case SearchType::quantity:
        if (one_of({"eq", "ne", "gt", "lt", "ge", "le", "sa", "eb", "ap"})) return Modifier::none;
        break;
      case SearchType::date:
        if (one_of({"eq", "ne", "gt", "lt", "ge", "le", "sa", "eb", "ap"})) return Modifier::none;
        if (op == "po") return Modifier::overlaps;
        if (op == "co") return Modifier::includes;
        break;
      case SearchType::token:
        if (op == "eq") return Modifier::equals;
        if (op == "ne") return Modifier::unequal;
        break;
      case SearchType::reference:
        if (one_of({"re", "eq"})) return Modifier::none;
        break;
      case SearchType::uri:
        if (op == "eq") return Modifier::none;
        if (op == "sw") return Modifier::below;
        break;
      default: break;
    }
    unsupported(param.code, op);
  }

  static Prefix prefix_of(std::string_view op) {
    return op == "gt" ? Prefix::gt : op == "lt" ? Prefix::lt : op == "ge" ? Prefix::ge : Prefix::le;
  }

  static std::string with_system(const SearchParam& param, const std::string& value) {
    const bool coded = param.type == SearchType::token || param.type == SearchType::quantity;
    const size_t bar = param.type == SearchType::quantity ? value.find('|') + 1 : 0;
    for (const auto& [name, system] : kSystems)
      if (coded && std::string_view(value).substr(bar).starts_with(name) && value.substr(bar + name.size(), 1) == "|")
        return value.substr(0, bar).append(system).append(value.substr(bar + name.size()));
    return value;
  }

  static std::string escaped(std::string_view value) {
    std::string out;
    for (char c : value) {
      if (c == '\\' || c == ',' || c == '$') out.push_back('\\');
      out.push_back(c);
    }
    return out;
  }

  ConditionReader& reader_;
  std::string_view text_;
  size_t at_ = 0;
};

}  // namespace

Condition parse_filter(ConditionReader& reader, std::span<const TypeId> types, std::string_view text) {
  return FilterParser(reader, text).run(types);
}

}  // namespace witmed::fhir
