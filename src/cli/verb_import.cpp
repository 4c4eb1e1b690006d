// witmed import: files into a stopped store, or through a running server.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>

#include "base/clock.h"
#include "base/progress.h"
#include "cli/open_record.h"
#include "cli/verbs.h"
#include "record/import/importer.h"
#include "record/import/remote.h"

namespace witmed::cli {
namespace {

struct Options {
  std::vector<std::string> paths;
  std::string server, data;
  unsigned threads = 2;
  bool quiet = false;
};

uint64_t total_bytes(const std::vector<std::string>& files) {
  uint64_t bytes = 0;
  for (const auto& file : files) {
    std::error_code error;
    const auto size = std::filesystem::file_size(file, error);
    bytes += error ? 0 : size;
  }
  return bytes;
}

void show(const record::ImportProblem& problem) {
  for (const auto& issue : problem.issues)
    std::fprintf(stderr, "%s:%llu: %s%s%s%s · %s\n", problem.file.c_str(), static_cast<unsigned long long>(problem.line),
                 problem.entry.c_str(), problem.entry.empty() ? "" : " ", issue.expression.c_str(),
                 issue.expression.empty() ? "" : ":", issue.en.c_str());
}

int run(const Options& options) {
  const auto files = record::import_files(options.paths);
  Progress progress("import", "KiB", total_bytes(files) / 1024);
  record::ImportSettings settings;
  settings.threads = options.threads;
  uint64_t shown = 0;
  settings.progress = [&](uint64_t bytes) {
    progress.add(bytes / 1024 - std::min(shown, bytes / 1024));
    shown = bytes / 1024;
  };
  if (!options.quiet) settings.problem = show;
  const Stopwatch watch;
  record::ImportReport report;
  if (!options.server.empty()) {
    report = record::import_remote(options.server, files, settings);
  } else {
    auto opened = open_record(options.data);
    report = record::import_into(*opened.record, files, settings);
    opened.store->fold_all();
  }
  std::printf("%llu documents read: %llu created, %llu updated, %llu unchanged, %llu refused; %.1f s\n",
              static_cast<unsigned long long>(report.read), static_cast<unsigned long long>(report.created),
              static_cast<unsigned long long>(report.updated), static_cast<unsigned long long>(report.unchanged),
              static_cast<unsigned long long>(report.refused), watch.seconds());
  return report.refused == 0 ? 0 : 2;
}

}  // namespace

void add_import(CLI::App& app, Action& action) {
  auto options = std::make_shared<Options>();
  CLI::App* verb = app.add_subcommand("import", "导入 FHIR 资源与 Bundle · read resources and Bundles into the record");
  verb->add_option("paths", options->paths, "文件、目录或 -（NDJSON、JSON，可为 .gz .bz2） · files, folders or -")->required();
  auto* server = verb->add_option("--server", options->server, "运行中的服务器 · FHIR base of a running server");
  verb->add_option("--data", options->data, "已停止的数据目录 · folder of a stopped store")->excludes(server);
  verb->add_option("--threads", options->threads, "线程数 · threads")->capture_default_str();
  verb->add_flag("--quiet", options->quiet, "不逐条显示被拒的资源 · do not show each refusal");
  verb->footer(
      "可重复执行：内容相同的资源不产生新版本。 · May be repeated: what is equal makes no new version.\n\n"
      "例 · Examples:\n  witmed import --data data village\n  witmed import --server http://127.0.0.1:8080/fhir patients.ndjson.gz");
  verb->callback([&action, options] {
    if (options->server.empty() && options->data.empty()) throw CLI::RequiredError("--server or --data");
    action = [options] { return run(*options); };
  });
}

}  // namespace witmed::cli
