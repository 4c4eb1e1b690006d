#include "store/sqlite/database.h"

#include <utility>

namespace witmed::store {

Database::Database(const std::string& path, int flags) {
  const int rc = sqlite3_open_v2(path.c_str(), &handle_, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
  if (rc != SQLITE_OK) {
    const std::string what = "cannot open " + path + ": " + (handle_ ? sqlite3_errmsg(handle_) : sqlite3_errstr(rc));
    sqlite3_close_v2(handle_);
    handle_ = nullptr;
    throw SqliteError(rc, what);
  }
  sqlite3_busy_timeout(handle_, 30'000);
}

Database::~Database() { sqlite3_close_v2(handle_); }
Database::Database(Database&& other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}
Database& Database::operator=(Database&& other) noexcept {
  std::swap(handle_, other.handle_);
  return *this;
}

void Database::fail(int code) const {
  throw SqliteError(code, std::string("SQLite: ") + sqlite3_errmsg(handle_) + " (" + std::to_string(code) + ")");
}

void Database::execute(const char* sql) {
  const int rc = sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr);
  if (rc != SQLITE_OK) fail(rc);
}

int64_t Database::number(const char* sql) {
  Statement s(*this, sql);
  return s.step() ? s.integer(0) : 0;
}

Statement::Statement(Database& db, const char* sql) {
  const int rc = sqlite3_prepare_v3(db.handle(), sql, -1, SQLITE_PREPARE_PERSISTENT, &statement_, nullptr);
  if (rc != SQLITE_OK) db.fail(rc);
}
Statement::~Statement() { sqlite3_finalize(statement_); }
Statement::Statement(Statement&& other) noexcept : statement_(std::exchange(other.statement_, nullptr)) {}
Statement& Statement::operator=(Statement&& other) noexcept {
  std::swap(statement_, other.statement_);
  return *this;
}

Statement& Statement::bind(int at, int64_t value) {
  sqlite3_bind_int64(statement_, at, value);
  return *this;
}
Statement& Statement::bind_text(int at, std::string_view text) {
  sqlite3_bind_text(statement_, at, text.data() ? text.data() : "", static_cast<int>(text.size()), SQLITE_STATIC);
  return *this;
}
Statement& Statement::bind_blob(int at, std::string_view bytes) {
  sqlite3_bind_blob(statement_, at, bytes.data() ? bytes.data() : "", static_cast<int>(bytes.size()), SQLITE_STATIC);
  return *this;
}

bool Statement::step() {
  const int rc = sqlite3_step(statement_);
  if (rc == SQLITE_ROW) return true;
  if (rc == SQLITE_DONE) return false;
  sqlite3* db = sqlite3_db_handle(statement_);
  const std::string what = std::string("SQLite: ") + sqlite3_errmsg(db) + " (" + std::to_string(rc) + ")";
  sqlite3_reset(statement_);
  throw SqliteError(rc, what);
}

std::string_view Statement::text(int column) const {
  const auto* p = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
  return {p, p ? static_cast<size_t>(sqlite3_column_bytes(statement_, column)) : 0};
}
std::string_view Statement::blob(int column) const {
  const auto* p = static_cast<const char*>(sqlite3_column_blob(statement_, column));
  return {p, p ? static_cast<size_t>(sqlite3_column_bytes(statement_, column)) : 0};
}

}  // namespace witmed::store
