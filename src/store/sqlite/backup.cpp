#include "store/sqlite/backup.h"

#include <fmt/format.h>

#include <filesystem>

#include "base/durable_file.h"
#include "base/hash.h"
#include "fhir/definitions/definitions.h"
#include "store/sqlite/schema.h"

namespace witmed::store {
namespace {

// Takes every version after `to` out again: what was replaced comes back from the history.
void cut(Database& record, Sequence to) {
  record.execute("BEGIN IMMEDIATE");
  Statement back(record, "SELECT rid, min(version) FROM feed WHERE sequence>? GROUP BY rid");
  Statement drop(record, "DELETE FROM current WHERE rid=?");
  back.bind(1, to);
  Statement replace(record,
                    "UPDATE current SET (version,sequence,time,method,institution,author,body)="
                    "(SELECT version,sequence,time,method,institution,author,body FROM history WHERE rid=?1 AND version=?2) WHERE rid=?1");
  while (back.step()) {
    const int64_t first = back.integer(1);
    if (first == 1) drop.bind(1, back.integer(0)).run();
    else replace.bind(1, back.integer(0)).bind(2, first - 1).run();
  }
  back.reset();
  // What is current again is no longer history.
  record.execute(fmt::format("DELETE FROM history WHERE sequence>{0} OR sequence IN (SELECT sequence FROM current)", to));
  record.execute(fmt::format("DELETE FROM feed WHERE sequence>{}", to));
  record.execute("COMMIT");
}

void recount(Database& record) {
  std::string counts;
  Statement rows(record, "SELECT type, count(*) FROM current WHERE method<>3 GROUP BY type");
  while (rows.step()) counts += fmt::format("{}:{} ", rows.integer(0), rows.integer(1));
  Statement set(record, "INSERT OR REPLACE INTO meta VALUES('counts',?)");
  set.bind_text(1, counts).run();
  record.execute("DELETE FROM pending");
}

}  // namespace

BackupMark ledger_mark(const std::string& record_file, Sequence to) {
  Database record(record_file, SQLITE_OPEN_READONLY);
  Statement last(record, "SELECT max(sequence) FROM feed WHERE sequence<=? AND flags&4");
  last.bind(1, to).step();
  BackupMark mark;
  mark.sequence = last.integer(0);
  Statement feed(record, "SELECT leaf FROM feed WHERE sequence<=? ORDER BY sequence");
  feed.bind(1, mark.sequence);
  Digest head{};
  while (feed.step()) head = sm3({reinterpret_cast<const char*>(head.data()), head.size()}, feed.blob(0));
  for (uint8_t b : head) mark.head += fmt::format("{:02x}", b);
  return mark;
}

BackupMark backup_sqlite(const std::string& folder, const std::string& file) {
  const Paths paths(folder);
  if (!std::filesystem::exists(paths.record)) throw Failure("there is no record in " + folder);
  if (std::filesystem::exists(file)) throw Failure(file + " exists already: choose another name");
  const std::string part = file + ".part";
  std::filesystem::remove(part);
  {
    Database record(paths.record, SQLITE_OPEN_READWRITE);
    Statement into(record, "VACUUM INTO ?");
    into.bind_text(1, part).run();
  }
  rename_durably(part, file);
  return ledger_mark(file, INT64_MAX);
}

BackupMark restore_sqlite(const std::string& file, const std::string& folder, Sequence to) {
  const Paths paths(folder);
  std::filesystem::create_directories(folder);
  if (std::filesystem::exists(paths.record)) throw Failure(folder + " holds a record already: restore into an empty folder");
  const BackupMark wanted = ledger_mark(file, to == 0 ? INT64_MAX : to);
  const std::string part = paths.record + ".part";
  std::filesystem::copy_file(file, part, std::filesystem::copy_options::overwrite_existing);
  {
    Database record(part, SQLITE_OPEN_READWRITE);
    cut(record, wanted.sequence);
    recount(record);
  }
  rename_durably(part, paths.record);
  const BackupMark got = ledger_mark(paths.record, INT64_MAX);
  if (got.head != wanted.head) throw Failure("the restored ledger differs from the backup's: the backup is damaged");
  return got;
}

}  // namespace witmed::store
