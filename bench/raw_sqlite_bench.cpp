// What SQLite alone does with the rows of a store: the ceiling that an import is measured against.
//   raw_sqlite_bench STORE TARGET rows|blocks
// Every table of both files of the store is written again, prepared inserts in key order, a commit every 5,000
// resources' worth of rows, durable at the end. Reading the rows is not counted. Inserting a whole table in key
// order is the fastest way there is: batches by time of arrival touch every page again and again.
//   rows    each index row is a row, (key, resource), as any schema without our packing has it
//   blocks  posting lists as the store packs them: what is left when all work but SQLite's is free
#include <fmt/format.h>
#include <sqlite3.h>

#include <chrono>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "store/posting_block.h"

namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

class Database {
 public:
  Database(const std::string& path, int flags) {
    if (sqlite3_open_v2(path.c_str(), &db_, flags, nullptr) != SQLITE_OK)
      throw std::runtime_error("cannot open " + path);
  }
  Database(const Database&) = delete;
  ~Database() { sqlite3_close(db_); }
  void run(const std::string& sql) {
    if (sqlite3_exec(db_, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
      throw std::runtime_error(sql + ": " + sqlite3_errmsg(db_));
  }
  sqlite3_stmt* prepare(const std::string& sql) {
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(db_, sql.c_str(), -1, &statement, nullptr) != SQLITE_OK)
      throw std::runtime_error(sql + ": " + sqlite3_errmsg(db_));
    return statement;
  }
  std::string text(const std::string& sql) {
    sqlite3_stmt* statement = prepare(sql);
    std::string found;
    if (sqlite3_step(statement) == SQLITE_ROW)
      found = reinterpret_cast<const char*>(sqlite3_column_text(statement, 0));
    sqlite3_finalize(statement);
    return found;
  }

 private:
  sqlite3* db_ = nullptr;
};

using Value = std::variant<std::monostate, int64_t, double, std::string>;
struct Cell {
  int type;
  Value value;
};

Cell cell(sqlite3_stmt* row, int column) {
  const int type = sqlite3_column_type(row, column);
  switch (type) {
    case SQLITE_INTEGER: return {type, sqlite3_column_int64(row, column)};
    case SQLITE_FLOAT: return {type, sqlite3_column_double(row, column)};
    case SQLITE_NULL: return {type, {}};
    default: {
      const void* bytes = sqlite3_column_blob(row, column);
      return {type, std::string(static_cast<const char*>(bytes),
                                static_cast<size_t>(sqlite3_column_bytes(row, column)))};
    }
  }
}

void bind(sqlite3_stmt* insert, int column, const Cell& cell) {
  switch (cell.type) {
    case SQLITE_INTEGER: sqlite3_bind_int64(insert, column, std::get<int64_t>(cell.value)); break;
    case SQLITE_FLOAT: sqlite3_bind_double(insert, column, std::get<double>(cell.value)); break;
    case SQLITE_NULL: sqlite3_bind_null(insert, column); break;
    case SQLITE_TEXT: {
      const auto& text = std::get<std::string>(cell.value);
      sqlite3_bind_text(insert, column, text.data(), static_cast<int>(text.size()), SQLITE_STATIC);
      break;
    }
    default: {
      const auto& blob = std::get<std::string>(cell.value);
      sqlite3_bind_blob(insert, column, blob.data(), static_cast<int>(blob.size()), SQLITE_STATIC);
    }
  }
}

struct Table {
  std::string name, sql;
};

std::vector<Table> tables(Database& source) {
  std::vector<Table> found;
  sqlite3_stmt* list =
      source.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'");
  while (sqlite3_step(list) == SQLITE_ROW)
    found.push_back({reinterpret_cast<const char*>(sqlite3_column_text(list, 0)),
                     reinterpret_cast<const char*>(sqlite3_column_text(list, 1))});
  sqlite3_finalize(list);
  return found;
}

struct Sums {
  uint64_t rows = 0;
  double seconds = 0;  // of inserting and committing alone
};

double since(Clock::time_point begin) { return std::chrono::duration<double>(Clock::now() - begin).count(); }

constexpr const char* kPostingRows = "CREATE TABLE posting(key INTEGER, rid INTEGER, PRIMARY KEY(key, rid)) WITHOUT ROWID";

// A posting block as rows (key, resource).
void unpack(sqlite3_stmt* block, std::vector<Cell>& out) {
  static std::vector<witmed::store::Rid> rids;
  const Cell packed = cell(block, 2);
  witmed::store::decode_block(sqlite3_column_int64(block, 1), packed.type == SQLITE_BLOB ? std::get<std::string>(packed.value) : "", rids);
  const Cell key = cell(block, 0);
  Cell number{SQLITE_INTEGER, int64_t{0}};
  for (const auto rid : rids) {
    number.value = int64_t{rid};
    out.push_back(key);
    out.push_back(number);
  }
}

void copy(Database& source, Database& target, const Table& table, bool unpacked, uint64_t rows_a_commit, Sums& sums) {
  target.run(unpacked ? kPostingRows : table.sql);
  sqlite3_stmt* read = source.prepare("SELECT * FROM \"" + table.name + "\"");
  const int columns = unpacked ? 2 : sqlite3_column_count(read);
  std::string marks = "?";
  for (int i = 1; i < columns; ++i) marks += ",?";
  sqlite3_stmt* insert = target.prepare("INSERT INTO \"" + table.name + "\" VALUES (" + marks + ")");
  std::vector<Cell> batch;
  for (bool more = true; more;) {
    batch.clear();
    while (batch.size() < rows_a_commit * static_cast<uint64_t>(columns) &&
           (more = sqlite3_step(read) == SQLITE_ROW)) {
      if (unpacked) {
        unpack(read, batch);
        continue;
      }
      for (int i = 0; i < columns; ++i) batch.push_back(cell(read, i));
    }
    const auto begin = Clock::now();
    target.run("BEGIN");
    for (size_t at = 0; at < batch.size(); at += static_cast<size_t>(columns)) {
      for (int i = 0; i < columns; ++i) bind(insert, i + 1, batch[at + static_cast<size_t>(i)]);
      if (sqlite3_step(insert) != SQLITE_DONE) throw std::runtime_error("insert into " + table.name);
      sqlite3_reset(insert);
      ++sums.rows;
    }
    target.run("COMMIT");
    sums.seconds += since(begin);
  }
  sqlite3_finalize(read);
  sqlite3_finalize(insert);
}

void file(const fs::path& from, const fs::path& to, bool rows, uint64_t rows_a_commit, Sums& sums) {
  Database source(from, SQLITE_OPEN_READONLY);
  Database target(to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
  target.run("PRAGMA page_size = " + source.text("PRAGMA page_size"));
  target.run("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -262144");
  for (const Table& table : tables(source)) copy(source, target, table, rows && table.name == "posting", rows_a_commit, sums);
  const auto begin = Clock::now();
  target.run("PRAGMA wal_checkpoint(TRUNCATE)");
  sums.seconds += since(begin);
}

uint64_t count(const fs::path& path, const std::string& table) {
  Database db(path, SQLITE_OPEN_READONLY);
  return std::stoull(db.text("SELECT count(*) FROM " + table));
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) {
    fmt::print(stderr, "raw_sqlite_bench STORE TARGET rows|blocks\n");
    return 1;
  }
  try {
    const fs::path store = argv[1], target = argv[2];
    fs::remove_all(target);
    fs::create_directories(target);
    const uint64_t resources = count(store / "record.db", "current");
    uint64_t rows = resources;
    {
      Database index(store / "index.db", SQLITE_OPEN_READONLY);
      for (const Table& table : tables(index)) rows += count(store / "index.db", "\"" + table.name + "\"");
    }
    Sums sums;
    for (const char* name : {"record.db", "index.db"})
      file(store / name, target / name, std::string_view(argv[3]) == "rows",
           5'000 * std::max<uint64_t>(1, rows / std::max<uint64_t>(1, resources)), sums);
    fmt::print("{} resources, {} rows, {:.1f} s: {:.0f} resources/s\n", resources, sums.rows, sums.seconds,
               static_cast<double>(resources) / sums.seconds);
    fs::remove_all(target);
  } catch (const std::exception& error) {
    fmt::print(stderr, "raw_sqlite_bench: {}\n", error.what());
    return 1;
  }
}
