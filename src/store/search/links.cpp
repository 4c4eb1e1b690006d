#include "store/search/links.h"

#include <algorithm>

#include "fhir/search/custom.h"
#include "store/search/candidates.h"
#include "store/search/judge.h"
#include "store/search/plan.h"

namespace witmed::store {
namespace {

using fhir::Condition;
using fhir::Definitions;
using fhir::IndexEntry;
using fhir::SearchIndex;

constexpr size_t kNearLimit = 300'000;   // numbers that a link may gather
constexpr size_t kLookedAt = 20;         // resources read for each one that is wanted, before giving up
constexpr size_t kContained = 20'000;    // resources whose contained ones are read for a chain

void sort_distinct(std::vector<Rid>& rids) {
  std::sort(rids.begin(), rids.end());
  rids.erase(std::unique(rids.begin(), rids.end()), rids.end());
}

Node list_of(std::vector<Rid> rids) {
  sort_distinct(rids);
  return rids.empty() ? Node{} : Node::of(std::move(rids));
}

bool allowed(const fhir::SearchParam& param, fhir::TypeId target, fhir::TypeId type) {
  if (target != 0) return target == type;
  return param.targets.empty() || std::find(param.targets.begin(), param.targets.end(), type) != param.targets.end();
}

// Has the node more than `limit` numbers? Without reading any of the resources.
bool longer(const SearchContext& context, const Node& node, size_t limit) {
  size_t n = 0;
  for (auto walk = cursor(context.view, node); walk->at() != Cursor::kEnd; walk->next()) {
    if (++n > limit) return true;
    if ((n & 0xfff) == 0) context.check_deadline();
  }
  return false;
}

// Chains: the far end is what is referred to.
class ChainLink {
 public:
  ChainLink(SearchContext& context, const std::vector<fhir::TypeId>& types, const Condition& condition)
      : context_(context), types_(types), condition_(condition) {}

  std::optional<Node> run(size_t far_limit) {
    for (const auto& inner : condition_.inner) {
      const auto far = find_all(context_, inner.on, inner, far_limit);
      if (!far) return std::nullopt;
      for (const Rid rid : *far) {
        const auto stored = context_.view.current(rid, View::Body::without);
        if (!stored) continue;
        for (const auto type : types_)
          if (!add(type, inner.on, stored->id)) return std::nullopt;
      }
    }
    if (!add_contained()) return std::nullopt;
    return list_of(std::move(found_));
  }

 private:
  bool add(fhir::TypeId type, fhir::TypeId far_type, std::string_view id) {
    const auto* param = fhir::search_param(context_.extract, type, condition_.param->code);
    if (param == nullptr) return true;
    const Node node = referring(context_, *param, condition_.target, far_type, id);
    for (auto walk = cursor(context_.view, node); walk->at() != Cursor::kEnd; walk->next()) {
      if ((found_.size() & 0xfff) == 0xfff) context_.check_deadline();
      if (found_.size() == kNearLimit) return false;
      found_.push_back(walk->at());
    }
    return true;
  }

  // What is contained has no number of its own: its holders are read.
  bool add_contained() {
    Judge judge(context_);
    size_t read = 0;
    for (const auto type : types_) {
      const auto* param = fhir::search_param(context_.extract, type, condition_.param->code);
      if (param == nullptr) continue;
      for (const auto part : SearchIndex::r4().parts(*param)) {
        const Node node = Node::of(context_.keys.outside(SearchIndex::r4().part(part).identity, "#"));
        for (auto walk = cursor(context_.view, node); walk->at() != Cursor::kEnd; walk->next()) {
          if (++read > kContained) return false;
          context_.check_deadline();
          const auto stored = context_.view.current(walk->at());
          if (stored && stored->text && judge.meets(*stored, condition_)) found_.push_back(walk->at());
        }
      }
    }
    return true;
  }

  SearchContext& context_;
  const std::vector<fhir::TypeId>& types_;
  const Condition& condition_;
  std::vector<Rid> found_;
};

// Reverse chains: the far end is what refers here; its references say to whom.
std::optional<Node> has_node(SearchContext& context, const std::vector<fhir::TypeId>& types, const Condition& condition, size_t far_limit) {
  const auto& inner = condition.inner.front();
  const auto far = find_all(context, inner.on, inner, far_limit);
  if (!far) return std::nullopt;
  const auto parts = SearchIndex::r4().parts(*condition.param);
  std::vector<Rid> found;
  fhir::Extraction extraction;
  size_t read = 0;
  for (const Rid rid : *far) {
    if ((++read & 0x3f) == 0) context.check_deadline();
    const auto stored = context.view.current(rid);
    if (!stored || !stored->text) continue;
    const auto document = fhir::Document::parse(*stored->text);
    extraction.clear();
    SearchIndex::r4().extract(document.root(), inner.on, context.extract, extraction, parts);
    for (const auto& e : extraction.entries) {
      if (e.kind != IndexEntry::Kind::reference || !e.c.empty()) continue;
      const auto type = Definitions::r4().type_id(e.a);
      if (std::find(types.begin(), types.end(), type) == types.end() || !allowed(*condition.param, condition.target, type)) continue;
      if (const auto target = context.view.find(type, e.b)) found.push_back(*target);
    }
  }
  return list_of(std::move(found));
}

}  // namespace

std::optional<std::vector<Rid>> find_all(SearchContext& context, fhir::TypeId type, const Condition& condition, size_t limit) {
  Candidates candidates(context, {type}, std::span(&condition, 1));
  std::vector<Rid> found;
  if (!candidates.compares() && longer(context, candidates.node(), limit)) return std::nullopt;
  size_t looked_at = 0;
  for (auto walk = cursor(context.view, candidates.node()); walk->at() != Cursor::kEnd; walk->next()) {
    if (++looked_at > limit * kLookedAt + 1000) return std::nullopt;
    if (!candidates.accept(walk->at(), false)) continue;
    if (found.size() == limit) return std::nullopt;
    found.push_back(walk->at());
  }
  return found;
}

Node referring(const SearchContext& context, const fhir::SearchParam& param, fhir::TypeId target, fhir::TypeId type, std::string_view id) {
  if (!allowed(param, target, type)) return {};
  std::vector<Node> any;
  for (const auto part : SearchIndex::r4().parts(param))
    any.push_back(reference_node(context, SearchIndex::r4().part(part).identity, type, std::string(id)));
  return Node::any(std::move(any));
}

std::optional<Node> link_node(SearchContext& context, const std::vector<fhir::TypeId>& types, const Condition& condition, size_t far_limit) {
  // A parameter of the record's own whose rows are still being made: a chain is compared, `_has` reads its whole far end.
  const bool ready = fhir::indexed(context.extract, *condition.param);
  if (condition.kind == Condition::Kind::has) return has_node(context, types, condition, ready ? far_limit : kNearLimit);
  if (!ready) return std::nullopt;
  return ChainLink(context, types, condition).run(far_limit);
}

Node list_node(SearchContext& context, const Condition& condition) {
  const auto list = Definitions::r4().type_id("List");
  const auto parts = SearchIndex::r4().parts(*Definitions::r4().search_param(list, "item"));
  std::vector<Rid> found;
  for (const auto& value : condition.any) {
    const auto rid = context.view.find(list, value.a);
    const auto stored = rid && context.visible(*rid) ? context.view.current(*rid) : std::nullopt;
    if (!stored || !stored->text) continue;
    const auto document = fhir::Document::parse(*stored->text);
    fhir::Extraction extraction;
    SearchIndex::r4().extract(document.root(), list, context.extract, extraction, parts);
    for (const auto& e : extraction.entries)
      if (e.kind == IndexEntry::Kind::reference && e.c.empty())
        if (const auto item = context.view.find(Definitions::r4().type_id(e.a), e.b)) found.push_back(*item);
  }
  return list_of(std::move(found));
}

}  // namespace witmed::store
