// witmed generate: a synthetic village as NDJSON.
#include <CLI/CLI.hpp>
#include <cstdio>

#include "base/clock.h"
#include "base/progress.h"
#include "cli/verbs.h"
#include "generate/file_sink.h"
#include "generate/county.h"

namespace witmed::cli {
namespace {

int write_village(const generate::Settings& settings, const std::string& out) {
  generate::FileSink sink(out);
  Progress progress("generate", "residents", settings.residents);
  const Stopwatch watch;
  uint32_t shown = 0;
  const auto totals = generate::generate(settings, sink, [&](uint32_t residents, uint64_t) {
    progress.add(residents - shown);
    shown = residents;
  });
  sink.close();
  std::printf("%u residents, %llu resources in %.1f s -> %s\n", totals.residents, static_cast<unsigned long long>(totals.resources),
              watch.seconds(), out.c_str());
  return 0;
}

}  // namespace

void add_generate(CLI::App& app, Action& action) {
  struct Options {
    generate::Settings settings;
    std::string out;
  };
  auto options = std::make_shared<Options>();
  CLI::App* verb = app.add_subcommand("generate", "生成合成村的健康档案（演示数据） · write a synthetic village's records");
  verb->add_option("--residents", options->settings.residents, "居民数 · residents")->capture_default_str();
  verb->add_option("--seed", options->settings.seed, "随机种子，相同则内容相同 · same seed, same bytes")->capture_default_str();
  verb->add_option("--years", options->settings.years, "年数 · years of life")->capture_default_str();
  verb->add_option("--as-of", options->settings.as_of, "截止日期 · nothing happens on or after this day")->capture_default_str();
  verb->add_option("--out", options->out, "输出目录，每种资源一个文件 · folder, a file a type")->required();
  verb->footer("例 · Example:\n  witmed generate --residents 300 --seed 1 --years 10 --out village");
  verb->callback([&action, options] { action = [options] { return write_village(options->settings, options->out); }; });
}

}  // namespace witmed::cli
