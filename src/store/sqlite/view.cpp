// Reading: a snapshot of the record, a snapshot of the index, and the overlay that closes the gap between them.
#include <algorithm>

#include "base/error.h"
#include "store/posting_block.h"
#include "store/sqlite/engine.h"
#include "store/sqlite/reader.h"

namespace witmed::store {
namespace {

// Walks the blocks of one key in the tables.
class BlockWalk {
 public:
  BlockWalk(Reader& reader, Key key) : reader_(reader), key_(key), walk_(reader.take_walk()) { begin(INT64_MIN); }
  ~BlockWalk() { reader_.give_walk(std::move(walk_)); }
  BlockWalk(const BlockWalk&) = delete;
  BlockWalk& operator=(const BlockWalk&) = delete;

  Rid at() const { return at_ < block_.size() ? block_[at_] : Cursor::kEnd; }
  void seek(Rid target) {
    if (at() >= target) return;
    if (block_.back() < target && !load() ) return;
    if (block_.back() < target) {  // a longer jump: find the block by key
      Rid first = INT64_MIN;
      {
        Use floor(reader_.block_floor);
        floor->bind(1, key_).bind(2, target);
        if (floor->step()) first = floor->integer(0);
      }
      begin(first);
      if (at() != Cursor::kEnd && block_.back() < target) load();
    }
    if (!block_.empty()) at_ = static_cast<size_t>(std::lower_bound(block_.begin() + static_cast<long>(at_), block_.end(), target) - block_.begin());
  }

 private:
  void begin(Rid first) {
    walk_.reset();
    walk_.bind(1, key_).bind(2, first);
    load();
  }
  bool load() {
    at_ = 0;
    if (!walk_.step()) {
      block_.clear();
      return false;
    }
    decode_block(walk_.integer(0), walk_.blob(1), block_);
    return true;
  }

  Reader& reader_;
  Key key_;
  Statement walk_;
  std::vector<Rid> block_;
  size_t at_ = 0;
};

// Tables and overlay together.
class PostingCursor : public Cursor {
 public:
  PostingCursor(Reader& reader, Key key, std::vector<Change> changes) : base_(reader, key), changes_(std::move(changes)) {
    settle();
  }
  Rid at() const override { return at_; }
  void seek(Rid target) override {
    if (at_ >= target) return;
    base_.seek(target);
    while (change_ < changes_.size() && changes_[change_].rid < target) ++change_;
    settle();
  }

 private:
  void settle() {
    for (;;) {
      const Rid base = base_.at(), change = change_ < changes_.size() ? changes_[change_].rid : kEnd;
      if (change > base || change == kEnd) {
        at_ = base;
        return;
      }
      if (!changes_[change_].removed) {
        at_ = change;
        return;
      }
      ++change_;
      if (change == base) base_.seek(base + 1);
    }
  }
  BlockWalk base_;
  std::vector<Change> changes_;
  size_t change_ = 0;
  Rid at_ = 0;
};

class SqliteView : public View {
 public:
  explicit SqliteView(Engine& engine) : engine_(engine), reader_(take_reader(engine)) { open(); }
  ~SqliteView() override {
    try {
      close();
      give_reader(engine_, std::move(reader_));
    } catch (const std::exception&) {
      // a reader that cannot end its snapshot is thrown away
    }
  }

  Sequence sequence() const override { return sequence_; }

  std::optional<Rid> find(TypeId type, std::string_view id) override {
    if (const Rid rid = store::find(*overlay_, engine_.keys->identity(type, id), type, id, sequence_)) return rid;
    Use identity(reader_->identity);
    identity->bind_text(1, id).bind(2, type);
    if (!identity->step()) return std::nullopt;
    return identity->integer(0);
  }

  std::optional<Stored> current(Rid rid, Body body) override {
    Use row(body == Body::with ? reader_->current : reader_->current_head);
    row->bind(1, rid);
    if (!row->step()) return std::nullopt;
    Stored s;
    s.rid = rid;
    s.type = static_cast<TypeId>(row->integer(0));
    s.id = row->text(1);
    s.version = row->integer(2);
    s.sequence = row->integer(3);
    s.time = row->integer(4) * 1000;
    s.method = static_cast<Method>(row->integer(5));
    if (body == Body::with && s.method != Method::remove) s.text = stored_text(engine_, s.type, s.id, s.version, s.time, row->blob(6));
    return s;
  }

  std::optional<Stored> version(Rid rid, int64_t version) override {
    auto s = current(rid, Body::without);
    if (!s || s->version == version) return s ? current(rid, Body::with) : s;
    Use row(reader_->old);
    row->bind(1, rid).bind(2, version);
    if (!row->step()) return std::nullopt;
    s->version = version;
    s->sequence = row->integer(1);
    s->time = row->integer(2) * 1000;
    s->method = static_cast<Method>(row->integer(3));
    if (s->method != Method::remove) s->text = stored_text(engine_, s->type, s->id, version, s->time, row->blob(4));
    return s;
  }

  std::vector<FeedEntry> feed(Sequence from, uint32_t limit, bool descending) override {
    std::vector<FeedEntry> out;
    Use row(descending ? reader_->feed_down : reader_->feed_up);
    row->bind(1, from).bind(2, limit);
    while (row->step())
      out.push_back({row->integer(0), row->integer(1), row->integer(2), static_cast<Method>(row->integer(3) & 3),
                     (row->integer(3) & 4) != 0});
    return out;
  }

  std::vector<FeedEntry> versions(Rid rid, int64_t before, uint32_t limit) override {
    std::vector<FeedEntry> out;
    const auto now = current(rid, Body::without);
    if (!now || limit == 0) return out;
    if (now->version < before) out.push_back({now->sequence, rid, now->version, now->method, true});
    Use row(reader_->versions);
    row->bind(1, rid).bind(2, before).bind(3, limit - static_cast<uint32_t>(out.size()));
    while (row->step()) out.push_back({row->integer(0), rid, row->integer(1), static_cast<Method>(row->integer(2)), true});
    return out;
  }

  std::unique_ptr<Cursor> postings(Key key) override {
    return std::make_unique<PostingCursor>(*reader_, key, changes(*overlay_, key, sequence_));
  }

  bool contains(Key key, Rid rid) override {
    const auto changed = changes(*overlay_, key, sequence_);
    const auto it = std::lower_bound(changed.begin(), changed.end(), rid, [](const Change& c, Rid r) { return c.rid < r; });
    if (it != changed.end() && it->rid == rid) return !it->removed;
    Use floor(reader_->block_floor);
    floor->bind(1, key).bind(2, rid);
    if (!floor->step()) return false;
    decode_block(floor->integer(0), floor->blob(1), scratch_);
    return std::binary_search(scratch_.begin(), scratch_.end(), rid);
  }

  void ordered(Key key, int64_t lo, int64_t hi, bool descending, const Visit& visit) override {
    auto changed = changes(*overlay_, key, lo, hi, sequence_);
    if (descending) std::reverse(changed.begin(), changed.end());
    const auto before = [&](const OrderedChange& c, int64_t value, Rid rid, int64_t extra) {
      const auto a = std::tie(c.value, c.rid, c.extra);
      const auto b = std::tie(value, rid, extra);
      return descending ? a > b : a < b;
    };
    size_t at = 0;
    // A visitor may read on the same connection, but not walk the same direction again while this walk is open.
    Use row(descending ? reader_->ordered_down : reader_->ordered_up);
    row->bind(1, key).bind(2, lo).bind(3, hi);
    while (row->step()) {
      const int64_t value = row->integer(0), extra = row->integer(2);
      const Rid rid = row->integer(1);
      for (; at < changed.size() && before(changed[at], value, rid, extra); ++at)
        if (!changed[at].removed && !visit(changed[at].value, changed[at].rid, changed[at].extra)) return;
      if (at < changed.size() && changed[at].value == value && changed[at].rid == rid && changed[at].extra == extra) {
        if (changed[at++].removed) continue;
      }
      if (!visit(value, rid, extra)) return;
    }
    for (; at < changed.size(); ++at)
      if (!changed[at].removed && !visit(changed[at].value, changed[at].rid, changed[at].extra)) return;
  }

  void ids(TypeId type, const std::string* from, bool descending, const VisitId& visit) override {
    auto fresh = store::ids(*overlay_, type, from, descending, sequence_);
    size_t at = 0;
    Use row(descending ? reader_->ids_down : reader_->ids_up);
    // U+10FFFF stands behind every character an id may have.
    const std::string_view start = from != nullptr ? std::string_view(*from) : descending ? "\xf4\x8f\xbf\xbf" : "";
    row->bind_text(1, start).bind(2, type);
    while (row->step()) {
      const std::string id(row->text(0));
      for (; at < fresh.size() && (descending ? fresh[at].first > id : fresh[at].first < id); ++at)
        if (!visit(fresh[at].first, fresh[at].second)) return;
      if (at < fresh.size() && fresh[at].first == id) ++at;
      if (!visit(id, row->integer(1))) return;
    }
    for (; at < fresh.size(); ++at)
      if (!visit(fresh[at].first, fresh[at].second)) return;
  }

  int64_t roughly(TypeId type) const override { return engine_.counts[type].load(std::memory_order_relaxed); }

  std::vector<Shape> shapes(TypeId type) override {
    std::vector<Shape> out;
    engine_.shapes.each(type, [&](uint64_t hash, const std::vector<uint64_t>& parts) {
      out.push_back({engine_.keys->shape(hash), &parts});
    });
    return out;
  }

 private:
  void open() {
    for (;;) {
      auto early = engine_.overlay.load();
      reader_->index.execute("BEGIN");
      const Sequence folded = number(reader_->folded);
      reader_->record.execute("BEGIN");
      sequence_ = number(reader_->last_sequence);
      overlay_ = early->last >= sequence_ ? std::move(early) : engine_.overlay.load();
      if (overlay_->floor <= folded && overlay_->last >= sequence_) return;
      close();  // a fold ended in between: look again
    }
  }
  void close() {
    reader_->record.execute("COMMIT");
    reader_->index.execute("COMMIT");
  }
  static int64_t number(Statement& s) {
    Use use(s);
    return use->step() ? use->integer(0) : 0;
  }

  Engine& engine_;
  std::unique_ptr<Reader> reader_;
  std::shared_ptr<const Overlay> overlay_;
  Sequence sequence_ = 0;
  std::vector<Rid> scratch_;
};

}  // namespace

std::unique_ptr<Reader> take_reader(Engine& engine) {
  {
    std::lock_guard lock(engine.readers_mutex);
    if (!engine.readers.empty()) {
      auto reader = std::move(engine.readers.back());
      engine.readers.pop_back();
      return reader;
    }
  }
  return std::make_unique<Reader>(engine.paths);
}

void give_reader(Engine& engine, std::unique_ptr<Reader> reader) {
  std::lock_guard lock(engine.readers_mutex);
  engine.readers.push_back(std::move(reader));
}

std::unique_ptr<View> open_view(Engine& engine) { return std::make_unique<SqliteView>(engine); }

std::shared_ptr<const std::string> stored_text(const Engine& engine, TypeId type, std::string_view id, int64_t version,
                                               int64_t time, std::string_view body) {
  auto text = std::make_shared<std::string>(stored_head(type, id, version, time));
  engine.compressor.unpack(body, *text);
  return text;
}

}  // namespace witmed::store
