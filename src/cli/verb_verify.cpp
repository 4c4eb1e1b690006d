// witmed verify: reads everything again and compares.
#include <CLI/CLI.hpp>
#include <cstdio>

#include "base/clock.h"
#include "base/progress.h"
#include "cli/open_record.h"
#include "cli/verbs.h"

namespace witmed::cli {
namespace {

int run(const std::string& data) {
  const auto opened = open_record(data);
  Progress progress("verify", "%", 100);
  const Stopwatch watch;
  store::VerifyTold told;
  told.problem = [](const std::string& what) { std::printf("%s\n", what.c_str()); };
  told.progress = [&](double part) {
    const auto percent = static_cast<uint64_t>(part * 100);
    if (percent > progress.done()) progress.add(percent - progress.done());
  };
  const auto report = opened.store->verify(told);
  std::printf("sequence %lld, head %s\n%llu versions and %llu index rows compared in %.1f s: %llu problems\n",
              static_cast<long long>(report.sequence), report.head.c_str(), static_cast<unsigned long long>(report.versions),
              static_cast<unsigned long long>(report.index_rows), watch.seconds(), static_cast<unsigned long long>(report.problems));
  return report.problems == 0 ? 0 : 2;
}

}  // namespace

void add_verify(CLI::App& app, Action& action) {
  auto data = std::make_shared<std::string>();
  CLI::App* verb = app.add_subcommand("verify", "重读全部数据并核对 · read everything again and compare it");
  verb->add_option("--data", *data, "已停止的数据目录 · folder of a stopped store")->required();
  verb->footer(
      "核对每个版本与账本、每条索引与重算的索引；有问题时逐条列出，退出码 2。\n"
      "Every version against the ledger, every index row against one made anew; exit status 2 when anything differs.\n\n"
      "例 · Example:\n  witmed verify --data data");
  verb->callback([&action, data] { action = [data] { return run(*data); }; });
}

}  // namespace witmed::cli
