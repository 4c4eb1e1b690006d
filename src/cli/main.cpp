// witmed: one program, a verb a job.
#include <CLI/CLI.hpp>
#include <cstdio>

#include "base/error.h"
#include "cli/verbs.h"
#include "fhir/issue.h"

namespace {

// Exit status: 0 done, 1 failure of ours or of the machine, 2 fault of the data or the request (CLI11: 100
// and above).
int run(const witmed::cli::Action& action) {
  try {
    return action();
  } catch (const witmed::fhir::Rejection& rejection) {
    for (const auto& issue : rejection.issues) {
      std::fprintf(stderr, "%s%s%s\n", issue.expression.c_str(), issue.expression.empty() ? "" : ": ",
                   (issue.zh.empty() ? issue.en : issue.zh + " · " + issue.en).c_str());
    }
    return 2;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "witmed: %s\n", error.what());
    return 1;
  }
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"智慧医疗 Witmed：区域健康档案平台 · an open regional health platform", "witmed"};
  app.require_subcommand(1);
  witmed::cli::Action action;
  witmed::cli::add_serve(app, action);
  witmed::cli::add_fhirpath(app, action);
  witmed::cli::add_validate(app, action);
  witmed::cli::add_generate(app, action);
  witmed::cli::add_import(app, action);
  witmed::cli::add_export(app, action);
  witmed::cli::add_terminology(app, action);
  witmed::cli::add_verify(app, action);
  witmed::cli::add_backup(app, action);
  witmed::cli::add_restore(app, action);
  witmed::cli::add_version(app, action);
  CLI11_PARSE(app, argc, argv);
  return run(action);
}
