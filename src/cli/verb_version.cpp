// witmed version
#include <CLI/CLI.hpp>
#include <cstdio>

#include "base/version.h"
#include "cli/verbs.h"

namespace witmed::cli {

void add_version(CLI::App& app, Action& action) {
  CLI::App* verb = app.add_subcommand("version", "版本 · what this is");
  verb->footer("例 · Example:\n  witmed version");
  verb->callback([&action] {
    action = [] {
      std::printf("Witmed %.*s, FHIR 4.0.1\n", static_cast<int>(kVersion.size()), kVersion.data());
      return 0;
    };
  });
}

}  // namespace witmed::cli
