// The first load: resources in large transactions, index rows sorted on disk, the index written once at the end.
#include <atomic>
#include <utility>

#include "base/clock.h"
#include "store/sqlite/appender.h"
#include "store/sqlite/bulk.h"
#include "store/sqlite/index_builder.h"
#include "store/sqlite/rebuild.h"

namespace witmed::store {
namespace {

constexpr size_t kTransaction = 20'000;  // resources

class SqliteBulk : public Bulk {
 public:
  SqliteBulk(Engine& engine, std::function<void()> finished)
      : engine_(engine),
        finished_(std::move(finished)),
        record_(open_record(engine.paths, Access::write, engine.settings.durable)),
        appender_(record_),
        builder_(engine.paths.index),
        packing_(engine.compressor.has_dictionary()) {
    record_.execute("PRAGMA synchronous=NORMAL; PRAGMA wal_autocheckpoint=16384");
    record_.execute("INSERT OR REPLACE INTO meta VALUES('bulk','loading')");
    record_.execute("BEGIN IMMEDIATE");
  }
  ~SqliteBulk() override {
    if (!done_ && record_.in_transaction()) sqlite3_exec(record_.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
  }

  void pack(Write& w) override {
    if (!packing_.load(std::memory_order_acquire)) return;
    engine_.compressor.pack(w.tail, w.packed);
    w.leaf = make_leaf(w, time_);
  }

  void add(std::vector<Write> writes) override {
    if (!engine_.compressor.has_dictionary() && engine_.samples.wanted()) {
      for (auto& w : writes) {
        engine_.samples.add(w.tail);
        waiting_.push_back(std::move(w));
      }
      const auto texts = engine_.samples.take();
      if (texts.empty()) return;
      learn_dictionary(engine_, record_, texts);
      packing_.store(true, std::memory_order_release);
      writes = std::exchange(waiting_, {});
    }
    append(writes);
  }

  void finish(const std::function<void(double)>& progress) override {
    append(waiting_);
    commit();
    builder_.finish(sequence_, index_recipe(engine_.settings), progress);
    record_.execute("DELETE FROM meta WHERE key='bulk'");
    for (const auto& [type, n] : counted_) engine_.counts[type] += n;
    sqlite3_wal_checkpoint_v2(record_.handle(), nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
    record_ = Database();
    done_ = true;
    finished_();
  }

 private:
  void append(std::vector<Write>& writes) {
    for (auto& w : writes) {
      ++sequence_;
      if (w.packed.empty()) engine_.compressor.pack(w.tail, w.packed);
      appender_.append(w, sequence_, sequence_, time_, true);
      builder_.add(sequence_, w.type, w.id, w.rows.added);
      ++counted_[w.type];
      if (!engine_.shapes.known(w.shape)) {
        appender_.add_shape(w);
        engine_.shapes.add(w.shape, w.type, w.shape_parts);
      }
    }
    if (sequence_ - committed_ < static_cast<Sequence>(kTransaction)) return;
    commit();
    record_.execute("BEGIN IMMEDIATE");
  }

  void commit() {
    appender_.set_counts(engine_, counted_);
    record_.execute("COMMIT");
    committed_ = sequence_;
  }

  Engine& engine_;
  std::function<void()> finished_;
  Database record_;
  Appender appender_;
  IndexBuilder builder_;
  std::unordered_map<TypeId, int64_t> counted_;
  std::vector<Write> waiting_;  // until there is a dictionary to pack them with
  std::atomic<bool> packing_;   // there is a dictionary, and it stays
  const int64_t time_ = wall_micros() / 1000;  // of the whole load, milliseconds: it is one act
  Sequence sequence_ = 0, committed_ = 0;
  bool done_ = false;
};

}  // namespace

std::unique_ptr<Bulk> open_bulk(Engine& engine, std::function<void()> finished) {
  return std::make_unique<SqliteBulk>(engine, std::move(finished));
}

}  // namespace witmed::store
