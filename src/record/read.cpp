// History, change feed, search.
#include <algorithm>

#include "base/limits.h"
#include "base/text.h"
#include "record/impl.h"
#include "record/includes.h"

namespace witmed::record {
namespace {

uint64_t history_cursor(const std::string& text) {
  if (text.empty()) return INT64_MAX;
  const auto n = parse_unsigned(text);
  if (!n || *n > INT64_MAX) throw fhir::Rejection(400, "value", "_cursor is not one of ours: follow the links of the answer", "_cursor 不是本服务器给出的，请使用应答中的链接");
  return *n;
}

}  // namespace

Page Record::search(const AccessContext& context, const fhir::SearchQuery& query) const {
  const auto snapshot = impl_->snapshot(context);
  store::SearchOptions options;
  const bool count_only = query.summary == fhir::SearchQuery::Summary::count || query.count == 0u;
  options.limit = count_only ? 0 : std::min(query.count.value_or(limits::kPageDefault), limits::kPageMax);
  options.total = count_only || query.total == fhir::SearchQuery::Total::accurate;
  options.estimate = query.total == fhir::SearchQuery::Total::estimate;
  options.deadline = context.deadline;
  options.filter = context.filter;
  options.extract = snapshot.extract;
  if (options.extract.base_url.empty()) options.extract.base_url = query.base;
  auto found = store::search(*snapshot.view, snapshot.keys, query, options);
  Page page;
  for (const auto& stored : found.matches) page.matches.push_back({to_version(stored), Page::Match::Mode::match});
  page.total = found.total;
  // A first page that holds everything knows the total without counting.
  if (!page.total && !count_only && query.cursor.empty() && found.next.empty() && query.total != fhir::SearchQuery::Total::none)
    page.total = page.matches.size();
  page.next = std::move(found.next);
  page.plan = std::move(found.strategy);
  page.commit = static_cast<uint64_t>(found.pinned);
  if (!query.includes.empty()) add_includes(snapshot, query.includes, page);
  return page;
}

Page Record::history(const AccessContext& context, const HistoryQuery& query) const {
  const auto snapshot = impl_->snapshot(context);
  const auto& view = snapshot.view;
  Page page;
  page.commit = static_cast<uint64_t>(view->sequence());
  const uint32_t count = std::clamp(query.count, 1u, limits::kPageMax);
  const auto from = static_cast<int64_t>(history_cursor(query.cursor));
  const auto take = [&](const store::View::FeedEntry& entry) {
    auto stored = view->version(entry.rid, entry.version);
    if (!stored || !snapshot.visible(entry.rid)) return true;
    if (query.type != 0 && stored->type != query.type) return true;
    if (query.since && stored->time < *query.since) return false;
    if (query.at && stored->time > *query.at) return true;
    if (page.matches.size() == count) {
      const auto& last = page.matches.back().version;
      page.next = std::to_string(query.id.empty() ? last.sequence : last.version);
      return false;
    }
    page.matches.push_back({to_version(*stored), Page::Match::Mode::match});
    return true;
  };
  if (!query.id.empty()) {
    const auto rid = view->find(query.type, query.id);
    if (!rid || !snapshot.visible(*rid)) throw fhir::Rejection(404, "not-found", "There is no such resource, and never was", "没有这个资源");
    for (const auto& entry : view->versions(*rid, from, count + 1))
      if (!take(entry)) break;
    if (query.cursor.empty()) {
      const auto now = view->current(*rid, store::View::Body::without);
      if (now && !query.since && !query.at) page.total = static_cast<uint64_t>(now->version);
    }
    return page;
  }
  for (store::Sequence at = from;;) {
    const auto entries = view->feed(at, count + 1, true);
    if (entries.empty()) return page;
    for (const auto& entry : entries)
      if (!take(entry)) return page;
    at = entries.back().sequence;
  }
}

uint64_t Record::each(const AccessContext& context, std::span<const fhir::TypeId> types,
                      const std::function<bool(const Version&)>& visit) const {
  const auto snapshot = impl_->snapshot(context);
  const auto pinned = static_cast<uint64_t>(snapshot.view->sequence());
  for (const auto type : types) {
    const auto visible = snapshot.within(store::Node::of(snapshot.keys.type(type)));
    for (auto walk = store::cursor(*snapshot.view, visible); walk->at() != store::Cursor::kEnd; walk->next())
      if (const auto stored = snapshot.view->current(walk->at()); stored && stored->text && !visit(to_version(*stored))) return pinned;
  }
  return pinned;
}

Record::Passage Record::changes(const AccessContext& context, uint64_t position, uint32_t limit, std::span<const fhir::TypeId> types) const {
  const auto snapshot = impl_->snapshot(context);
  Passage passage;
  passage.position = position;
  const auto asked_for = [&](store::Rid rid) {
    if (types.empty()) return true;
    const auto head = snapshot.view->current(rid, store::View::Body::without);
    return head && std::find(types.begin(), types.end(), head->type) != types.end();
  };
  for (const auto& entry : snapshot.view->feed(static_cast<store::Sequence>(position), limit, false)) {
    passage.position = static_cast<uint64_t>(entry.sequence);
    std::optional<store::Stored> stored;
    if (asked_for(entry.rid) && snapshot.visible(entry.rid)) stored = snapshot.view->version(entry.rid, entry.version);
    if (stored) passage.changes.push_back({passage.position, to_version(*stored), entry.last_of_commit});
    else if (entry.last_of_commit && !passage.changes.empty()) passage.changes.back().last_of_commit = true;
  }
  return passage;
}

}  // namespace witmed::record
