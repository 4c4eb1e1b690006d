// witmed generate: a synthetic county as NDJSON, or straight into a store.
#include <fcntl.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdio>
#include <thread>

#include "base/clock.h"
#include "base/error.h"
#include "base/progress.h"
#include "cli/open_record.h"
#include "cli/verbs.h"
#include "generate/county.h"
#include "generate/file_sink.h"
#include "generate/line_sink.h"
#include "record/import/importer.h"
#include "record/import/remote.h"

namespace witmed::cli {
namespace {

struct Options {
  generate::Settings settings;
  std::string out, data, server, truth;
  unsigned threads = 2;
};

// The bar counts residents, whoever takes their resources.
generate::Totals make(const generate::Settings& settings, generate::Sink& sink) {
  Progress progress("generate", "residents", settings.residents);
  uint32_t shown = 0;
  return generate::generate(settings, sink, [&](uint32_t residents, uint64_t) {
    progress.add(residents - shown);
    shown = residents;
  });
}

int to_folder(const Options& options) {
  generate::FileSink sink(options.out);
  const Stopwatch watch;
  const auto totals = make(options.settings, sink);
  sink.close();
  std::printf("%u residents, %llu resources in %.1f s -> %s\n", totals.residents, static_cast<unsigned long long>(totals.resources),
              watch.seconds(), options.out.c_str());
  return 0;
}

// A pipe with the maker at one end and the importer at the other: nothing is kept in between.
class Pipe {
 public:
  Pipe() {
    if (::pipe2(ends_, O_CLOEXEC) != 0) throw Failure("no pipe");
    std::signal(SIGPIPE, SIG_IGN);  // whose reader has gone learns it from the write
  }
  ~Pipe() {
    close_reader();
    if (ends_[1] >= 0) ::close(ends_[1]);
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  std::string name() const { return "/dev/fd/" + std::to_string(ends_[0]); }
  std::FILE* writer() { return ::fdopen(std::exchange(ends_[1], -1), "wb"); }
  void close_reader() {
    if (ends_[0] >= 0) ::close(std::exchange(ends_[0], -1));
  }

 private:
  int ends_[2] = {-1, -1};
};

record::ImportReport take(const Options& options, const std::string& from) {
  record::ImportSettings settings;
  settings.threads = options.threads;
  settings.problem = [](const record::ImportProblem& problem) {
    for (const auto& issue : problem.issues) std::fprintf(stderr, "%s: %s\n", issue.expression.c_str(), issue.en.c_str());
  };
  if (!options.server.empty()) return record::import_remote(options.server, {from}, settings);
  auto opened = open_record(options.data);
  auto report = record::import_into(*opened.record, {from}, settings);
  opened.store->fold_all();
  return report;
}

int into_store(const Options& options) {
  Pipe pipe;
  const Stopwatch watch;
  generate::Totals totals;
  std::exception_ptr failure;
  std::FILE* out = pipe.writer();
  if (out == nullptr) throw Failure("no pipe");
  std::thread maker([&] {
    try {
      generate::LineSink sink(out, options.truth);
      totals = make(options.settings, sink);
      sink.close();
    } catch (...) {
      failure = std::current_exception();
    }
    std::fclose(out);
  });
  record::ImportReport report;
  try {
    report = take(options, pipe.name());
  } catch (...) {
    pipe.close_reader();
    maker.join();
    throw;
  }
  maker.join();
  if (failure) std::rethrow_exception(failure);
  std::printf("%u residents, %llu resources: %llu created, %llu updated, %llu unchanged, %llu refused; %.1f s\n", totals.residents,
              static_cast<unsigned long long>(totals.resources), static_cast<unsigned long long>(report.created),
              static_cast<unsigned long long>(report.updated), static_cast<unsigned long long>(report.unchanged),
              static_cast<unsigned long long>(report.refused), watch.seconds());
  return report.refused == 0 ? 0 : 2;
}

}  // namespace

void add_generate(CLI::App& app, Action& action) {
  auto options = std::make_shared<Options>();
  CLI::App* verb = app.add_subcommand("generate", "生成合成县的健康档案（演示数据） · write a synthetic county's records");
  verb->add_option("--residents", options->settings.residents, "居民数 · residents")->capture_default_str();
  verb->add_option("--seed", options->settings.seed, "随机种子，相同则内容相同 · same seed, same bytes")->capture_default_str();
  verb->add_option("--years", options->settings.years, "年数 · years of life")->capture_default_str();
  verb->add_option("--as-of", options->settings.as_of, "截止日期 · nothing happens on or after this day")->capture_default_str();
  auto* out = verb->add_option("--out", options->out, "输出目录，每种资源一个文件，另有 truth.csv · folder, a file a type, and truth.csv");
  auto* data = verb->add_option("--data", options->data, "写入已停止的数据目录 · into a stopped store")->excludes(out);
  verb->add_option("--server", options->server, "写入运行中的服务器 · into a running server")->excludes(out)->excludes(data);
  verb->add_option("--truth", options->truth, "另存真值的文件（--data 或 --server） · file for the truth, with --data or --server")->excludes(out);
  verb->add_option("--threads", options->threads, "导入线程数 · threads of the import")->capture_default_str();
  verb->footer(
      "例 · Examples:\n  witmed generate --residents 300 --seed 1 --years 10 --out county\n"
      "  witmed generate --residents 2000 --data data --truth truth.csv\n"
      "  witmed generate --residents 2000 --server http://127.0.0.1:8080");
  verb->callback([&action, options] {
    if (options->out.empty() && options->data.empty() && options->server.empty()) throw CLI::RequiredError("--out, --data or --server");
    action = [options] { return options->out.empty() ? into_store(*options) : to_folder(*options); };
  });
}

}  // namespace witmed::cli
