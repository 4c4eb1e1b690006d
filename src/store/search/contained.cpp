#include "store/search/contained.h"

#include <algorithm>

#include "store/search/judge.h"
#include "store/search/plan.h"

namespace witmed::store {
namespace {

class ContainedSearch {
 public:
  ContainedSearch(SearchContext& context, const fhir::SearchQuery& query)
      : context_(context), query_(query), types_(searched_types(query)), judge_(context) {}

  std::optional<Rid> run(uint32_t limit, bool total, Rid after, SearchResult& result) {
    const Node holders = contained_node(context_, types_, query_.all);
    std::optional<Rid> next;
    Rid last = after;
    size_t given = result.matches.size();
    for (auto walk = cursor(context_.view, holders); walk->at() != Cursor::kEnd; walk->next()) {
      if ((++looked_at_ & 0x3f) == 0) context_.check_deadline();
      if (!total && walk->at() <= after) continue;
      const auto stored = context_.view.current(walk->at());
      if (!stored || !stored->text || stored->sequence > result.pinned) continue;
      auto found = matches(*stored);
      if (found.empty()) continue;
      if (total) result.total = result.total.value_or(0) + (query_.contained_alone ? found.size() : 1);
      if (walk->at() <= after || next) continue;
      if (given >= limit) {  // a container is given whole
        next = last;
        if (!total) return next;
        continue;
      }
      last = walk->at();
      for (auto& one : found) result.matches.push_back(std::move(one));
      given = result.matches.size();
    }
    return next;
  }

 private:
  std::vector<Stored> matches(const Stored& holder) {
    std::vector<Stored> out;
    const auto whole = fhir::Document::parse(*holder.text);
    const auto all = whole.root()["contained"];
    if (!all || all.kind() != fhir::Kind::array) return out;
    for (const auto node : all) {
      const auto document = fhir::Document::parse(node.raw());
      const auto type = document.resource_type();
      if (std::find(types_.begin(), types_.end(), type) == types_.end()) continue;
      const auto id = document.root()["id"];
      const std::string its = id ? id.string() : std::string();
      const Subject subject{type, its, holder.time, document, &whole};
      if (!std::all_of(query_.all.begin(), query_.all.end(), [&](const auto& c) { return judge_.meets(subject, c); })) continue;
      Stored one = holder;
      if (!query_.contained_alone) return {std::move(one)};
      one.id += "#" + its;
      one.text = std::make_shared<const std::string>(node.raw());
      out.push_back(std::move(one));
    }
    return out;
  }

  SearchContext& context_;
  const fhir::SearchQuery& query_;
  std::vector<fhir::TypeId> types_;
  Judge judge_;
  uint64_t looked_at_ = 0;
};

}  // namespace

std::optional<Rid> search_contained(SearchContext& context, const fhir::SearchQuery& query, uint32_t limit, bool total, Rid after,
                                    SearchResult& result) {
  return ContainedSearch(context, query).run(limit, total, after, result);
}

}  // namespace witmed::store
