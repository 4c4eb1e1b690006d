#include "fhir/search/query_control.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/limits.h"
#include "base/text.h"
#include "fhir/search/custom.h"
#include "fhir/search/query_condition.h"
#include "fhir/search/query_value.h"

namespace witmed::fhir {
namespace {

using Total = SearchQuery::Total;
using Summary = SearchQuery::Summary;

[[noreturn]] void reject_value(const std::string& name, std::string_view value) {
  reject("value", name, fmt::format("'{}' is not allowed", value), fmt::format("不允许的值“{}”", value));
}

TypeId resource_type(const std::string& name, std::string_view text) {
  const Definitions& r4 = Definitions::r4();
  TypeId type = r4.type_id(text);
  if (type == 0 || !r4.is_resource(type)) {
    reject("value", name, fmt::format("'{}' is no resource type", text),
           fmt::format("没有资源类型“{}”", text));
  }
  return type;
}

const SearchParam& lookup(const ExtractSettings& settings, const std::string& name, TypeId type, std::string_view code) {
  const SearchParam* param = type != 0 ? search_param(settings, type, code) : nullptr;
  if (param == nullptr) {
    reject("not-supported", name, fmt::format("unknown search parameter '{}'", code),
           fmt::format("未知的检索参数“{}”", code));
  }
  return *param;
}

// In a search over several types: the parameter that all of them have.
const SearchParam& common(const ExtractSettings& settings, const SearchQuery& query, const std::string& name, std::string_view code) {
  const SearchParam* param = common_param(settings, query.types, code);
  if (param == nullptr)
    reject("not-supported", name, fmt::format("'{}' is no search parameter of all these types", code),
           fmt::format("“{}”不是这些类型共有的检索参数", code));
  return *param;
}

void types(SearchQuery& query, const ExtractSettings&, const std::string& name, const std::string& value) {
  for (std::string_view text : split(value, ',')) {
    if (text.empty()) continue;
    TypeId type = resource_type(name, text);
    if (std::find(query.types.begin(), query.types.end(), type) == query.types.end())
      query.types.push_back(type);
  }
}

void sort(SearchQuery& query, const ExtractSettings& settings, const std::string& name, const std::string& value) {
  query.sort.clear();
  for (std::string_view key : split(value, ',')) {
    bool descending = key.starts_with('-');
    std::string_view code = descending ? key.substr(1) : key;
    if (code == "_score") continue;  // every match is as good as another here
    if (code == "_id" || code == "_lastUpdated") {
      query.sort.push_back({nullptr, descending, std::string(code)});
      continue;
    }
    const SearchParam& param = query.type != 0 ? lookup(settings, name, query.type, code) : common(settings, query, name, code);
    if (param.type == SearchType::composite || param.type == SearchType::special) reject_value(name, code);
    query.sort.push_back({&param, descending, std::string(code)});
  }
  if (query.sort.size() > 8) reject_value(name, value);
}

void count(SearchQuery& query, const ExtractSettings&, const std::string& name, const std::string& value) {
  if (value.empty() || value.find_first_not_of("0123456789") != std::string::npos) reject_value(name, value);
  uint64_t wanted = parse_unsigned(value).value_or(limits::kPageMax);
  query.count = uint32_t(std::min<uint64_t>(wanted, limits::kPageMax));
}

void total(SearchQuery& query, const ExtractSettings&, const std::string& name, const std::string& value) {
  if (value == "none")
    query.total = Total::none;
  else if (value == "estimate")
    query.total = Total::estimate;
  else if (value == "accurate")
    query.total = Total::accurate;
  else
    reject_value(name, value);
}

void summary(SearchQuery& query, const ExtractSettings&, const std::string& name, const std::string& value) {
  if (value == "true")
    query.summary = Summary::on;
  else if (value == "false")
    query.summary = Summary::off;
  else if (value == "text")
    query.summary = Summary::text;
  else if (value == "data")
    query.summary = Summary::data;
  else if (value == "count")
    query.summary = Summary::count;
  else
    reject_value(name, value);
}

// Source:param[:target], Source:*, or *
void include(SearchQuery& query, const ExtractSettings& settings, const std::string& name, const std::string& value) {
  Include one;
  one.reverse = name.starts_with("_revinclude");
  if (size_t colon = name.find(':'); colon != std::string::npos) {
    std::string_view how = std::string_view(name).substr(colon + 1);
    if (how != "iterate" && how != "recurse") reject_value(name, how);
    one.iterate = true;
  }
  auto parts = split(value, ':');
  if (parts.size() == 1 && value == "*") {
    query.includes.push_back(one);
    return;
  }
  if (parts.size() < 2 || parts.size() > 3) reject_value(name, value);
  one.source = resource_type(name, parts[0]);
  if (parts[1] != "*") {
    one.param = &lookup(settings, name, one.source, parts[1]);
    if (one.param->type != SearchType::reference) reject_value(name, value);
    one.target = SearchIndex::r4().target(*one.param);
  }
  if (parts.size() == 3 && !parts[2].empty()) one.target = resource_type(name, parts[2]);
  query.includes.push_back(one);
}

void elements(SearchQuery& query, const ExtractSettings&, const std::string&, const std::string& value) {
  for (std::string_view text : split(value, ',')) {
    text = trim(text);
    if (!text.empty()) query.elements.emplace_back(text);
  }
}

void cursor(SearchQuery& query, const ExtractSettings&, const std::string&, const std::string& value) { query.cursor = value; }

void contained(SearchQuery& query, const ExtractSettings&, const std::string& name, const std::string& value) {
  using Contained = SearchQuery::Contained;
  if (value == "false") query.contained = Contained::no;
  else if (value == "true") query.contained = Contained::only;
  else if (value == "both") query.contained = Contained::both;
  else reject_value(name, value);
}

void contained_type(SearchQuery& query, const ExtractSettings&, const std::string& name, const std::string& value) {
  if (value != "container" && value != "contained") reject_value(name, value);
  query.contained_alone = value == "contained";
}

struct Control {
  std::string_view code;
  void (*read)(SearchQuery&, const ExtractSettings& settings, const std::string& name, const std::string& value);
};
constexpr Control kControls[] = {{"_sort", sort},         {"_count", count},     {"_total", total},
                                 {"_summary", summary},   {"_include", include}, {"_revinclude", include},
                                 {"_elements", elements}, {"_cursor", cursor},
                                 {"_contained", contained}, {"_containedType", contained_type}};

}  // namespace

bool control_parameter(SearchQuery& query, const ExtractSettings& settings, const std::string& name, const std::string& value) {
  if (name == "_type") {
    if (query.type != 0) return false;
    types(query, settings, name, value);
    return true;
  }
  std::string_view code = std::string_view(name).substr(0, name.find(':'));
  for (const Control& control : kControls) {
    if (control.code != code) continue;
    bool includes = code == "_include" || code == "_revinclude";
    if (code != name && !includes) reject("not-supported", name, "takes no modifier", "不接受修饰符");
    control.read(query, settings, name, value);
    return true;
  }
  return false;
}

}  // namespace witmed::fhir
