// witmed export: the current record as NDJSON, a file a type.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>

#include "base/error.h"
#include "base/progress.h"
#include "cli/open_record.h"
#include "cli/verbs.h"

namespace witmed::cli {
namespace {

using File = std::unique_ptr<FILE, int (*)(FILE*)>;

void write_type(const OpenedRecord& opened, fhir::TypeId type, const std::string& path, Progress& progress) {
  File file(std::fopen(path.c_str(), "wxb"), std::fclose);
  if (!file) throw Failure("cannot make " + path + " (it must not exist)");
  opened.record->each(record::AccessContext::open(), std::span(&type, 1), [&](const record::Version& version) {
    const auto& text = *version.text;
    if (std::fwrite(text.data(), 1, text.size(), file.get()) != text.size() || std::fputc('\n', file.get()) == EOF)
      throw Failure("cannot write " + path + ": is the disk full?");
    progress.add();
    return true;
  });
  if (std::fflush(file.get()) != 0) throw Failure("cannot write " + path + ": is the disk full?");
}

int run(const std::string& data, const std::string& out) {
  std::filesystem::create_directories(out);
  const auto opened = open_record(data);
  const auto counts = opened.record->counts(record::AccessContext::open());
  uint64_t total = 0;
  for (const auto& [type, n] : counts) total += n;
  Progress progress("export", "resources", total);
  for (const auto& [type, n] : counts)
    write_type(opened, type, out + "/" + std::string(fhir::Definitions::r4().type(type).name) + ".ndjson", progress);
  return 0;
}

}  // namespace

void add_export(CLI::App& app, Action& action) {
  struct Options {
    std::string data, out;
  };
  auto options = std::make_shared<Options>();
  CLI::App* verb = app.add_subcommand("export", "导出现行资源为 NDJSON · write the current resources as NDJSON");
  verb->add_option("--data", options->data, "已停止的数据目录 · folder of a stopped store")->required();
  verb->add_option("--out", options->out, "输出目录 · folder for the files")->required();
  verb->footer("例 · Example:\n  witmed export --data data --out export");
  verb->callback([&action, options] { action = [options] { return run(options->data, options->out); }; });
}

}  // namespace witmed::cli
