// witmed fhirpath EXPRESSION FILE…
#include <CLI/CLI.hpp>
#include <cstdio>

#include "base/error.h"
#include "base/read_file.h"
#include "cli/verbs.h"
#include "fhir/fhirpath/fhirpath.h"
#include "fhir/json/document.h"

namespace witmed::cli {
namespace {

using fhir::PathValue;

// trace() goes to standard error, beside the values.
class Tracer : public fhir::Host {
 public:
  void trace(std::string_view name, const fhir::Collection& items) override {
    for (const PathValue& value : items)
      std::fprintf(stderr, "trace %.*s\t%s\t%s\n", int(name.size()), name.data(), type_name(value).c_str(),
                   shown(value).c_str());
  }
};

std::string line_of(const PathValue& value) {
  std::string text = shown(value);
  return type_name(value) + "\t" + (value.kind == PathValue::Kind::string ? fhir::quote(text) : text);
}

int evaluate(const std::string& expression, const std::vector<std::string>& files, fhir::Mode mode) {
  Tracer tracer;
  for (const std::string& file : files) {
    auto document = fhir::Document::parse(read_file(file));
    auto compiled = fhir::Expression::compile(expression, document.resource_type(), mode);
    fhir::EvalContext context;
    context.host = &tracer;
    context.resource = context.root_resource = document.root();
    for (const PathValue& value : compiled.evaluate(document.root(), document.resource_type(), context)) {
      std::string line = files.size() > 1 ? file + "\t" : "";
      std::printf("%s%s\n", line.c_str(), line_of(value).c_str());
    }
  }
  return 0;
}

}  // namespace

void add_fhirpath(CLI::App& app, Action& action) {
  struct Options {
    std::string expression;
    std::vector<std::string> files;
    bool strict = false;
  };
  auto options = std::make_shared<Options>();
  CLI::App* verb = app.add_subcommand(
      "fhirpath", "在资源上求 FHIRPath 的值 · evaluate a FHIRPath expression on resources");
  verb->add_option("expression", options->expression, "表达式 · the expression")->required();
  verb->add_option("files", options->files,
                   "JSON 资源文件，- 为标准输入 · files with a resource each, - is standard input")
      ->required();
  verb->add_flag("--strict", options->strict,
                 "严格：按类型检查，元素名或参数不对即报错 · check names and arguments against the types");
  verb->footer(
      "每行一项：类型与值 · One item a line: type and value.\n\n"
      "例 · Example:\n  witmed fhirpath \"Patient.name.where(use='official').given\" patient.json");
  verb->callback([&action, options] {
    action = [options] {
      return evaluate(options->expression, options->files,
                      options->strict ? fhir::Mode::strict : fhir::Mode::lenient);
    };
  });
}

}  // namespace witmed::cli
