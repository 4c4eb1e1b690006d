// What the parts of the SQLite engine share: writer.cpp appends, fold.cpp merges index rows behind it, view.cpp reads.
#pragma once
#include <atomic>
#include <condition_variable>
#include <deque>
#include <future>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <thread>
#include <unordered_map>

#include "base/compress.h"
#include "store/keys.h"
#include "store/overlay.h"
#include "store/sqlite/cache.h"
#include "store/sqlite/samples.h"
#include "store/sqlite/schema.h"
#include "store/sqlite/sqlite_store.h"
#include "store/store.h"

namespace witmed::store {

// The overlay that readers see. Whoever publishes holds the lock; readers only load.
class Published {
 public:
  std::shared_ptr<const Overlay> load() const { return std::atomic_load(&overlay_); }
  std::mutex& mutex() { return mutex_; }
  void store(std::shared_ptr<const Overlay> next) { std::atomic_store(&overlay_, std::move(next)); }
  // What is not folded is bounded: past the bound the writer waits here for the folder, or for the end.
  void await_room(size_t rows, const std::atomic<bool>& stop) {
    std::unique_lock lock(mutex_);
    room_.wait(lock, [&] { return stop || load()->rows() <= rows; });
  }
  void wake() {
    std::lock_guard lock(mutex_);  // between the waiter's look and its sleep there is no gap
    room_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable room_;
  std::shared_ptr<const Overlay> overlay_ = std::make_shared<Overlay>();
};

// Sets of parts that occur, by hash. Grows for the life of the store (a few hundred a type).
class Shapes {
 public:
  bool known(uint64_t hash) const {
    std::shared_lock lock(mutex_);
    return all_.contains(hash);
  }
  void add(uint64_t hash, TypeId type, std::vector<uint64_t> parts) {
    std::unique_lock lock(mutex_);
    all_.try_emplace(hash, Entry{type, std::move(parts)});
  }
  template <class F>
  void each(TypeId type, F&& f) const {
    std::shared_lock lock(mutex_);
    for (const auto& [hash, entry] : all_)
      if (entry.type == type) f(hash, entry.parts);
  }

 private:
  struct Entry {
    TypeId type;
    std::vector<uint64_t> parts;
  };
  mutable std::shared_mutex mutex_;
  std::unordered_map<uint64_t, Entry> all_;  // node-based: pointers to parts stay valid
};

struct Reader;  // view.cpp: two connections with their statements

struct Engine {
  explicit Engine(const SqliteSettings& settings);

  SqliteSettings settings;
  Paths paths;
  std::unique_ptr<Keys> keys;
  Compressor compressor;
  Samples samples;
  Published overlay;
  Shapes shapes;
  Cache cache;

  std::atomic<Sequence> sequence{0};        // last durable commit
  std::atomic<Sequence> folded{0};          // the index tables hold everything up to here
  std::atomic<Sequence> folded_durable{0};  // … and would after a power cut
  static constexpr size_t kTypes = 1 << 16;
  std::unique_ptr<std::atomic<int64_t>[]> counts;
  std::atomic<int> record_log_pages{0}, index_log_pages{0};  // in the write-ahead logs
  std::atomic<bool> finish_record_checkpoint{false};         // asks the writer to copy the rest of the record's log

  std::atomic<uint64_t> groups{0}, commits{0}, conflicts{0}, fsync_us_max{0};

  std::mutex readers_mutex;
  std::vector<std::unique_ptr<Reader>> readers;  // idle ones
};

// Opens an idle reader or a new one; gives it back at the end.
std::unique_ptr<Reader> take_reader(Engine& engine);
void give_reader(Engine& engine, std::unique_ptr<Reader> reader);
std::unique_ptr<View> open_view(Engine& engine);

// Text of a stored version from its columns.
std::shared_ptr<const std::string> stored_text(const Engine& engine, TypeId type, std::string_view id, int64_t version,
                                               int64_t time, std::string_view body);

// Appends; one thread. Commits wait in a bounded queue.
class Writer {
 public:
  explicit Writer(Engine& engine);
  ~Writer();
  void submit(Commit commit);
  size_t waiting() const;

 private:
  struct State;
  void loop();
  void write_group(std::vector<Commit>& group);
  Engine& engine_;
  std::unique_ptr<State> state_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Commit> queue_;
  size_t queued_ = 0;
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

// Merges index rows into the tables behind the writer; one thread. Also keeps both write-ahead logs short.
class Folder {
 public:
  explicit Folder(Engine& engine);
  ~Folder();
  void wake() { wake_.notify_one(); }
  void fold_all();
  void adjust(std::vector<Adjustment> adjustments, const std::vector<CustomRows>* state);

 private:
  // Rows to change between two folds, and what to keep about them.
  struct Task {
    std::vector<Adjustment> adjustments;
    std::optional<std::string> state;
    std::promise<void> done;
  };
  void loop();
  void fold(Database& index);
  void run_tasks(Database& index, Database& record);
  void run(Task& task, Database& index, Database& record);
  void checkpoint(Database& index, Database& record, bool idle);
  Engine& engine_;
  std::mutex mutex_;
  std::condition_variable wake_, done_;
  bool stop_ = false;
  bool hurry_ = false;
  std::deque<std::shared_ptr<Task>> tasks_;
  std::thread thread_;
};

// One entry of the text under meta 'custom' of the index (schema.h).
std::string custom_rows_text(const CustomRows& rows);

// Store::verify (verify.cpp).
VerifyReport verify_engine(Engine& engine, const VerifyTold& told);

// Learns a dictionary from `texts`, keeps it in the record (durably, before its first use) and packs with it from now on.
void learn_dictionary(Engine& engine, Database& record, const std::vector<std::string>& texts);

// Keeps `pages` at the length of the connection's write-ahead log after each of its commits.
void count_log_pages(Database& db, std::atomic<int>& pages);

// Merges a sorted run into the tables, in key order. The caller holds the transaction.
void fold_run(Database& index, const OverlayRun& run);
// Rows of a version as the overlay holds them.
void add_to_run(OverlayRun& run, const RowDelta& delta, Rid rid, Sequence sequence);

}  // namespace witmed::store
