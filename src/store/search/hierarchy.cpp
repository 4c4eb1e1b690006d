#include "store/search/hierarchy.h"

#include <set>

#include "base/limits.h"
#include "fhir/search/query_condition.h"
#include "store/search/links.h"

namespace witmed::store {
namespace {

using fhir::Definitions;

// Ids of one type, from one of them up or down.
class Climb {
 public:
  Climb(SearchContext& context, fhir::TypeId type, bool down)
      : context_(context), type_(type), param_(*fhir::part_of_param(type)), down_(down) {}

  std::set<std::string> from(const std::string& id) {
    std::vector<std::string> open{id};
    seen_.insert(id);
    while (!open.empty()) {
      const std::string at = std::move(open.back());
      open.pop_back();
      for (auto& next : down_ ? below(at) : above(at))
        if (seen_.insert(next).second) open.push_back(std::move(next));
      if (seen_.size() > limits::kHierarchy)
        throw fhir::Rejection(400, "too-costly", "Too much stands above or below what was asked for: name a part of it", "上下级太多，请缩小范围");
      context_.check_deadline();
    }
    return std::move(seen_);
  }

 private:
  std::vector<std::string> below(const std::string& id) {
    std::vector<std::string> out;
    const Node node = referring(context_, param_, 0, type_, id);
    for (auto walk = cursor(context_.view, node); walk->at() != Cursor::kEnd; walk->next())
      if (const auto stored = context_.view.current(walk->at(), View::Body::without); stored && context_.visible(walk->at()) && stored->method != Method::remove) out.push_back(stored->id);
    return out;
  }
  std::vector<std::string> above(const std::string& id) {
    std::vector<std::string> out;
    const auto rid = context_.view.find(type_, id);
    const auto stored = rid && context_.visible(*rid) ? context_.view.current(*rid) : std::nullopt;
    if (!stored || !stored->text) return out;
    const auto document = fhir::Document::parse(*stored->text);
    fhir::Extraction found;
    fhir::SearchIndex::r4().extract(document.root(), type_, context_.extract, found, fhir::SearchIndex::r4().parts(param_));
    for (const auto& e : found.entries)
      if (e.kind == fhir::IndexEntry::Kind::reference && e.c.empty() && e.a == Definitions::r4().type(type_).name) out.emplace_back(e.b);
    return out;
  }

  SearchContext& context_;
  fhir::TypeId type_;
  const fhir::SearchParam& param_;
  bool down_;
  std::set<std::string> seen_;
};

}  // namespace

fhir::Condition with_hierarchy(SearchContext& context, const fhir::Condition& condition) {
  fhir::Condition out = condition;
  out.modifier = fhir::Modifier::none;
  out.any.clear();
  for (const auto& value : condition.any) {
    for (const auto type : fhir::part_of_types(*condition.param)) {
      const auto name = Definitions::r4().type(type).name;
      if (!value.a.empty() && value.a != name) continue;
      for (const auto& id : Climb(context, type, condition.modifier == fhir::Modifier::below).from(value.b)) {
        out.any.emplace_back();
        out.any.back().a = name;
        out.any.back().b = id;
      }
    }
  }
  return out;
}

}  // namespace witmed::store
