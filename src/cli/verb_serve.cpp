// witmed serve
#include <signal.h>

#include <CLI/CLI.hpp>
#include <cstdio>

#include "base/clock.h"
#include "base/error.h"
#include "base/log.h"
#include "base/version.h"
#include "cli/verbs.h"
#include "server/platform.h"
#include "server/settings.h"

namespace witmed::cli {
namespace {

struct Options {
  std::string file;
  std::vector<server::Flag> flags;
  bool print = false;
};

void configure_log(const Config& config) {
  const std::string& format = config.text("log.format");
  if (format != "text" && format != "json") throw Failure("log.format must be text or json");
  log::configure(log::level_from(config.text("log.level")),
                 format == "json" ? log::Format::json : log::Format::text);
}

// Threads that start later inherit the mask: only wait_for_stop() hears of these signals.
sigset_t stop_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  return signals;
}

int serve(const Options& options) {
  Stopwatch watch;
  Config config = server::read_config(options.file, options.flags);
  if (options.print) {
    std::fputs(config.print().c_str(), stdout);
    return 0;
  }
  configure_log(config);
  sigset_t signals = stop_signals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  signal(SIGPIPE, SIG_IGN);
  server::Platform platform(config);
  platform.start();
  log::info("server.ready", {{"url", platform.url()},
                             {"version", kVersion},
                             {"data", config.text("store.folder")},
                             {"ms", watch.micros() / 1000}});
  int received = 0;
  sigwait(&signals, &received);
  log::info("server.stopping", {{"signal", received}});
  bool ended = platform.stop();
  log::info("server.stopped", {{"all_finished", ended ? "yes" : "no"}});
  // Requests that would not end still hold parts of the platform: nothing may be taken down under them.
  if (!ended) std::_Exit(0);
  return 0;
}

}  // namespace

void add_serve(CLI::App& app, Action& action) {
  auto options = std::make_shared<Options>();
  CLI::App* verb = app.add_subcommand("serve", "提供 FHIR 接口与网页 · serve the FHIR API and the web pages");
  auto flag = [&](const std::string& name, const std::string& setting, const std::string& meaning) {
    verb->add_option_function<std::string>(
        name,
        [options, setting, name](const std::string& value) {
          options->flags.push_back({setting, value, name});
        },
        meaning + " (" + setting + ")");
  };
  verb->add_option("--config", options->file, "设置文件，TOML · file of settings (else WITMED_CONFIG)");
  flag("--port", "server.port", "端口 · port");
  flag("--address", "server.address", "监听地址 · address");
  flag("--data", "store.folder", "数据目录 · folder of the data");
  flag("--validation", "validation.level", "写入时的校验 · checks on write: off, base, profiles");
  flag("--web", "web.folder", "网页目录 · folder of the web pages");
  verb->add_option_function<std::vector<std::string>>(
      "--set",
      [options](const std::vector<std::string>& values) {
        for (const std::string& value : values) {
          size_t equals = value.find('=');
          if (equals == std::string::npos) throw CLI::ValidationError("--set", "NAME=VALUE, not " + value);
          options->flags.push_back({value.substr(0, equals), value.substr(equals + 1), "--set"});
        }
      },
      "任一设置 · any setting, NAME=VALUE, may be repeated");
  verb->add_flag("--print-config", options->print,
                 "显示各项设置、取值与来源 · show each setting, its value and where it came from");
  verb->footer(
      "设置依次取自文件、环境变量 WITMED_…、命令行，后者优先 · Settings: file, then WITMED_… variables, then "
      "flags.\n\n"
      "例 · Example:\n  witmed serve --data ./data --port 8080\n  witmed serve --set log.format=json "
      "--print-config");
  verb->callback([&action, options] { action = [options] { return serve(*options); }; });
}

}  // namespace witmed::cli
