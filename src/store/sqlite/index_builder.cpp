#include "store/sqlite/index_builder.h"

#include <cstring>
#include <filesystem>
#include <tuple>

#include "base/durable_file.h"
#include "store/posting_block.h"
#include "store/sqlite/external_sort.h"

namespace witmed::store {
namespace {

struct PostingItem {
  Key key;
  Rid rid;
  bool operator<(const PostingItem& o) const { return std::tie(key, rid) < std::tie(o.key, o.rid); }
};
struct OrderedItem {
  OrderedRow row;
  Rid rid;
  bool operator<(const OrderedItem& o) const {
    return std::tie(row.key, row.value, rid, row.extra) < std::tie(o.row.key, o.row.value, o.rid, o.row.extra);
  }
};
struct IdentityItem {  // ids have at most 64 characters
  char id[64];
  uint8_t size;
  uint16_t type;
  Rid rid;
  bool operator<(const IdentityItem& o) const {
    const int c = std::memcmp(id, o.id, std::min(size, o.size));
    return c != 0 ? c < 0 : std::tie(size, type) < std::tie(o.size, o.type);
  }
};

}  // namespace

struct IndexBuilder::Impl {
  Impl(std::string path, size_t memory)
      : path(std::move(path)),
        postings(this->path + ".sort-p", memory * 4 / 8),
        ordered(this->path + ".sort-o", memory * 3 / 8),
        identities(this->path + ".sort-i", memory / 8) {}

  void write_postings(Database& db, const std::function<void()>& tick) {
    Statement insert(db, "INSERT INTO posting VALUES(?,?,?)");
    Key key = 0;
    std::vector<Rid> block;
    size_t bytes = 0;
    const auto flush = [&] {
      if (block.empty()) return;
      const std::string rids = encode_block(block.data(), block.data() + block.size());
      insert.bind(1, key).bind(2, block.front()).bind_blob(3, rids).run();
      block.clear();
      bytes = 0;
    };
    postings.each([&](const PostingItem& item) {
      tick();
      if (!block.empty() && item.key == key) {
        if (item.rid == block.back()) return;
        bytes += static_cast<size_t>(70 - __builtin_clzll(static_cast<uint64_t>(item.rid - block.back()))) / 7;
        if (bytes > kBlockBytes) flush();
      } else {
        flush();
        key = item.key;
      }
      block.push_back(item.rid);
    });
    flush();
  }

  void write_ordered(Database& db, const std::function<void()>& tick) {
    Statement insert(db, "INSERT OR IGNORE INTO ordered VALUES(?,?,?,?)");
    ordered.each([&](const OrderedItem& item) {
      tick();
      insert.bind(1, item.row.key).bind(2, item.row.value).bind(3, item.rid).bind(4, item.row.extra).run();
    });
  }

  void write_identities(Database& db, const std::function<void()>& tick) {
    Statement insert(db, "INSERT OR IGNORE INTO identity VALUES(?,?,?)");
    identities.each([&](const IdentityItem& item) {
      tick();
      insert.bind_text(1, {item.id, item.size}).bind(2, item.type).bind(3, item.rid).run();
    });
  }

  std::string path;
  ExternalSort<PostingItem> postings;
  ExternalSort<OrderedItem> ordered;
  ExternalSort<IdentityItem> identities;
};

IndexBuilder::IndexBuilder(std::string path, size_t memory_bytes) : impl_(std::make_unique<Impl>(std::move(path), memory_bytes)) {}
IndexBuilder::~IndexBuilder() = default;

uint64_t IndexBuilder::rows() const { return impl_->postings.count() + impl_->ordered.count() + impl_->identities.count(); }

void IndexBuilder::add(Rid rid, uint16_t type, std::string_view id, const RowSet& rows) {
  for (Key key : rows.postings) impl_->postings.add({key, rid});
  for (const auto& row : rows.ordered) impl_->ordered.add({row, rid});
  IdentityItem item{};
  std::memcpy(item.id, id.data(), std::min<size_t>(id.size(), sizeof item.id));
  item.size = static_cast<uint8_t>(std::min<size_t>(id.size(), sizeof item.id));
  item.type = type;
  item.rid = rid;
  impl_->identities.add(item);
}

void IndexBuilder::finish(Sequence folded, const std::string& recipe, const std::function<void(double)>& progress) {
  const std::string fresh = impl_->path + ".new";
  for (const char* suffix : {"", "-wal", "-shm"}) std::filesystem::remove(fresh + suffix);
  uint64_t done = 0;
  const double all = static_cast<double>(rows()) + 1;
  const auto tick = [&] {
    if ((++done & 0xffff) == 0 && progress) progress(static_cast<double>(done) / all);
  };
  {
    Database db(fresh, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    db.execute("PRAGMA page_size=4096; PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-16384");
    create_index(db);
    db.execute("BEGIN");
    impl_->write_identities(db, tick);
    impl_->write_postings(db, tick);
    impl_->write_ordered(db, tick);
    Statement set(db, "UPDATE meta SET value=? WHERE key='folded'");
    set.bind(1, folded).run();
    Statement name(db, "INSERT OR REPLACE INTO meta VALUES('recipe',?)");
    name.bind_text(1, recipe).run();
    db.execute("COMMIT");
  }
  make_durable(fresh);  // before anything of the old one goes
  for (const char* suffix : {"-wal", "-shm"}) std::filesystem::remove(impl_->path + suffix);
  rename_durably(fresh, impl_->path);
}

}  // namespace witmed::store
