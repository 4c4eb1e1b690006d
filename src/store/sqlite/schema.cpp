#include "store/sqlite/schema.h"

#include <fmt/format.h>

#include "base/hash.h"
#include "fhir/definitions/definitions.h"

namespace witmed::store {
namespace {

constexpr const char* kRecordTables = R"(
CREATE TABLE IF NOT EXISTS meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS type(number INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS current(rid INTEGER PRIMARY KEY, type INTEGER NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL,
  sequence INTEGER NOT NULL, time INTEGER NOT NULL, method INTEGER NOT NULL, institution INTEGER, author INTEGER, body BLOB);
CREATE TABLE IF NOT EXISTS history(sequence INTEGER PRIMARY KEY, rid INTEGER NOT NULL, version INTEGER NOT NULL,
  time INTEGER NOT NULL, method INTEGER NOT NULL, institution INTEGER, author INTEGER, body BLOB);
CREATE INDEX IF NOT EXISTS history_version ON history(rid, version);
CREATE TABLE IF NOT EXISTS feed(sequence INTEGER PRIMARY KEY, rid INTEGER NOT NULL, version INTEGER NOT NULL,
  flags INTEGER NOT NULL, salt BLOB, leaf BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS pending(sequence INTEGER PRIMARY KEY, rows BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS dictionary(number INTEGER PRIMARY KEY, bytes BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS shape(hash INTEGER PRIMARY KEY, type INTEGER NOT NULL, parts BLOB NOT NULL);
)";

constexpr const char* kIndexTables = R"(
CREATE TABLE IF NOT EXISTS meta(key TEXT PRIMARY KEY, value NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS identity(id TEXT, type INTEGER, rid INTEGER NOT NULL, PRIMARY KEY(id, type)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS posting(key INTEGER, first INTEGER, rids BLOB NOT NULL, PRIMARY KEY(key, first)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS ordered(key INTEGER, value INTEGER, rid INTEGER, extra INTEGER,
  PRIMARY KEY(key, value, rid, extra)) WITHOUT ROWID;
INSERT OR IGNORE INTO meta VALUES('folded', 0);
)";

Database open(const std::string& path, Access access, const char* synchronous, int cache_kb) {
  Database db(path, access == Access::write ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY);
  if (access == Access::write) {
    db.execute("PRAGMA page_size=4096");
    db.execute("PRAGMA journal_mode=WAL");
    db.execute("PRAGMA wal_autocheckpoint=0");  // checkpoints run on a connection of their own
    db.execute(fmt::format("PRAGMA synchronous={}", synchronous));
  }
  db.execute(fmt::format("PRAGMA cache_size=-{}", cache_kb));
  db.execute("PRAGMA mmap_size=2147418112");  // as much as Debian's SQLite allows; the rest is read by pread
  db.execute("PRAGMA temp_store=MEMORY");
  return db;
}

}  // namespace

Database open_record(const Paths& paths, Access access, bool durable) {
  return open(paths.record, access, durable ? "FULL" : "OFF", access == Access::write ? 32 << 10 : 4 << 10);
}

Database open_index(const Paths& paths, Access access, bool durable) {
  return open(paths.index, access, durable ? "NORMAL" : "OFF", access == Access::write ? 192 << 10 : 12 << 10);
}

void create_record(Database& record) {
  record.execute("BEGIN IMMEDIATE");
  record.execute(kRecordTables);
  const int64_t format = record.number("SELECT value FROM meta WHERE key='format'");
  if (format == 0) {
    SipKey secret;
    random_bytes(&secret, sizeof secret);
    record.execute(fmt::format(
        "INSERT INTO meta VALUES('format','{}'),('secret','{:016x}{:016x}'),('leaf','SM3(00 salt stored-form)')", kFormat,
        secret.k0, secret.k1));
    const auto& r4 = fhir::Definitions::r4();
    Statement insert(record, "INSERT INTO type VALUES(?,?)");
    for (auto t : r4.resource_types()) {
      insert.bind(1, t).bind_text(2, r4.type(t).name);
      insert.run();
    }
  } else if (format != kFormat) {
    throw Failure(fmt::format("this store has format {}, this program reads format {}: use the version that wrote it to export, "
                              "and import here", format, kFormat));
  }
  record.execute("COMMIT");
  Statement types(record, "SELECT number, name FROM type");
  while (types.step())
    if (fhir::Definitions::r4().type_id(types.text(1)) != types.integer(0))
      throw Failure("this store numbers its resource types differently: export with the version that wrote it, and import here");
}

void create_index(Database& index) { index.execute(kIndexTables); }

void clear_index(Database& index) {
  index.execute("DROP TABLE IF EXISTS identity; DROP TABLE IF EXISTS posting; DROP TABLE IF EXISTS ordered; DROP TABLE IF EXISTS meta");
  create_index(index);
}

}  // namespace witmed::store
