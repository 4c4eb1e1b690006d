// Folding: index rows that gathered in memory are merged into the tables in key order, in large batches, so that a page that
// many rows touch is read and written once.
#include <algorithm>
#include <chrono>

#include <fmt/format.h>

#include "base/clock.h"
#include "base/log.h"
#include "store/posting_block.h"
#include "store/sqlite/engine.h"

namespace witmed::store {
namespace {

constexpr int kCheckpointPages = 16'384;       // 64 MB of write-ahead log before it is copied into the file
constexpr auto kIdle = std::chrono::milliseconds(300);

// Merges rows of one key after another into `posting`.
class PostingMerge {
 public:
  explicit PostingMerge(Database& db)
      : find_(db, "SELECT first, rids FROM posting WHERE key=? AND first<=? ORDER BY first DESC LIMIT 1"),
        next_(db, "SELECT first FROM posting WHERE key=? AND first>? ORDER BY first LIMIT 1"),
        insert_(db, "INSERT OR REPLACE INTO posting VALUES(?,?,?)"),
        remove_(db, "DELETE FROM posting WHERE key=? AND first=?") {}

  // Rows of one key, by number, each number once.
  void apply(Key key, const std::vector<Change>& changes) {
    size_t at = 0;
    while (at < changes.size()) at = apply_block(key, changes, at);
  }

 private:
  // The block that holds (or would hold) changes[at], with all changes that fall into it. Returns the first that does not.
  size_t apply_block(Key key, const std::vector<Change>& changes, size_t at) {
    old_.clear();
    bool had_block = false;
    {
      Use find(find_);
      find->bind(1, key).bind(2, changes[at].rid);
      if (find->step()) {
        decode_block(find->integer(0), find->blob(1), old_);
        had_block = true;
      }
    }
    Rid end = Cursor::kEnd;  // where the next block begins
    const bool appends = had_block && changes[at].rid > old_.back();
    if (!appends || changes.size() - at > 1) {
      Use next(next_);
      next->bind(1, key).bind(2, changes[at].rid);
      if (next->step()) end = next->integer(0);
    } else {
      end = changes[at].rid + 1;
    }
    merged_.clear();
    size_t stop = at;
    auto old = old_.begin();
    for (; stop < changes.size() && changes[stop].rid < end; ++stop) {
      while (old != old_.end() && *old < changes[stop].rid) merged_.push_back(*old++);
      if (old != old_.end() && *old == changes[stop].rid) ++old;
      if (!changes[stop].removed) merged_.push_back(changes[stop].rid);
    }
    merged_.insert(merged_.end(), old, old_.end());
    if (had_block && (merged_.empty() || merged_.front() != old_.front())) remove_.bind(1, key).bind(2, old_.front()).run();
    write(key);
    return stop;
  }

  // merged_, cut into blocks of bounded size; all but the last are full.
  void write(Key key) {
    size_t begin = 0;
    while (begin < merged_.size()) {
      size_t end = begin + 1, bytes = 0;
      for (; end < merged_.size(); ++end) {
        bytes += static_cast<size_t>(70 - __builtin_clzll(static_cast<uint64_t>(merged_[end] - merged_[end - 1]))) / 7;
        if (bytes > kBlockBytes) break;
      }
      const std::string rids = encode_block(merged_.data() + begin, merged_.data() + end);
      insert_.bind(1, key).bind(2, merged_[begin]).bind_blob(3, rids).run();
      begin = end;
    }
  }

  Statement find_, next_, insert_, remove_;
  std::vector<Rid> old_, merged_;
};

void fold_ordered(Database& index, const std::vector<OverlayOrdered>& rows) {
  Statement insert(index, "INSERT OR IGNORE INTO ordered VALUES(?,?,?,?)");
  Statement remove(index, "DELETE FROM ordered WHERE key=? AND value=? AND rid=? AND extra=?");
  for (size_t i = 0; i < rows.size(); ++i) {
    if (i + 1 < rows.size() && rows[i].row == rows[i + 1].row && rows[i].rid == rows[i + 1].rid) continue;  // the newest counts
    auto& s = rows[i].removed ? remove : insert;
    s.bind(1, rows[i].row.key).bind(2, rows[i].row.value).bind(3, rows[i].rid).bind(4, rows[i].row.extra).run();
  }
}

Run merge_all(std::vector<Run> runs) {
  while (runs.size() > 1) {
    std::vector<Run> next;
    for (size_t i = 0; i < runs.size(); i += 2)
      next.push_back(i + 1 < runs.size() ? merge(*runs[i], *runs[i + 1]) : runs[i]);
    runs = std::move(next);
  }
  return runs.front();
}

}  // namespace

void fold_run(Database& index, const OverlayRun& run) {
  PostingMerge postings(index);
  std::vector<Change> changes;
  for (size_t i = 0; i < run.postings.size();) {
    const Key key = run.postings[i].key;
    changes.clear();
    for (; i < run.postings.size() && run.postings[i].key == key; ++i) {
      const auto& row = run.postings[i];
      if (!changes.empty() && changes.back().rid == row.rid) changes.pop_back();
      changes.push_back({row.rid, row.removed});
    }
    postings.apply(key, changes);
  }
  fold_ordered(index, run.ordered);
  std::vector<const OverlayIdentity*> identities;
  for (const auto& row : run.identities) identities.push_back(&row);
  std::sort(identities.begin(), identities.end(), [](auto* a, auto* b) { return a->id < b->id; });
  Statement insert(index, "INSERT OR IGNORE INTO identity VALUES(?,?,?)");
  for (const auto* row : identities) insert.bind_text(1, row->id).bind(2, row->type).bind(3, row->rid).run();
}

Folder::Folder(Engine& engine) : engine_(engine) {
  thread_ = std::thread([this] { loop(); });
}

Folder::~Folder() {
  {
    std::lock_guard lock(mutex_);
    stop_ = true;
    for (auto& task : tasks_) task->done.set_value();
    tasks_.clear();
  }
  wake_.notify_all();
  thread_.join();
}

void Folder::fold_all() {
  const Sequence target = engine_.sequence.load();
  std::unique_lock lock(mutex_);
  hurry_ = true;
  wake_.notify_all();
  done_.wait(lock, [&] { return stop_ || engine_.folded.load() >= target; });
}

std::string custom_rows_text(const CustomRows& rows) { return fmt::format("{:016x}:{} ", rows.identity, static_cast<int>(rows.state)); }

void Folder::adjust(std::vector<Adjustment> adjustments, const std::vector<CustomRows>* state) {
  auto task = std::make_shared<Task>();
  task->adjustments = std::move(adjustments);
  if (state != nullptr) {
    task->state.emplace();
    for (const auto& one : *state) *task->state += custom_rows_text(one);
  }
  auto done = task->done.get_future();
  {
    std::lock_guard lock(mutex_);
    if (stop_) return;
    tasks_.push_back(task);
  }
  wake_.notify_all();
  done.get();
}

// After a fold: what was committed before is in the tables, and what comes later is judged by its sequence.
void Folder::run_tasks(Database& index, Database& record) {
  for (;;) {
    std::shared_ptr<Task> task;
    {
      std::lock_guard lock(mutex_);
      if (tasks_.empty()) return;
      task = tasks_.front();
      tasks_.pop_front();
    }
    try {
      run(*task, index, record);
      task->done.set_value();
    } catch (...) {
      task->done.set_exception(std::current_exception());
      if (index.in_transaction()) index.execute("ROLLBACK");
      throw;
    }
  }
}

void Folder::run(Task& task, Database& index, Database& record) {
  OverlayRun run;
  Statement at(record, "SELECT sequence FROM current WHERE rid=?");
  for (const auto& one : task.adjustments) {
    Use use(at);
    use->bind(1, one.rid);
    if (use->step() && use->integer(0) == one.sequence && one.sequence <= engine_.folded.load()) add_to_run(run, one.rows, one.rid, one.sequence);
  }
  run.sort();
  index.execute("BEGIN IMMEDIATE");
  fold_run(index, run);
  if (task.state) {
    Statement keep(index, "INSERT OR REPLACE INTO meta VALUES('custom',?)");
    keep.bind_text(1, *task.state).run();
  }
  index.execute("COMMIT");
}

void Folder::loop() {
  Database index, record;
  bool failed = true;
  Sequence seen = 0;
  for (;;) {
    {
      std::unique_lock lock(mutex_);
      wake_.wait_for(lock, kIdle, [&] {
        return stop_ || hurry_ || !tasks_.empty() || engine_.overlay.load()->rows() > engine_.settings.fold_rows;
      });
      if (stop_) return;
      hurry_ = false;
    }
    try {
      if (failed) {
        index = open_index(engine_.paths, Access::write, engine_.settings.durable);
        count_log_pages(index, engine_.index_log_pages);
        record = open_record(engine_.paths, Access::write, engine_.settings.durable);
        failed = false;
      }
      const bool quiet = engine_.sequence.load() == seen;
      seen = engine_.sequence.load();
      if (const auto texts = engine_.samples.take(); !texts.empty()) learn_dictionary(engine_, record, texts);
      if (engine_.overlay.load()->rows() > 0) fold(index);
      run_tasks(index, record);
      checkpoint(index, record, quiet);
    } catch (const std::exception& e) {
      log::error("store.fold.failed", {{"why", e.what()}});
      failed = true;  // nothing is lost: the rows stay pending, and the next round tries again
    }
    std::lock_guard lock(mutex_);
    done_.notify_all();
  }
}

void Folder::fold(Database& index) {
  std::shared_ptr<const Overlay> overlay;
  {
    std::lock_guard lock(engine_.overlay.mutex());
    overlay = engine_.overlay.load()->seal();
    engine_.overlay.store(overlay);
  }
  const Stopwatch watch;
  const Run run = merge_all(overlay->runs);
  index.execute("BEGIN IMMEDIATE");
  try {
    fold_run(index, *run);
    Statement done(index, "UPDATE meta SET value=? WHERE key='folded'");
    done.bind(1, overlay->last).run();
    index.execute("COMMIT");
  } catch (...) {
    if (index.in_transaction()) index.execute("ROLLBACK");
    throw;
  }
  {
    std::lock_guard lock(engine_.overlay.mutex());
    engine_.overlay.store(engine_.overlay.load()->folded(overlay->last));
  }
  engine_.overlay.wake();
  engine_.folded = overlay->last;
  if (watch.micros() > 1'000'000)
    log::info("store.fold", {{"rows", static_cast<uint64_t>(run->rows())}, {"ms", watch.micros() / 1000}});
}

// Copies the write-ahead logs into their files. The index: only this thread writes it, so a checkpoint of all its pages
// makes everything folded so far durable. The record: the writer goes on meanwhile; it copies the short rest itself, between
// two groups, so that the log can begin anew.
void Folder::checkpoint(Database& index, Database& record, bool idle) {
  const auto passive = [](Database& db) {
    int pages = 0, copied = 0;
    const int rc = sqlite3_wal_checkpoint_v2(db.handle(), nullptr, SQLITE_CHECKPOINT_PASSIVE, &pages, &copied);
    if (rc != SQLITE_OK && rc != SQLITE_BUSY) db.fail(rc);
    return rc == SQLITE_OK && pages == copied;
  };
  const Sequence folded = engine_.folded.load();
  const bool behind = engine_.folded_durable.load() < folded;
  if (behind && (idle || engine_.index_log_pages.load() > kCheckpointPages) && passive(index)) engine_.folded_durable = folded;
  if (engine_.record_log_pages.load() > kCheckpointPages) {
    passive(record);
    engine_.finish_record_checkpoint = true;
  }
}

}  // namespace witmed::store
