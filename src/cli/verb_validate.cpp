// witmed validate FILE…
#include <CLI/CLI.hpp>
#include <cstdio>

#include "base/error.h"
#include "base/read_file.h"
#include "cli/verbs.h"
#include "fhir/validate/profile/registry.h"
#include "fhir/validate/validator.h"

namespace witmed::cli {
namespace {

struct Options {
  std::vector<std::string> files, profiles, definitions;
  bool warnings = false;
};

std::vector<fhir::Issue> findings(const std::string& text, const fhir::World& world, const fhir::ValidateOptions& options) {
  try {
    return fhir::validate(fhir::Document::parse(text), world, options);
  } catch (const fhir::Rejection& broken) {
    return broken.issues;
  }
}

// Exit status 2 when a file has an error.
int validate(const Options& asked) {
  fhir::ProfileRegistry registry;
  for (const std::string& file : asked.definitions) registry.put(file, read_file(file));
  fhir::ValidateOptions options;
  options.warnings = asked.warnings;
  options.against = asked.profiles;
  size_t wrong = 0;
  for (const std::string& file : asked.files) {
    bool valid = true;
    for (const fhir::Issue& issue : findings(read_file(file), {nullptr, &registry, nullptr}, options)) {
      const bool error = issue.severity >= fhir::Severity::error;
      valid = valid && !error;
      std::printf("%s:%u:%u: %s: %s: %s · %s [%s]\n", file.c_str(), issue.line, issue.column, error ? "error" : "warning",
                  issue.expression.c_str(), issue.zh.c_str(), issue.en.c_str(), issue.rule ? issue.rule : issue.code);
    }
    wrong += !valid;
  }
  std::fprintf(stderr, "校验 %zu 个文件，%zu 个有误 · %zu files, %zu with errors\n", asked.files.size(), wrong, asked.files.size(), wrong);
  return wrong ? 2 : 0;
}

}  // namespace

void add_validate(CLI::App& app, Action& action) {
  auto options = std::make_shared<Options>();
  CLI::App* verb = app.add_subcommand("validate", "校验 FHIR 资源文件 · validate files of FHIR resources");
  verb->add_option("files", options->files, "JSON 文件，- 为标准输入 · JSON files, - = standard input")->required();
  verb->add_option("--profile", options->profiles, "另按此配置文件（规范地址）· against this profile too (canonical url)");
  verb->add_option("--definition", options->definitions, "StructureDefinition 文件 · file of a StructureDefinition to know");
  verb->add_flag("--warnings", options->warnings, "也列出警告 · warnings too");
  verb->callback([&action, options] { action = [options] { return validate(*options); }; });
}

}  // namespace witmed::cli
