#include "record/indexer.h"

#include <algorithm>
#include <chrono>
#include <future>

#include "base/log.h"

namespace witmed::record {
namespace {

using fhir::CustomParam;
using fhir::CustomParams;

constexpr size_t kChunk = 2000;  // resources in one step: writers wait no longer than for these
constexpr auto kRetry = std::chrono::seconds(5);

}  // namespace

Indexer::Indexer(Record::Impl& impl) : impl_(impl) {
  load();
  thread_ = std::thread([this] { loop(); });
}

void Indexer::load() {
  std::lock_guard lock(mutex_);
  const auto type = fhir::Definitions::r4().type_id("SearchParameter");
  const auto view = impl_.store->view();
  const auto kept = impl_.store->custom_rows();
  auto set = std::make_shared<CustomParams::Set>();
  for (auto walk = view->postings(impl_.store->keys().type(type)); walk->at() != store::Cursor::kEnd; walk->next())
    if (const auto stored = view->current(walk->at()); stored && stored->text) {
      std::string why;
      const auto document = fhir::Document::parse(*stored->text);
      of_[stored->id] = fhir::compile_custom(document.root(), why);
      for (const auto* param : of_[stored->id]) {
        const bool known = std::any_of(set->all.begin(), set->all.end(), [&](const auto& s) { return s.param == param; });
        const bool complete = std::any_of(kept.begin(), kept.end(), [&](const auto& k) {
          return k.identity == param->part.identity && k.state == store::CustomRows::State::complete;
        });
        if (!known) set->all.push_back({param, complete, false});
      }
    }
  impl_.settings.custom->store(std::move(set));
  wake_.notify_all();
}

Indexer::~Indexer() {
  {
    std::lock_guard lock(mutex_);
    stop_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

void Indexer::written(const Version& version) {
  std::string why;
  std::vector<const CustomParam*> now;
  if (version.text) {
    const auto document = fhir::Document::parse(*version.text);
    now = fhir::compile_custom(document.root(), why);
  }
  std::lock_guard lock(mutex_);
  if (now.empty()) of_.erase(version.id);
  else of_[version.id] = std::move(now);
  std::set<const CustomParam*> wanted;
  for (const auto& [id, params] : of_) wanted.insert(params.begin(), params.end());
  auto set = std::make_shared<CustomParams::Set>(*impl_.settings.custom->load());
  for (auto& state : set->all) {
    if (state.leaving && wanted.contains(state.param)) state.ready = false;  // asked for again while its rows were going
    state.leaving = !wanted.contains(state.param);
    wanted.erase(state.param);
  }
  for (const auto* param : wanted) set->all.push_back({param, false, false});
  impl_.settings.custom->store(std::move(set));
  wake_.notify_all();
}

void Indexer::change(const std::function<void(std::vector<State>&)>& change) {
  std::lock_guard lock(mutex_);
  auto set = std::make_shared<CustomParams::Set>(*impl_.settings.custom->load());
  change(set->all);
  impl_.settings.custom->store(std::move(set));
}

std::optional<Indexer::State> Indexer::next_task() const {
  const auto set = impl_.settings.custom->load();
  for (const auto& state : set->all)
    if (!state.ready || state.leaving) return state;
  return std::nullopt;
}

void Indexer::loop() {
  for (;;) {
    std::optional<State> task;
    {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, [&] { return stop_ || (task = next_task()); });
      if (stop_) return;
    }
    try {
      task->leaving ? drop(*task->param) : index(*task->param);
    } catch (const std::exception& e) {
      log::error("search.index.failed", {{"code", task->param->code}, {"why", e.what()}});
      std::unique_lock lock(mutex_);
      wake_.wait_for(lock, kRetry, [&] { return stop_.load(); });
    }
  }
}

store::RowSet Indexer::rows(const CustomParam& param, const store::Stored& stored) const {
  store::RowSet out;
  if (!stored.text) return out;
  fhir::Extraction found;
  const auto document = fhir::Document::parse(*stored.text);
  fhir::SearchIndex::r4().extract(document.root(), stored.type, impl_.settings, found, {&param.part.id, 1});
  impl_.store->keys().part_rows(param.part, found, out);
  out.normalize();
  return out;
}

// Every resource of the type, in steps; one that is changed meanwhile is left to settle().
void Indexer::pass(const CustomParam& param, bool remove) {
  store::Rid at = 0;
  for (bool more = true; more && !stop_;) {
    const auto view = impl_.store->view();
    std::vector<store::Adjustment> step;
    auto walk = view->postings(impl_.store->keys().type(param.param.base));
    walk->seek(at);
    size_t n = 0;
    for (; walk->at() != store::Cursor::kEnd && n < kChunk; walk->next(), ++n) {
      at = walk->at() + 1;
      const auto stored = view->current(walk->at());
      if (!stored) continue;
      auto its = rows(param, *stored);
      if (its.size() == 0) continue;
      step.push_back({stored->rid, stored->sequence, {}});
      (remove ? step.back().rows.removed : step.back().rows.added) = std::move(its);
    }
    more = walk->at() != store::Cursor::kEnd;
    impl_.store->adjust(std::move(step), nullptr);
    std::lock_guard lock(mutex_);
    auto& [done, all] = progress_[&param];
    done += n;
    all = std::max<uint64_t>(done, static_cast<uint64_t>(view->roughly(param.param.base)));
  }
}

// What changed since `from`: rows of older versions go, those of the current one are there.
void Indexer::settle(const CustomParam& param, store::Sequence from, bool remove) {
  std::set<store::Rid> changed;
  const auto view = impl_.store->view();
  for (auto at = from;;) {
    const auto entries = view->feed(at, kChunk, false);
    if (entries.empty()) break;
    for (const auto& entry : entries) changed.insert(entry.rid);
    at = entries.back().sequence;
  }
  std::vector<store::Adjustment> step;
  for (const auto rid : changed) {
    const auto now = view->current(rid);
    if (!now || now->type != param.param.base) continue;
    store::RowSet gone, here = rows(param, *now);
    for (int64_t v = now->version - 1; v > 0; --v)
      if (const auto old = view->version(rid, v)) {
        const auto its = rows(param, *old);
        gone.postings.insert(gone.postings.end(), its.postings.begin(), its.postings.end());
        gone.ordered.insert(gone.ordered.end(), its.ordered.begin(), its.ordered.end());
        if (old->sequence <= from) break;  // current when it began: older ones had no rows then
      }
    gone.normalize();
    store::RowDelta delta;
    if (remove) {
      gone.postings.insert(gone.postings.end(), here.postings.begin(), here.postings.end());
      gone.ordered.insert(gone.ordered.end(), here.ordered.begin(), here.ordered.end());
      gone.normalize();
      delta.removed = std::move(gone);
    } else {
      delta.removed = store::difference(gone, here).removed;
      delta.added = std::move(here);
    }
    step.push_back({rid, now->sequence, std::move(delta)});
  }
  if (!step.empty()) impl_.store->adjust(std::move(step), nullptr);
}

// Returns when every commit whose rows were made before the last change of the parameters is written: later ones are refused.
void Indexer::await_writer() {
  auto written = std::make_shared<std::promise<void>>();
  auto done = written->get_future();
  store::Commit nothing;
  nothing.done = [written](auto, auto, auto) { written->set_value(); };
  impl_.store->submit(std::move(nothing));
  done.wait();
}

void Indexer::index(const CustomParam& param) {
  const auto begun = impl_.store->sequence();
  {
    std::lock_guard lock(mutex_);
    progress_[&param] = {0, 0};
  }
  log::info("search.index.begun", {{"code", param.code}});
  keep_states();
  await_writer();
  pass(param, false);
  settle(param, begun, false);
  if (stop_) return;
  change([&](auto& all) {
    for (auto& state : all)
      if (state.param == &param && !state.leaving) state.ready = true;
  });
  keep_states();
  log::info("search.index.ready", {{"code", param.code}});
}

void Indexer::drop(const CustomParam& param) {
  const auto begun = impl_.store->sequence();
  keep_states();
  pass(param, true);
  if (stop_) return;
  bool back = false;
  change([&](auto& all) {
    for (const auto& state : all) back = back || (state.param == &param && !state.leaving);
    if (!back) std::erase_if(all, [&](const auto& state) { return state.param == &param; });
  });
  if (back) return;  // asked for again meanwhile: indexed anew
  await_writer();
  settle(param, begun, true);
  keep_states();
}

// Which parameters may have rows in the index, and which have all of theirs: what the next start begins with.
void Indexer::keep_states() {
  std::vector<store::CustomRows> rows;
  using Kept = store::CustomRows::State;
  const auto set = impl_.settings.custom->load();
  for (const auto& state : set->all)
    rows.push_back({state.param->part.identity, state.leaving ? Kept::leaving : state.ready ? Kept::complete : Kept::partial});
  impl_.store->adjust({}, &rows);
}

SearchParameterStatus Indexer::status(const std::string& id, const Version& version) const {
  SearchParameterStatus out;
  std::lock_guard lock(mutex_);
  const auto its = of_.find(id);
  if (its == of_.end() || its->second.empty()) {
    out.state = "not-indexed";
    if (version.text) fhir::compile_custom(fhir::Document::parse(*version.text).root(), out.reason);
    return out;
  }
  out.state = "ready";
  const auto set = impl_.settings.custom->load();
  for (const auto& state : set->all) {
    if (state.ready || std::find(its->second.begin(), its->second.end(), state.param) == its->second.end()) continue;
    out.state = "indexing";
    if (const auto p = progress_.find(state.param); p != progress_.end()) {
      out.done += p->second.first;
      out.total += p->second.second;
    }
  }
  return out;
}

uint64_t Indexer::left() const {
  uint64_t left = 0;
  std::lock_guard lock(mutex_);
  const auto set = impl_.settings.custom->load();
  for (const auto& state : set->all) {
    if (state.ready && !state.leaving) continue;
    const auto p = progress_.find(state.param);
    left += p == progress_.end() ? 1 : std::max<uint64_t>(p->second.second - p->second.first, 1);
  }
  return left;
}

}  // namespace witmed::record
