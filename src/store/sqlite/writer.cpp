// Group commit: one thread takes all that waits, appends it in one transaction, and answers after it is on disk.
#include <algorithm>
#include <unordered_map>

#include "base/clock.h"
#include "base/log.h"
#include "store/sqlite/appender.h"
#include "store/sqlite/engine.h"

namespace witmed::store {
namespace {

constexpr size_t kGroupWrites = 2000;        // resources in one transaction at most, so that answers do not wait long
constexpr size_t kTouchedKeys = 200'000;     // a generation of remembered identities

// Which identities later commits touched: a commit prepared before that must be prepared again.
class Touched {
 public:
  void add(Key key, Sequence sequence) {
    if (young_.size() >= kTouchedKeys) {
      floor_ = rotated_;
      rotated_ = sequence - 1;
      old_ = std::move(young_);
      young_.clear();
    }
    young_[key] = sequence;
  }
  bool after(Key key, Sequence based_on) const {
    if (based_on < floor_) return true;  // no longer known
    for (const auto* map : {&young_, &old_})
      if (auto it = map->find(key); it != map->end() && it->second > based_on) return true;
    return false;
  }
  void forget_all(Sequence sequence) {
    young_.clear();
    old_.clear();
    floor_ = rotated_ = sequence;
  }

 private:
  std::unordered_map<Key, Sequence> young_, old_;
  Sequence floor_ = 0, rotated_ = 0;
};

bool touched_posting(const OverlayRun& group, Key key) {
  return std::any_of(group.postings.begin(), group.postings.end(), [&](const auto& r) { return r.key == key; });
}

// One group on its way to the disk.
struct Group {
  std::shared_ptr<OverlayRun> run = std::make_shared<OverlayRun>();
  Sequence before, sequence;  // before the group, and of its last version so far
  std::unordered_map<TypeId, int64_t> counted;
  std::vector<const Write*> new_shapes;
  std::vector<std::pair<Key, Sequence>> touched;
};

struct Answer {
  Commit::Status status = Commit::Status::done;
  std::vector<Commit::Written> written;
};

int64_t now_ms() { return wall_micros() / 1000; }

}  // namespace

void add_to_run(OverlayRun& run, const RowDelta& delta, Rid rid, Sequence sequence) {
  for (const auto* set : {&delta.added, &delta.removed}) {
    const bool removed = set == &delta.removed;
    for (Key key : set->postings) run.postings.push_back({key, rid, sequence, removed});
    for (const auto& row : set->ordered) run.ordered.push_back({row, rid, sequence, removed});
  }
}

// The writer's connection and what it remembers between groups.
struct Writer::State {
  explicit State(Engine& engine)
      : engine(engine),
        db(open_record(engine.paths, Access::write, engine.settings.durable)),
        appender(db),
        insert_pending(db, "INSERT INTO pending VALUES(?,?)"),
        prune(db, "DELETE FROM pending WHERE sequence<=?") {
    count_log_pages(db, engine.record_log_pages);
    const Sequence last = db.number("SELECT max(sequence) FROM feed");
    engine.sequence = last;
    next_rid = db.number("SELECT max(rid) FROM current") + 1;
    Statement at(db, "SELECT c.time FROM feed f JOIN current c ON c.rid=f.rid WHERE f.sequence=?");
    at.bind(1, last);
    if (at.step()) last_time = at.integer(0);
    pruned = std::max<Sequence>(db.number("SELECT min(sequence) FROM pending") - 1, 0);
    touched.forget_all(last);
  }

  bool conflicts(const Commit& commit, const OverlayRun& group, const Overlay& overlay) const;
  Commit::Written append(const Write& write, bool last_of_commit, Group& group);
  void append_index(const Write& write, Rid rid, Group& group);
  void append_housekeeping(const Group& group);
  void commit(Group& group);

  Engine& engine;
  Database db;
  Appender appender;
  Statement insert_pending, prune;
  Rid next_rid = 1;
  int64_t last_time = 0;  // milliseconds
  Sequence pruned = 0;
  Touched touched;
};

// Was anything that the commit stands on changed after its snapshot?
bool Writer::State::conflicts(const Commit& commit, const OverlayRun& group, const Overlay& overlay) const {
  if (commit.generation != engine.settings.extract.custom->load()->generation && !commit.writes.empty()) return true;
  for (const auto& w : commit.writes)
    if (touched.after(engine.keys->identity(w.type, w.id), commit.based_on)) return true;
  if (commit.guards.empty()) return false;
  if (commit.based_on < overlay.floor) return true;  // rows since then are folded already: not known any more
  for (Key guard : commit.guards) {
    if (touched_posting(group, guard)) return true;
    for (const auto& run : overlay.runs) {
      auto it = std::lower_bound(run->postings.begin(), run->postings.end(), guard,
                                 [](const OverlayPosting& row, Key k) { return row.key < k; });
      for (; it != run->postings.end() && it->key == guard; ++it)
        if (it->sequence > commit.based_on) return true;
    }
  }
  return false;
}

Commit::Written Writer::State::append(const Write& w, bool last_of_commit, Group& group) {
  const Sequence sequence = ++group.sequence;
  const Rid rid = w.rid == 0 ? next_rid++ : w.rid;
  appender.append(w, rid, sequence, last_time, last_of_commit);
  append_index(w, rid, group);
  if (creates(w.method)) ++group.counted[w.type];
  if (w.method == Method::remove) --group.counted[w.type];
  return {rid, sequence, last_time * 1000};
}

void Writer::State::append_index(const Write& w, Rid rid, Group& group) {
  const Key identity = engine.keys->identity(w.type, w.id);
  std::string packed;
  pack(w.rows, packed);
  insert_pending.bind(1, group.sequence).bind_blob(2, packed).run();
  add_to_run(*group.run, w.rows, rid, group.sequence);
  if (w.rid == 0) group.run->identities.push_back({identity, rid, group.sequence, w.type, w.id});
  touched.add(identity, group.sequence);
  group.touched.emplace_back(identity, group.sequence);
  if (w.method == Method::remove || engine.shapes.known(w.shape)) return;
  appender.add_shape(w);
  group.new_shapes.push_back(&w);
}

// Counts by type, and pending rows that the index holds durably.
void Writer::State::append_housekeeping(const Group& group) {
  appender.set_counts(engine, group.counted);
  if (const Sequence durable = engine.folded_durable.load(); durable > pruned) {
    pruned = std::min(durable, pruned + 2000);  // a few at a time: nobody waits long for housekeeping
    prune.bind(1, pruned).run();
  }
}

void Writer::State::commit(Group& group) {
  append_housekeeping(group);
  group.run->first = group.before + 1;
  group.run->last = group.sequence;
  group.run->sort();
  for (const Write* w : group.new_shapes) engine.shapes.add(w->shape, w->type, w->shape_parts);
  // Published before the commit is visible: no snapshot ever shows a commit that the overlay lacks.
  std::lock_guard lock(engine.overlay.mutex());
  const auto previous = engine.overlay.load();
  engine.overlay.store(previous->with(group.run));
  const Stopwatch watch;
  try {
    db.execute("COMMIT");
  } catch (...) {
    engine.overlay.store(previous);
    throw;
  }
  const auto took = static_cast<uint64_t>(watch.micros());
  if (took > engine.fsync_us_max.load(std::memory_order_relaxed)) engine.fsync_us_max = took;
}

Writer::Writer(Engine& engine) : engine_(engine), state_(std::make_unique<State>(engine)) {
  thread_ = std::thread([this] { loop(); });
}

Writer::~Writer() {
  {
    std::lock_guard lock(mutex_);
    stop_ = true;
  }
  wake_.notify_all();
  engine_.overlay.wake();
  thread_.join();
}

void Writer::submit(Commit commit) {
  for (auto& w : commit.writes) {  // packed here, on the caller's thread
    if (w.method != Method::remove && engine_.samples.wanted()) engine_.samples.add(w.tail);
    if (w.method != Method::remove && w.packed.empty()) engine_.compressor.pack(w.tail, w.packed);
    w.rows.added.normalize();
    w.rows.removed.normalize();
  }
  const size_t n = commit.writes.size();
  {
    std::lock_guard lock(mutex_);
    if (!stop_ && (queued_ == 0 || queued_ + n <= engine_.settings.queue_writes)) {
      queued_ += n;
      queue_.push_back(std::move(commit));
      wake_.notify_one();
      return;
    }
  }
  commit.done(Commit::Status::busy, {}, nullptr);
}

size_t Writer::waiting() const {
  std::lock_guard lock(mutex_);
  return queued_;
}

void Writer::loop() {
  std::vector<Commit> group;
  for (;;) {
    group.clear();
    {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, [&] { return stop_ || !queue_.empty(); });
      if (queue_.empty()) return;
      size_t writes = 0;
      while (!queue_.empty() && (group.empty() || writes + queue_.front().writes.size() <= kGroupWrites)) {
        writes += queue_.front().writes.size();
        group.push_back(std::move(queue_.front()));
        queue_.pop_front();
      }
      queued_ -= writes;
    }
    if (engine_.overlay.load()->rows() > engine_.settings.overlay_rows)
      engine_.overlay.await_room(engine_.settings.overlay_rows, stop_);
    write_group(group);
  }
}

void Writer::write_group(std::vector<Commit>& items) {
  std::vector<Answer> answers(items.size());
  std::exception_ptr failure;
  Group group;
  try {
    if (state_ == nullptr) state_ = std::make_unique<State>(engine_);
    if (engine_.finish_record_checkpoint.exchange(false))
      sqlite3_wal_checkpoint_v2(state_->db.handle(), nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
    group.before = group.sequence = engine_.sequence.load();
    state_->db.execute("BEGIN IMMEDIATE");
    const auto overlay = engine_.overlay.load();
    for (size_t i = 0; i < items.size(); ++i) {
      const auto& commit = items[i];
      if (state_->conflicts(commit, *group.run, *overlay)) {
        answers[i].status = Commit::Status::conflict;
        ++engine_.conflicts;
        continue;
      }
      state_->last_time = std::max(state_->last_time, now_ms());
      for (size_t k = 0; k < commit.writes.size(); ++k)
        answers[i].written.push_back(state_->append(commit.writes[k], k + 1 == commit.writes.size(), group));
    }
    if (group.sequence == group.before)
      state_->db.execute("ROLLBACK");
    else
      state_->commit(group);
  } catch (const std::exception& e) {
    // Nothing of the group is acknowledged. After a failed write or fsync the connection's state is unknown: it is opened anew.
    log::error("store.commit.failed", {{"changes", static_cast<uint64_t>(items.size())}, {"why", e.what()}});
    failure = std::current_exception();
    state_.reset();
  }
  if (failure == nullptr) {
    for (const auto& [key, at] : group.touched) engine_.cache.drop(key, at);
    for (const auto& [type, n] : group.counted) engine_.counts[type] += n;
    engine_.sequence = group.sequence;
    ++engine_.groups;
    engine_.commits += items.size();
  }
  for (size_t i = 0; i < items.size(); ++i)
    items[i].done(failure ? Commit::Status::failed : answers[i].status, std::move(answers[i].written), failure);
}

}  // namespace witmed::store
