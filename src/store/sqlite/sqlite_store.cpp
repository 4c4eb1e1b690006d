#include "store/sqlite/sqlite_store.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <charconv>
#include <cstring>
#include <filesystem>

#include <algorithm>

#include "base/log.h"
#include "base/text.h"
#include "store/sqlite/bulk.h"
#include "store/sqlite/engine.h"
#include "store/sqlite/reader.h"
#include "store/sqlite/rebuild.h"
#include "store/sqlite/warm.h"

namespace witmed::store {
namespace {

// One process at a time: the overlay lives in its memory.
class FolderLock {
 public:
  explicit FolderLock(const std::string& folder) {
    std::filesystem::create_directories(folder);
    fd_ = ::open((folder + "/lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd_ < 0) throw Failure("cannot write into " + folder + ": choose another folder with --data");
    if (::flock(fd_, LOCK_EX | LOCK_NB) != 0) {
      ::close(fd_);
      throw Failure(folder + " is in use by another witmed process: stop it, or choose another folder with --data");
    }
  }
  ~FolderLock() { ::close(fd_); }
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;

 private:
  int fd_ = -1;
};

SipKey read_secret(Database& record) {
  Statement s(record, "SELECT value FROM meta WHERE key='secret'");
  if (!s.step() || s.text(0).size() != 32) throw Failure("the store's secret is missing or damaged");
  SipKey key{};
  const auto hex = s.text(0);
  std::from_chars(hex.data(), hex.data() + 16, key.k0, 16);
  std::from_chars(hex.data() + 16, hex.data() + 32, key.k1, 16);
  return key;
}

void read_counts(Database& record, Engine& engine) {
  Statement s(record, "SELECT value FROM meta WHERE key='counts'");
  if (!s.step()) return;
  const auto text = s.text(0);
  for (const char *p = text.data(), *end = p + text.size(); p < end;) {
    unsigned type = 0;
    int64_t n = 0;
    p = std::from_chars(p, end, type).ptr + 1;
    p = std::from_chars(p, end, n).ptr + 1;
    if (type < Engine::kTypes) engine.counts[type] = n;
  }
}

void read_dictionaries(Database& record, Engine& engine) {
  Statement s(record, "SELECT bytes FROM dictionary ORDER BY number");
  while (s.step()) engine.compressor.add_dictionary(s.blob(0));
  if (engine.compressor.has_dictionary()) engine.samples.stop();
}

void read_shapes(Database& record, Engine& engine) {
  Statement s(record, "SELECT hash,type,parts FROM shape");
  while (s.step()) {
    const auto bytes = s.blob(2);
    std::vector<uint64_t> parts(bytes.size() / 8);
    if (!parts.empty()) std::memcpy(parts.data(), bytes.data(), parts.size() * 8);
    engine.shapes.add(static_cast<uint64_t>(s.integer(0)), static_cast<TypeId>(s.integer(1)), std::move(parts));
  }
}

// What was committed and not folded when the process ended.
void read_pending(Database& record, Engine& engine, Sequence folded) {
  auto run = std::make_shared<OverlayRun>();
  Statement s(record, "SELECT p.sequence, f.rid, f.version, c.type, c.id, p.rows FROM pending p JOIN feed f USING(sequence) "
                      "JOIN current c ON c.rid=f.rid WHERE p.sequence>? ORDER BY p.sequence");
  s.bind(1, folded);
  run->first = folded + 1;
  run->last = engine.sequence;
  Sequence expected = folded + 1;
  while (s.step()) {
    if (s.integer(0) != expected++) throw Failure("index rows are missing: run `witmed verify --repair`");
    add_to_run(*run, unpack(s.blob(5)), s.integer(1), s.integer(0));
    if (s.integer(2) == 1) {
      const auto type = static_cast<TypeId>(s.integer(3));
      run->identities.push_back({engine.keys->identity(type, s.text(4)), s.integer(1), s.integer(0), type, std::string(s.text(4))});
    }
  }
  auto overlay = std::make_shared<Overlay>();
  overlay->floor = folded;
  overlay->last = engine.sequence;
  if (run->rows() > 0) {
    run->sort();
    overlay->runs.push_back(std::move(run));
  }
  engine.overlay.store(overlay);
}

uint64_t file_size(const std::string& path) {
  std::error_code error;
  const auto size = std::filesystem::file_size(path, error);
  return error ? 0 : size;
}

class SqliteStore : public Store {
 public:
  explicit SqliteStore(const SqliteSettings& settings) : lock_(settings.folder), engine_(settings) {
    record_ = open_record(engine_.paths, Access::write, settings.durable);
    Database& record = record_;
    create_record(record);
    engine_.keys = std::make_unique<Keys>(read_secret(record));
    engine_.sequence = record.number("SELECT max(sequence) FROM feed");
    read_dictionaries(record, engine_);
    read_shapes(record, engine_);
    read_counts(record, engine_);
    engine_.settings.extract.custom = std::make_shared<fhir::CustomParams>();
    const bool usable = usable_index(record);
    if (!usable) {
      log::warning("store.index.rebuild", {{"sequence", engine_.sequence.load()}});
      load_custom();
      build_index(engine_, record, engine_.paths.index, settings.indexing);
      record.execute("DELETE FROM pending; DELETE FROM meta WHERE key='bulk'");
    }
    index_ = open_index(engine_.paths, Access::write, settings.durable);
    if (!usable) keep_custom();
    custom_rows_ = read_custom(index_);
    engine_.folded = index_.number("SELECT value FROM meta WHERE key='folded'");
    engine_.folded_durable = 0;
    read_pending(record, engine_, engine_.folded);
    start();
  }
  ~SqliteStore() override {
    writer_.reset();
    folder_.reset();
  }

  std::unique_ptr<View> view() override { return open_view(engine_); }

  std::optional<Stored> read(TypeId type, std::string_view id) override {
    const Key key = engine_.keys->identity(type, id);
    if (auto hot = engine_.cache.get(key, type, id)) return hot;
    const auto view = open_view(engine_);
    const auto rid = view->find(type, id);
    if (!rid) return std::nullopt;
    auto stored = view->current(*rid);
    if (stored && stored->text) engine_.cache.put(key, *stored, view->sequence());
    return stored;
  }

  void submit(Commit commit) override { writer_->submit(std::move(commit)); }
  Sequence sequence() const override { return engine_.sequence; }

  std::vector<std::pair<TypeId, int64_t>> counts() const override {
    std::vector<std::pair<TypeId, int64_t>> out;
    for (auto t : fhir::Definitions::r4().resource_types())
      if (const int64_t n = engine_.counts[t]; n != 0) out.emplace_back(t, n);
    return out;
  }

  Statistics statistics() const override {
    Statistics s;
    s.sequence = engine_.sequence;
    for (const auto& [type, n] : counts()) s.resources += static_cast<uint64_t>(n);
    s.unfolded = static_cast<uint64_t>(engine_.sequence.load() - engine_.folded.load());
    s.record_bytes = file_size(engine_.paths.record) + file_size(engine_.paths.record + "-wal");
    s.index_bytes = file_size(engine_.paths.index) + file_size(engine_.paths.index + "-wal");
    s.groups = engine_.groups;
    s.commits = engine_.commits;
    s.conflicts = engine_.conflicts;
    s.fsync_us_max = engine_.fsync_us_max;
    s.queue = writer_->waiting();
    return s;
  }

  std::unique_ptr<Bulk> bulk() override {
    if (engine_.sequence != 0) return nullptr;
    writer_.reset();
    folder_.reset();
    engine_.readers.clear();
    index_ = Database();
    return open_bulk(engine_, [this] {
      index_ = open_index(engine_.paths, Access::write, engine_.settings.durable);
      engine_.sequence = engine_.folded = record_.number("SELECT max(sequence) FROM feed");
      auto overlay = std::make_shared<Overlay>();
      overlay->floor = overlay->last = engine_.sequence;
      engine_.overlay.store(std::move(overlay));
      start();
    });
  }

  const Keys& keys() const override { return *engine_.keys; }
  std::shared_ptr<fhir::CustomParams> custom_params() const override { return engine_.settings.extract.custom; }
  std::vector<CustomRows> custom_rows() const override { return custom_rows_; }
  void adjust(std::vector<Adjustment> adjustments, const std::vector<CustomRows>* state) override {
    if (folder_) folder_->adjust(std::move(adjustments), state);
  }
  void fold_all() override { folder_->fold_all(); }
  VerifyReport verify(const VerifyTold& told) override {
    fold_all();
    if (engine_.settings.extract.custom->load()->all.empty()) load_custom();  // no record stands above this store
    return verify_engine(engine_, told);
  }

 private:
  void start() {
    folder_ = std::make_unique<Folder>(engine_);
    writer_ = std::make_unique<Writer>(engine_);
    warmer_ = std::make_unique<Warmer>(std::vector{engine_.paths.index, engine_.paths.record}, memory_to_warm());
  }

  // Search parameters of the record's own, from all of it: before every resource is read anyway.
  void load_custom() {
    const auto type = fhir::Definitions::r4().type_id("SearchParameter");
    auto set = std::make_shared<fhir::CustomParams::Set>();
    Statement row(record_, "SELECT id,version,time,body FROM current WHERE type=? AND method<3");
    row.bind(1, type);
    while (row.step()) {
      const auto text = stored_text(engine_, type, row.text(0), row.integer(1), row.integer(2) * 1000, row.blob(3));
      const auto document = fhir::Document::parse(*text);
      std::string why;
      for (const auto* param : fhir::compile_custom(document.root(), why))
        if (std::none_of(set->all.begin(), set->all.end(), [&](const auto& s) { return s.param == param; })) set->all.push_back({param, true, false});
    }
    engine_.settings.extract.custom->store(std::move(set));
  }

  // After the index was built with all of them.
  void keep_custom() {
    std::string text;
    const auto set = engine_.settings.extract.custom->load();
    for (const auto& state : set->all) text += custom_rows_text({state.param->part.identity, CustomRows::State::complete});
    Statement keep(index_, "INSERT OR REPLACE INTO meta VALUES('custom',?)");
    keep.bind_text(1, text).run();
  }

  static std::vector<CustomRows> read_custom(Database& index) {
    std::vector<CustomRows> out;
    Statement state(index, "SELECT value FROM meta WHERE key='custom'");
    if (!state.step()) return out;
    const std::string text(state.text(0));
    for (const auto one : split(text, ' '))
      if (one.size() == 18) out.push_back({std::stoull(std::string(one.substr(0, 16)), nullptr, 16), static_cast<CustomRows::State>(one[17] - '0')});
    return out;
  }

  // The index file is there, whole, made by this recipe, and everything after it is still pending.
  bool usable_index(Database& record) {
    if (record.number("SELECT count(*) FROM meta WHERE key='bulk'") != 0) return false;
    if (engine_.sequence == 0) {  // a new store
      Database index = open_index(engine_.paths, Access::write, engine_.settings.durable);
      clear_index(index);
      Statement set(index, "INSERT OR REPLACE INTO meta VALUES('recipe',?)");
      set.bind_text(1, index_recipe(engine_.settings)).run();
      return true;
    }
    try {
      Database index = open_index(engine_.paths, Access::write, engine_.settings.durable);
      Statement recipe(index, "SELECT value FROM meta WHERE key='recipe'");
      if (!recipe.step() || recipe.text(0) != index_recipe(engine_.settings)) return false;
      for (const auto& custom : read_custom(index))
        if (custom.state == CustomRows::State::leaving) return false;  // interrupted while its rows were taken away
      const Sequence folded = index.number("SELECT value FROM meta WHERE key='folded'");
      Statement first(record, "SELECT count(*) FROM pending WHERE sequence>?");
      first.bind(1, folded).step();
      return folded <= engine_.sequence && first.integer(0) == engine_.sequence - folded;
    } catch (const SqliteError&) {
      return false;
    }
  }

  FolderLock lock_;
  mutable Engine engine_;
  std::vector<CustomRows> custom_rows_;  // as the index had them at opening
  Database record_, index_;  // kept open: the write-ahead logs live as long as some connection does
  std::unique_ptr<Folder> folder_;
  std::unique_ptr<Writer> writer_;
  std::unique_ptr<Warmer> warmer_;
};

int count_pages(void* counter, sqlite3*, const char*, int pages) {
  static_cast<std::atomic<int>*>(counter)->store(pages, std::memory_order_relaxed);
  return SQLITE_OK;
}

}  // namespace

Engine::Engine(const SqliteSettings& settings)
    : settings(settings),
      paths(settings.folder),
      cache(settings.cache_bytes),
      counts(std::make_unique<std::atomic<int64_t>[]>(kTypes)) {}

void count_log_pages(Database& db, std::atomic<int>& pages) { sqlite3_wal_hook(db.handle(), count_pages, &pages); }

void learn_dictionary(Engine& engine, Database& record, const std::vector<std::string>& texts) {
  const std::string bytes = Compressor::train(texts);
  if (bytes.empty()) return;
  Statement insert(record, "INSERT INTO dictionary(bytes) VALUES(?)");
  insert.bind_blob(1, bytes).run();
  engine.compressor.add_dictionary(bytes);
}

std::unique_ptr<Store> open_sqlite(const SqliteSettings& settings) { return std::make_unique<SqliteStore>(settings); }

}  // namespace witmed::store
