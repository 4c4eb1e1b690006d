// SQLite through a thin coat: a connection, prepared statements that reset themselves, errors as exceptions.
#pragma once
#include <sqlite3.h>

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

#include "base/error.h"

namespace witmed::store {

class SqliteError : public Failure {
 public:
  SqliteError(int code, const std::string& what) : Failure(what), code(code) {}
  int code;  // extended result code
};

class Database {
 public:
  Database() = default;
  // `flags` as sqlite3_open_v2; the connection belongs to one thread at a time.
  Database(const std::string& path, int flags);
  ~Database();
  Database(Database&& other) noexcept;
  Database& operator=(Database&& other) noexcept;

  void execute(const char* sql);
  void execute(const std::string& sql) { execute(sql.c_str()); }
  int64_t number(const char* sql);       // first column of the first row, 0 when there is none
  [[noreturn]] void fail(int code) const;
  sqlite3* handle() const { return handle_; }
  bool in_transaction() const { return sqlite3_get_autocommit(handle_) == 0; }

 private:
  sqlite3* handle_ = nullptr;
};

// A prepared statement. bind(1, …) …; while (step()) column …; reset() when done (or begin again with reset()).
class Statement {
 public:
  Statement() = default;
  Statement(Database& db, const char* sql);
  ~Statement();
  Statement(Statement&& other) noexcept;
  Statement& operator=(Statement&& other) noexcept;

  Statement& bind(int at, int64_t value);
  Statement& bind_text(int at, std::string_view text);  // not copied: must live until reset()
  Statement& bind_blob(int at, std::string_view bytes); // likewise
  bool step();
  void run() {  // a statement without rows
    step();
    reset();
  }
  void reset() { sqlite3_reset(statement_); }

  int64_t integer(int column) const { return sqlite3_column_int64(statement_, column); }
  std::string_view text(int column) const;
  std::string_view blob(int column) const;
  bool is_null(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }

 private:
  sqlite3_stmt* statement_ = nullptr;
};

// Resets a statement at the end of a scope, also when an exception passes.
class Use {
 public:
  explicit Use(Statement& s) : statement_(s) {}
  ~Use() { statement_.reset(); }
  Statement* operator->() { return &statement_; }
  Use(const Use&) = delete;
  Use& operator=(const Use&) = delete;

 private:
  Statement& statement_;
};

}  // namespace witmed::store
