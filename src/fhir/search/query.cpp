#include "fhir/search/query.h"

#include <fmt/format.h>

#include "base/limits.h"
#include "fhir/search/query_condition.h"
#include "fhir/search/query_control.h"
#include "fhir/search/query_value.h"

namespace witmed::fhir {
namespace {

class Reader {
 public:
  Reader(TypeId type, const ParseSettings& settings) : settings_(settings), reader_{settings} { query_.type = type; }

  SearchQuery run(const std::vector<std::pair<std::string, std::string>>& params) {
    if (params.size() > limits::kSearchParams) {
      throw Rejection(400, "too-long", fmt::format("More than {} search parameters", limits::kSearchParams),
                      fmt::format("检索参数超过 {} 个", limits::kSearchParams));
    }
    for (auto& [name, value] : params) {  // _type first: what other names mean depends on it
      if (name == "_type") control_parameter(query_, settings_.values, name, value);
    }
    for (auto& [name, value] : params) {
      if (value.empty()) continue;  // a parameter without a value says nothing
      if (parameter(name, value)) query_.used.emplace_back(name, value);
    }
    if (query_.contained != SearchQuery::Contained::no && !query_.sort.empty())
      reject("not-supported", "_sort", "cannot be combined with _contained", "不能与 _contained 同时使用");
    if (query_.summary == SearchQuery::Summary::text && !query_.includes.empty())
      reject("not-supported", "_summary", "text cannot be mixed with _include", "text 不能与 _include 同时使用");
    return std::move(query_);
  }

 private:
  bool parameter(const std::string& name, const std::string& value) {
    if (name == "_type" && query_.type == 0) return true;
    if (control_parameter(query_, settings_.values, name, value)) return true;
    std::string_view code = std::string_view(name).substr(0, name.find(':'));
    if (code == "_format" || code == "_pretty") return false;
    if (code == "_query")
      reject("not-supported", name, fmt::format("there is no named query '{}'", value), fmt::format("没有名为“{}”的查询", value));
    try {
      query_.all.push_back(reader_.read(query_.type != 0 ? std::span(&query_.type, 1) : std::span(query_.types), name, value));
    } catch (const UnknownParameter& rejection) {
      if (!settings_.lenient) throw;
      const Issue& issue = rejection.issues.front();
      query_.warnings.push_back(Issue{Severity::warning, "not-supported", issue.en + ": ignored", issue.zh + "，已忽略"});
      return false;
    }
    return true;
  }

  const ParseSettings& settings_;
  ConditionReader reader_;
  SearchQuery query_;
};

}  // namespace

SearchQuery parse_query(TypeId type, const std::vector<std::pair<std::string, std::string>>& params,
                        const ParseSettings& settings) {
  SearchQuery query = Reader(type, settings).run(params);
  query.base = settings.values.base_url;
  return query;
}


}  // namespace witmed::fhir
