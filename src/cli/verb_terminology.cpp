// witmed terminology: code tables into books, and what is in them.
#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>

#include "base/clock.h"
#include "base/error.h"
#include "base/progress.h"
#include "base/read_file.h"
#include "cli/verbs.h"
#include "terminology/book/code_system.h"
#include "terminology/book/map_book.h"
#include "terminology/load/loader.h"

namespace witmed::cli {
namespace {

namespace fs = std::filesystem;
using namespace terminology;

struct Options {
  std::string data, layout, url, version, from, until, system, typed;
  std::vector<std::string> paths;
  unsigned limit = 20;
  bool force = false;
};

constexpr uint64_t kShown = 20;  // faults of one file

std::string folder(const std::string& data) { return (fs::path(data) / "terminology").string(); }

const char* kind_name(BookKind kind) {
  return kind == BookKind::code_system ? "代码系统 CodeSystem" : kind == BookKind::concept_map ? "映射 ConceptMap" : "值集 ValueSet";
}

void load_one(const std::string& path, LoadSettings settings) {
  uint64_t shown = 0;
  settings.fault = [&](const LoadFault& fault) {
    if (++shown > kShown) return;
    std::fprintf(stderr, "%s:%u: %s%s%s\n", fault.file.c_str(), fault.line, fault.zh.c_str(), fault.zh.empty() ? "" : " · ", fault.en.c_str());
  };
  Progress progress(fs::path(path).filename().string(), "%", 100);
  settings.progress = [&](double part) {
    const auto percent = static_cast<uint64_t>(part * 100);
    if (percent > progress.done()) progress.add(percent - progress.done());
  };
  const Stopwatch watch;
  for (const LoadedBook& book : load_file(path, settings))
    std::printf("%s\n  %s  %s%s%s\n  %llu 行 rows → %llu 条 %s，%llu 处有误 faults；%.1f MB，%.1f s\n  %s\n", path.c_str(), kind_name(book.kind), book.url.c_str(),
                book.version.empty() ? "" : "|", book.version.c_str(), static_cast<unsigned long long>(book.rows), static_cast<unsigned long long>(book.size),
                book.kind == BookKind::concept_map ? "pairs" : "concepts", static_cast<unsigned long long>(book.faults), static_cast<double>(book.bytes) / 1e6,
                watch.seconds(), book.path.c_str());
  if (shown > kShown) std::fprintf(stderr, "%s: 另有 %llu 处 · %llu more\n", path.c_str(), static_cast<unsigned long long>(shown - kShown), static_cast<unsigned long long>(shown - kShown));
}

int load(const Options& options) {
  LoadSettings settings;
  settings.folder = folder(options.data);
  settings.url = options.url;
  settings.version = options.version;
  settings.valid_from = options.from;
  settings.valid_until = options.until;
  settings.force = options.force;
  Layout own;
  if (!options.layout.empty()) {
    settings.layout = layout(options.layout);
    if (settings.layout == nullptr) {
      if (!fs::exists(options.layout)) throw Failure("没有版式 " + options.layout + "；witmed terminology layouts 列出全部 · no such layout, nor such a file");
      own = read_layout(read_file(options.layout), options.layout);
      settings.layout = &own;
    }
  }
  int failed = 0;
  size_t files = 0;
  for (const std::string& path : options.paths) {
    if (!fs::exists(path)) throw Failure("没有 " + path + " · there is no such file or folder");
    for (const std::string& file : settings.layout != nullptr ? std::vector{path} : loadable_files(path)) {
      ++files;
      try {
        load_one(file, settings);
      } catch (const fhir::Rejection& rejection) {
        std::fprintf(stderr, "%s: %s\n", file.c_str(), rejection.what());
        failed = 2;
      } catch (const Failure& failure) {
        std::fprintf(stderr, "%s\n", failure.what());
        failed = 2;
      }
    }
  }
  if (files == 0) throw Failure("没有认识的表 · nothing here that a layout knows");
  return failed;
}

std::vector<std::string> books(const std::string& data) {
  std::vector<std::string> out;
  std::error_code absent;
  for (const auto& entry : fs::directory_iterator(folder(data), absent))
    if (entry.path().extension() == ".book") out.push_back(entry.path().string());
  std::sort(out.begin(), out.end());
  return out;
}

int list(const Options& options) {
  int damaged = 0;
  for (const std::string& path : books(options.data)) {
    try {
      const Image image = Image::map(path);
      const bool good = image.verify();
      if (!good) damaged = 2;
      std::printf("%s  %s  %s|%s  %u  %.1f MB%s\n", fs::path(path).filename().c_str(), kind_name(image.kind()), std::string(image.head(HeadText::url)).c_str(),
                  std::string(image.head(HeadText::version)).c_str(), image.head(HeadNumber::size), static_cast<double>(image.bytes().size()) / 1e6,
                  good ? "" : "  已损坏，请重新装载 · damaged, load it again");
    } catch (const Failure& failure) {
      std::printf("%s\n", failure.what());
      damaged = 2;
    }
  }
  return damaged;
}

int find(const Options& options) {
  for (const std::string& path : books(options.data)) {
    const Image image = Image::map(path);
    if (image.kind() != BookKind::code_system) continue;
    const CodeSystem system(image);
    if (!options.system.empty() && system.url() != options.system) continue;
    for (const Match match : system.search(options.typed, {}, options.limit))
      std::printf("%s|%s\t%s\t%s\n", std::string(system.url()).c_str(), std::string(system.version()).c_str(), std::string(system.code(match.id)).c_str(),
                  std::string(system.display(match.id)).c_str());
  }
  return 0;
}

int show_layouts() {
  for (const Layout& each : layouts()) {
    std::printf("%s\n  %s · %s\n  ", each.id.c_str(), each.title_zh.c_str(), each.title_en.c_str());
    for (const std::string& file : each.files()) std::printf("%s  ", file.c_str());
    std::printf("→ %s\n", each.head.url.c_str());
  }
  return 0;
}

void add_load(CLI::App& parent, const std::shared_ptr<Options>& options, Action& action) {
  CLI::App* verb = parent.add_subcommand("load", "把代码表装成代码簿 · tables, or FHIR resources, into books");
  verb->add_option("paths", options->paths, "表、FHIR JSON 或所在目录 · tables, FHIR JSON, or folders of them")->required();
  verb->add_option("--data", options->data, "数据目录 · folder of the record")->required();
  verb->add_option("--layout", options->layout, "版式的名字或文件；不给时按文件名 · layout, or a file with one; else by the name of the table");
  verb->add_option("--url", options->url, "代码系统的地址，代替版式里的 · instead of the layout's url");
  verb->add_option("--version", options->version, "版本 · version");
  verb->add_option("--as-of", options->from, "自哪天起用，YYYY-MM-DD · first day on which it applies");
  verb->add_option("--until", options->until, "用到哪天 · last day on which it applies");
  verb->add_flag("--force", options->force, "错误再多也装 · a book even with many faults");
  verb->footer(
      "写入 DATA/terminology/*.book，整本替换同地址同版本的旧本；有误的行逐条列出并计数，超过二十分之一时不生成。\n"
      "运行中的服务器看着这个目录，几秒内换用新本，不必重启。\n"
      "Writes DATA/terminology/*.book; a book takes the place of the one with its url and version, whole. Faults are listed by line and\n"
      "counted; above one row in twenty no book is made. A running server watches the folder and takes the new book within seconds.\n\n"
      "例 · Example:\n  witmed terminology load --data data ICD10国家医保版.xlsx\n  witmed terminology load --data data --version 2.78 --as-of 2024-08-06 Loinc_2.78/LoincTable/Loinc.csv");
  verb->callback([&action, options] { action = [options] { return load(*options); }; });
}

}  // namespace

void add_terminology(CLI::App& app, Action& action) {
  auto options = std::make_shared<Options>();
  CLI::App* verb = app.add_subcommand("terminology", "代码表：装载、列出、查找 · code tables: load, list, find");
  verb->require_subcommand(1);
  add_load(*verb, options, action);
  CLI::App* list_verb = verb->add_subcommand("list", "列出并核对代码簿 · books, each verified");
  list_verb->add_option("--data", options->data, "数据目录 · folder of the record")->required();
  list_verb->footer("例 · Example:\n  witmed terminology list --data data");
  list_verb->callback([&action, options] { action = [options] { return list(*options); }; });
  CLI::App* find_verb = verb->add_subcommand("find", "按输入查找：汉字、拼音首字母、代码、别名 · as one types: Chinese, pinyin, code, alias");
  find_verb->add_option("text", options->typed, "要找的 · what to look for")->required();
  find_verb->add_option("--data", options->data, "数据目录 · folder of the record")->required();
  find_verb->add_option("--system", options->system, "只在这个代码系统里 · in this code system only");
  find_verb->add_option("--limit", options->limit, "每个系统最多几条 · at most, of each system")->capture_default_str();
  find_verb->footer("例 · Example:\n  witmed terminology find --data data gxy");
  find_verb->callback([&action, options] { action = [options] { return find(*options); }; });
  CLI::App* layouts_verb = verb->add_subcommand("layouts", "认识的表 · tables whose layout is known");
  layouts_verb->callback([&action] { action = [] { return show_layouts(); }; });
}

}  // namespace witmed::cli
