#include "store/search/search.h"

#include <algorithm>
#include <cmath>

#include "fhir/search/custom.h"
#include "fhir/search/timeline.h"
#include "store/search/page_cursor.h"
#include "store/search/candidates.h"
#include "store/search/contained.h"
#include "store/search/sources.h"

namespace witmed::store {
namespace {

using fhir::Condition;
using fhir::Definitions;
using fhir::SearchType;

constexpr size_t kSortLimit = 500'000;       // candidates that are sorted in memory when no index has the order

int64_t floor_ms(int64_t us) { return us >= 0 ? us / 1000 : -((-us + 999) / 1000); }

// Parts of a parameter on the type of a search.
std::vector<fhir::PartId> parts_of(const fhir::SearchParam& param) { return fhir::SearchIndex::r4().parts(param); }

class Searcher {
 public:
  Searcher(View& view, const Keys& keys, const fhir::SearchQuery& query, const SearchOptions& options)
      : view_(view), keys_(keys), query_(query), options_(options),
        context_{view, keys, options.extract, options.deadline, options.filter},
        candidates_(context_, searched_types(query), query.all, reading(), query.compartment ? &*query.compartment : nullptr) {}

  SearchResult run() {
    result_.pinned = view_.sequence();
    if (!query_.cursor.empty()) {
      cursor_ = PageCursor::decode(query_.cursor);
      result_.pinned = std::min(cursor_->pinned, view_.sequence());
      if (cursor_->values.size() > query_.sort.size() + 1) cursor_->values.clear();
    }
    if (query_.contained != fhir::SearchQuery::Contained::no) return with_contained();
    if (options_.total) result_.total = candidates_.count(result_.pinned);
    else if (options_.estimate) result_.total = candidates_.estimated_count(result_.pinned);
    if (options_.limit > 0) choose();
    describe();
    return std::move(result_);
  }

 private:
  Reading reading() const {
    if (options_.total || options_.limit == 0) return Reading::whole;
    return query_.sort.empty() ? Reading::page : Reading::sorted_page;
  }
  std::optional<Stored> accept(Rid rid, bool body) { return candidates_.accept(rid, body, result_.pinned); }

  void entries_of(const fhir::Document& document, fhir::TypeId type, const fhir::SearchParam& named) {
    const auto* param = fhir::search_param(options_.extract, type, named.code);
    extraction_.clear();
    if (param != nullptr)
      fhir::SearchIndex::r4().extract(document.root(), type, options_.extract, extraction_, parts_of(*param));
  }

  // What stands by itself first (when it is asked for), then what is contained; a cursor with a value is among the latter.
  SearchResult with_contained() {
    const bool inside = query_.contained == fhir::SearchQuery::Contained::only || (cursor_ && !cursor_->values.empty());
    const bool total = options_.total || options_.estimate;
    if (query_.contained == fhir::SearchQuery::Contained::both) {
      if (total) result_.total = candidates_.count(result_.pinned);
      if (!inside && options_.limit > 0) by_number();
      if (!result_.next.empty() && !total) return std::move(result_);
    }
    if (total && !result_.total) result_.total = 0;
    const bool full = !result_.next.empty();
    const Rid after = inside && cursor_ ? cursor_->rid : 0;
    const auto next = search_contained(context_, query_, full ? 0 : options_.limit, total, after, result_);
    if (!full && next && options_.limit > 0) finish_page(*next, {SortValue{true, 1, {}}});
    result_.strategy = "contained";
    describe();
    return std::move(result_);
  }

  // "walk; code keys; value-quantity compared; 412 read": the way, each condition and how it was decided, resources looked at.
  void describe() {
    if (result_.strategy.empty()) result_.strategy = "count";
    result_.strategy += candidates_.description();
  }

  // ---- in which order -------------------------------------------------------------------------------------------

  void choose() {
    if (query_.sort.empty()) return by_number();
    const auto& first = query_.sort.front();
    if (const auto keys = timeline_keys(); !keys.empty()) {
      result_.strategy = "timeline";
      return by_walk(*index_source(view_, keys, first.descending, after_row()), candidates_.without(timeline_patient_), Values::indexed);
    }
    if (first.param == nullptr) return first.name.ends_with("_id") ? by_id() : by_update();
    const auto keys = sort_keys();
    if (keys.empty() || few_candidates(view_.roughly(query_.type))) return by_value();
    result_.strategy = "walk";
    by_walk(*index_source(view_, keys, first.descending, after_row()), candidates_.node(), Values::indexed);
  }

  void by_update() {
    if (few_candidates(view_.sequence())) return by_value();
    result_.strategy = "feed";
    std::optional<Sequence> after;
    if (resumes()) after = cursor_->values.front().number;
    by_walk(*feed_source(view_, query_.sort.front().descending, after), candidates_.node(), Values::updates);
  }

  void by_id() {
    if (query_.type == 0 || few_candidates(view_.roughly(query_.type))) return by_value();
    result_.strategy = "ids";
    std::optional<std::string> after;
    if (resumes()) after = cursor_->values.front().text;
    by_walk(*id_source(view_, query_.type, query_.sort.front().descending, after), candidates_.node(), Values::ids);
  }

  bool resumes() const { return cursor_ && cursor_->values.size() == query_.sort.size() && cursor_->values.front().present; }
  // Where a walk of ordered rows goes on: behind the last row, or, when equal values are ordered further, with all of them.
  std::optional<std::pair<int64_t, Rid>> after_row() const {
    if (!resumes()) return std::nullopt;
    const int64_t value = cursor_->values.front().number;
    if (query_.sort.size() == 1) return std::pair(value, cursor_->rid);
    return std::pair(value, query_.sort.front().descending ? INT64_MAX : INT64_MIN);
  }

  // Sorting n candidates by their own values costs n bodies; walking N rows in order meets a candidate every N/n rows, so a
  // page of p costs p·N/n of them. The first is cheaper while n² < p·N (a body and a row of a walk cost about the same).
  bool few_candidates(int64_t rows) {
    const double bound = static_cast<double>(options_.limit) * static_cast<double>(rows);
    auto walk = cursor(view_, candidates_.node());
    for (double n = 1; walk->at() != Cursor::kEnd; walk->next(), ++n)
      if (n * n > bound) return false;
    return true;
  }

  void finish_page(Rid rid, std::vector<SortValue> values) {
    PageCursor next{result_.pinned, rid, std::move(values)};
    result_.next = next.encode();
  }

  void by_number() {
    result_.strategy = "number";
    auto walk = cursor(view_, candidates_.node());
    if (cursor_) walk->seek(cursor_->rid + 1);
    for (; walk->at() != Cursor::kEnd; walk->next()) {
      auto stored = accept(walk->at(), true);
      if (!stored) continue;
      if (result_.matches.size() == options_.limit) return finish_page(result_.matches.back().rid, {});
      result_.matches.push_back(std::move(*stored));
    }
  }

  // Keys whose rows have the order that is asked for; empty when there is none.
  std::vector<Key> sort_keys() const {
    std::vector<Key> keys;
    if (query_.sort.front().param == nullptr || query_.type == 0 || !fhir::indexed(options_.extract, *query_.sort.front().param)) return keys;
    const auto& param = *query_.sort.front().param;
    if (param.custom != 0) return keys;  // which resources lack a value, shapes do not say
    for (auto id : parts_of(param)) {
      const uint64_t part = fhir::SearchIndex::r4().part(id).identity;
      if (param.type == SearchType::date)
        for (int c = 0; c < Keys::kDateClasses; ++c) keys.push_back(keys_.date(part, c));
      if (param.type == SearchType::number)
        for (bool wide : {false, true}) keys.push_back(keys_.number(part, wide));
      if (param.type == SearchType::quantity)
        for (bool wide : {false, true}) keys.push_back(keys_.quantity(part, wide));
    }
    return keys;
  }

  // One patient, perhaps some codes, by clinical time: rows of exactly that lie together.
  std::vector<Key> timeline_keys() {
    std::vector<Key> keys;
    const auto* info = fhir::timeline(query_.type);
    if (info == nullptr || query_.sort.size() != 1 || query_.sort.front().param == nullptr ||
        parts_of(*query_.sort.front().param) != info->time)
      return keys;
    const std::string* patient = nullptr;
    const Condition* codes = nullptr;
    for (const auto& c : query_.all) {
      if (c.kind != Condition::Kind::value) continue;
      const auto parts = parts_of(*c.param);
      if (c.modifier == fhir::Modifier::none && c.any.size() == 1 && parts.size() == 1 && parts.front() == info->patient &&
          c.any.front().c.empty() && (c.any.front().a == "Patient" || (c.any.front().a.empty() && c.param->code == "patient"))) {
        patient = &c.any.front().b;
        timeline_patient_ = &c;
      }
      const bool coded = c.modifier == fhir::Modifier::none && c.param->type == SearchType::token && !parts.empty() &&
                         std::all_of(parts.begin(), parts.end(), [&](auto p) {
                           return std::find(info->codes.begin(), info->codes.end(), p) != info->codes.end();
                         }) && std::all_of(c.any.begin(), c.any.end(), [](const auto& v) { return !v.b.empty(); });
      if (coded) codes = &c;
    }
    if (patient == nullptr) return keys;
    if (codes == nullptr) {
      keys.push_back(keys_.timeline(*patient, query_.type, {}));
    } else {
      for (const auto& v : codes->any) keys.push_back(keys_.timeline(*patient, query_.type, v.b));
    }
    return keys;
  }

  struct Item {
    std::vector<SortValue> values;
    Rid rid;
  };
  enum class Values : uint8_t { indexed, updates, ids };  // what a walk's values are

  bool less(const Item& a, const Item& b) const {
    for (size_t i = 0; i < query_.sort.size(); ++i) {
      const auto &x = a.values[i], &y = b.values[i];
      if (x.present != y.present) return x.present;  // without a value: last, in either direction
      if (x != y) return query_.sort[i].descending ? y < x : x < y;
    }
    return query_.sort.front().descending && query_.sort.size() == 1 ? a.rid > b.rid : a.rid < b.rid;
  }

  // Puts one more into the page; false when it is full.
  bool give(const Item& item, Stored stored) {
    if (result_.matches.size() == options_.limit) {
      finish_page(last_.rid, last_.values);
      return false;
    }
    result_.matches.push_back(std::move(stored));
    last_ = item;
    return true;
  }

  // Equal first values are put in order by the other keys.
  bool give_group(std::vector<Item>& group) {
    std::sort(group.begin(), group.end(), [&](const Item& a, const Item& b) { return less(a, b); });
    const bool resumed = cursor_ && cursor_->values.size() == query_.sort.size();
    const Item last = resumed ? Item{cursor_->values, cursor_->rid} : Item{};
    for (const auto& item : group) {
      if (resumed && !less(last, item)) continue;
      auto stored = view_.current(item.rid);
      if (stored && !give(item, std::move(*stored))) return false;
    }
    group.clear();
    return true;
  }

  void add_to(std::vector<Item>& group, Item item) const {
    if (group.size() == kSortLimit)
      throw fhir::Rejection(400, "too-costly", "Too many matches to sort in this order: add a condition, or sort by a date or _lastUpdated",
                            "符合条件的太多，无法按此排序：请增加条件，或按日期、_lastUpdated 排序");
    group.push_back(std::move(item));
  }

  // In the order of a source, then what has no value there, by number.
  void by_walk(Source& source, const Node& others, Values kind) {
    const bool in_rest = cursor_ && cursor_->values.size() == query_.sort.size() && !cursor_->values.front().present;
    const bool several = query_.sort.size() > 1;
    std::vector<Item> group;
    SortValue value;
    Rid rid = 0;
    while (!in_rest && source.next(value, rid)) {
      if ((++walked_ & 0xff) == 0) context_.check_deadline();
      if (!contains(view_, others, rid)) continue;
      auto stored = accept(rid, true);
      if (!stored || !stands_at(*stored, value, kind)) continue;
      if (!several) {
        if (!give({{value}, rid}, std::move(*stored))) return;
        continue;
      }
      if (!group.empty() && group.front().values.front() != value && !give_group(group)) return;
      add_to(group, {sort_values(*stored), rid});
    }
    if (!give_group(group) || kind != Values::indexed) return;
    rest_without_value(in_rest, several);
  }

  // A resource with several values stands where the first of them is: the smallest going up, the largest going down.
  bool stands_at(const Stored& stored, const SortValue& value, Values kind) {
    if (kind == Values::ids) return true;
    if (kind == Values::updates) return stored.sequence == value.number;
    const auto document = fhir::Document::parse(*stored.text);
    const auto first = sort_value(document, stored, query_.sort.front());
    return first.present && first.number == value.number;
  }

  void rest_without_value(bool begun, bool several) {
    const auto rest = Node::all({candidates_.node(), missing(view_, query_.type, *query_.sort.front().param)});
    auto walk = cursor(view_, rest);
    if (begun && !several) walk->seek(cursor_->rid + 1);
    std::vector<Item> group;
    for (; walk->at() != Cursor::kEnd; walk->next()) {
      auto stored = accept(walk->at(), true);
      if (!stored) continue;
      if (several) add_to(group, {sort_values(*stored), stored->rid});
      else if (!give({{SortValue{}}, walk->at()}, std::move(*stored))) return;
    }
    give_group(group);
  }

  // All candidates, sorted by their own values.
  void by_value() {
    result_.strategy = "sort";
    std::vector<Item> items;
    const bool body = std::any_of(query_.sort.begin(), query_.sort.end(), [](const auto& k) { return k.param != nullptr; });
    for (auto walk = cursor(view_, candidates_.node()); walk->at() != Cursor::kEnd; walk->next())
      if (const auto stored = accept(walk->at(), body)) add_to(items, {sort_values(*stored), stored->rid});
    const auto before = [&](const Item& a, const Item& b) { return less(a, b); };
    auto begin = items.begin();
    if (cursor_ && cursor_->values.size() == query_.sort.size()) {
      const Item last{cursor_->values, cursor_->rid};
      begin = std::partition(items.begin(), items.end(), [&](const Item& i) { return !less(last, i); });
    }
    const size_t n = std::min<size_t>(options_.limit + 1, static_cast<size_t>(items.end() - begin));
    std::partial_sort(begin, begin + static_cast<long>(n), items.end(), before);
    for (auto it = begin; it != begin + static_cast<long>(n); ++it)
      if (auto stored = view_.current(it->rid); stored && !give(*it, std::move(*stored))) return;
  }

  std::vector<SortValue> sort_values(const Stored& stored) {
    std::vector<SortValue> values;
    std::optional<fhir::Document> document;
    if (stored.text) document = fhir::Document::parse(*stored.text);
    for (const auto& key : query_.sort) {
      if (key.param == nullptr) {
        const bool id = key.name.ends_with("_id");
        values.push_back({true, id ? 0 : stored.sequence, id ? stored.id : std::string()});
      } else {
        values.push_back(document ? sort_value(*document, stored, key) : SortValue{});
      }
    }
    return values;
  }

  SortValue sort_value(const fhir::Document& document, const Stored& stored, const fhir::SortKey& key) {
    entries_of(document, stored.type, *key.param);
    SortValue best;
    for (const auto& e : extraction_.entries) {
      SortValue v{true, 0, {}};
      switch (e.kind) {
        case fhir::IndexEntry::Kind::date: v.number = floor_ms(e.low); break;
        case fhir::IndexEntry::Kind::number:
        case fhir::IndexEntry::Kind::quantity: v.number = ordered_number(e.number); break;
        case fhir::IndexEntry::Kind::canonical_quantity: continue;
        case fhir::IndexEntry::Kind::string:
          if (!e.c.empty()) continue;  // a word of the name that stands there whole
          v.text = fhir::normalize_text(e.a); break;
        default: v.text.append(e.b).append("|").append(e.a).append("|").append(e.c); break;
      }
      if (!best.present || (key.descending ? best < v : v < best)) best = std::move(v);
    }
    return best;
  }

  View& view_;
  const Keys& keys_;
  const fhir::SearchQuery& query_;
  const SearchOptions& options_;
  SearchContext context_;
  Candidates candidates_;
  std::optional<PageCursor> cursor_;
  const Condition* timeline_patient_ = nullptr;
  Item last_{};  // the last one in the page
  fhir::Extraction extraction_;
  SearchResult result_;
  uint64_t walked_ = 0;
};

}  // namespace

SearchResult search(View& view, const Keys& keys, const fhir::SearchQuery& query, const SearchOptions& options) {
  return Searcher(view, keys, query, options).run();
}

}  // namespace witmed::store
