// witmed backup, witmed restore.
#include <CLI/CLI.hpp>
#include <cstdio>

#include "base/clock.h"
#include "cli/open_record.h"
#include "cli/verbs.h"
#include "store/sqlite/backup.h"

namespace witmed::cli {
namespace {

void show(const char* what, const store::BackupMark& mark, double seconds) {
  std::printf("%s: sequence %lld, head %s, %.1f s\n", what, static_cast<long long>(mark.sequence), mark.head.c_str(), seconds);
}

int backup(const std::string& data, const std::string& file) {
  const Stopwatch watch;
  const auto mark = store::backup_sqlite(data, file);
  show("backup", mark, watch.seconds());
  return 0;
}

int restore(const std::string& file, const std::string& data, int64_t to) {
  const Stopwatch watch;
  const auto mark = store::restore_sqlite(file, data, to);
  open_record(data);  // builds the index
  show("restored", mark, watch.seconds());
  return 0;
}

}  // namespace

void add_backup(CLI::App& app, Action& action) {
  struct Options {
    std::string data, file;
  };
  auto options = std::make_shared<Options>();
  CLI::App* verb = app.add_subcommand("backup", "备份，服务器可同时运行 · back up, also while the server runs");
  verb->add_option("--data", options->data, "数据目录 · folder of the store")->required();
  verb->add_option("--out", options->file, "备份文件，不得已存在 · file, must not exist")->required();
  verb->footer("例 · Example:\n  witmed backup --data data --out 2026-11-22.witmed");
  verb->callback([&action, options] { action = [options] { return backup(options->data, options->file); }; });
}

void add_restore(CLI::App& app, Action& action) {
  struct Options {
    std::string file, data;
    int64_t to = 0;
  };
  auto options = std::make_shared<Options>();
  CLI::App* verb = app.add_subcommand("restore", "从备份恢复到任一提交 · restore a backup, to any commit");
  verb->add_option("file", options->file, "备份文件 · the backup")->required();
  verb->add_option("--data", options->data, "空的数据目录 · an empty folder")->required();
  verb->add_option("--to", options->to, "恢复到的序号，0 为全部 · sequence to go back to, 0 = all")->capture_default_str();
  verb->footer(
      "恢复后给出账本摘要 head，与备份时或 `witmed verify` 所示相同即内容相同。 · The head proves that the content is the same.\n\n"
      "例 · Example:\n  witmed restore 2026-11-22.witmed --data restored --to 120000");
  verb->callback([&action, options] { action = [options] { return restore(options->file, options->data, options->to); }; });
}

}  // namespace witmed::cli
