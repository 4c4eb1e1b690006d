// witmed fhirpath EXPRESSION FILE…
#include <CLI/CLI.hpp>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <sstream>

#include "base/error.h"
#include "cli/verbs.h"
#include "fhir/fhirpath/fhirpath.h"
#include "fhir/json/document.h"

namespace witmed::cli {
namespace {

using fhir::PathValue;

std::string read_whole(const std::string& path) {
  std::ostringstream text;
  if (path == "-") {
    text << std::cin.rdbuf();
    return std::move(text).str();
  }
  std::ifstream in(path, std::ios::binary);
  if (!in) throw Failure("cannot read " + path);
  text << in.rdbuf();
  return std::move(text).str();
}

std::string shown(const PathValue& value) {
  switch (value.kind) {
    case PathValue::Kind::node: return std::string(value.node ? value.node.raw() : "null");
    case PathValue::Kind::boolean: return value.truth ? "true" : "false";
    case PathValue::Kind::integer: return std::to_string(value.integer);
    case PathValue::Kind::string: return fhir::quote(value.text);
    case PathValue::Kind::quantity: return value.number + " '" + value.text + "'";
    default: return value.text;
  }
}

std::string type_name(const PathValue& value) {
  constexpr const char* kNames[] = {"",     "boolean",  "integer", "decimal", "string",
                                    "date", "dateTime", "time",    "quantity"};
  if (value.kind == PathValue::Kind::node && value.type != 0)
    return std::string(fhir::Definitions::r4().type(value.type).name);
  return kNames[static_cast<size_t>(value.kind)];
}

int evaluate(const std::string& expression, const std::vector<std::string>& files) {
  auto compiled = fhir::Expression::compile(expression);
  for (const std::string& file : files) {
    auto document = fhir::Document::parse(read_whole(file));
    fhir::EvalContext context;
    context.resource = context.root_resource = document.root();
    for (const PathValue& value : compiled.evaluate(document.root(), document.resource_type(), context)) {
      std::string line = files.size() > 1 ? file + "\t" : "";
      std::printf("%s%s\t%s\n", line.c_str(), type_name(value).c_str(), shown(value).c_str());
    }
  }
  return 0;
}

}  // namespace

void add_fhirpath(CLI::App& app, Action& action) {
  struct Options {
    std::string expression;
    std::vector<std::string> files;
  };
  auto options = std::make_shared<Options>();
  CLI::App* verb = app.add_subcommand(
      "fhirpath", "在资源上求 FHIRPath 的值 · evaluate a FHIRPath expression on resources");
  verb->add_option("expression", options->expression, "表达式 · the expression")->required();
  verb->add_option("files", options->files,
                   "JSON 资源文件，- 为标准输入 · files with a resource each, - is standard input")
      ->required();
  verb->footer(
      "每行一项：类型与值 · One item a line: type and value.\n\n"
      "例 · Example:\n  witmed fhirpath \"Patient.name.where(use='official').given\" patient.json");
  verb->callback(
      [&action, options] { action = [options] { return evaluate(options->expression, options->files); }; });
}

}  // namespace witmed::cli
