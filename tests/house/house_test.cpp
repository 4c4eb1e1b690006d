// The house keeps itself: what ARCHITECTURE and the style of the project say, as tests.
#include <gtest/gtest.h>
#include <simdjson.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "house/tree.h"

namespace witmed::house {
namespace {

using Folders = std::set<std::string>;

// Which folder of src/ may include which others. An include points down, never up.
const std::map<std::string, Folders> kMayInclude = {
    {"base", {}},
    {"fhir", {"base"}},
    {"generate", {"fhir", "base"}},
    {"store", {"fhir", "base"}},
    {"security", {"store", "fhir", "base"}},
    {"rules", {"store", "fhir", "base"}},
    {"terminology", {"store", "fhir", "base"}},
    {"record", {"security", "rules", "terminology", "store", "fhir", "base"}},
    // Above record/ nobody includes store/, except those who put everything together.
    {"services", {"record", "security", "rules", "terminology", "fhir", "base"}},
    {"care", {"services", "record", "security", "rules", "terminology", "fhir", "base"}},
    {"edge", {"services", "record", "security", "rules", "terminology", "fhir", "base"}},
    {"rest", {"care", "services", "record", "security", "rules", "terminology", "fhir", "base"}},
    {"server",
     {"rest", "edge", "care", "services", "record", "security", "rules", "terminology", "store", "fhir",
      "base"}},
    {"cli", {"server", "generate", "rest", "record", "terminology", "store", "fhir", "base"}},
};

// These have a folder a system or a protocol, which meet only through resources, events and the change feed.
const Folders kHousesOfTheirOwn = {"care", "edge"};

std::string part(const std::string& path, int index) {
  std::istringstream in(path);
  std::string name;
  for (int i = 0; i <= index; ++i)
    if (!std::getline(in, name, '/')) return {};
  return name;
}

bool exists(const std::string& path) {
  return std::filesystem::exists(std::filesystem::path(WITMED_SOURCE_DIR) / path);
}

const File* file(const std::string& path) {
  for (const File& each : files())
    if (each.path == path) return &each;
  return nullptr;
}

TEST(HouseIncludes, PointDown) {
  for (const File& f : files()) {
    if (!f.under("src/") || !f.is_cpp()) continue;
    const std::string folder = part(f.path, 1);
    const auto rule = kMayInclude.find(folder);
    ASSERT_NE(rule, kMayInclude.end()) << f.path << ": a folder the plan of the house does not know";
    for (const Include& include : quoted_includes(f)) {
      const std::string to = part(include.target, 0);
      if (to != folder) {
        EXPECT_TRUE(rule->second.contains(to))
            << f.path << ":" << include.line << ": " << folder << "/ may not include " << to << "/";
      } else if (kHousesOfTheirOwn.contains(folder)) {
        EXPECT_EQ(part(f.path, 2), part(include.target, 1)) << f.path << ":" << include.line << ": sideways";
      }
    }
  }
}

TEST(HouseIncludes, AreThere) {
  for (const File& f : files()) {
    if (!f.is_cpp()) continue;
    for (const Include& include : quoted_includes(f))
      EXPECT_TRUE(exists("src/" + include.target) || exists("tests/" + include.target) ||
                  exists("bench/" + include.target))
          << f.path << ":" << include.line << ": " << include.target
          << " (paths begin at src/, tests/ or bench/)";
  }
}

// Who includes a header beyond the files of its own folder.
Folders strangers(const File& header) {
  const std::string folder = header.path.substr(0, header.path.rfind('/') + 1);
  Folders found;
  for (const File& f : files()) {
    if (!f.is_cpp() || f.path.substr(0, f.path.rfind('/') + 1) == folder) continue;
    for (const Include& include : quoted_includes(f))
      if ("src/" + include.target == header.path) found.insert(f.path);
  }
  return found;
}

// A heavy library costs seconds a file: a header may bring it to the few files of its own folder, not
// further.
TEST(HouseHeaders, HavePragmaOnceAndNoHeavyLibrary) {
  for (const File& f : files()) {
    if (!f.ends_with(".h")) continue;
    EXPECT_NE(f.text.find("#pragma once"), std::string::npos) << f.path;
    for (const char* heavy : {"#include <boost/asio", "#include <boost/beast", "#include <unicode/"}) {
      if (!f.under("src/") || f.text.find(heavy) == std::string::npos) continue;
      for (const std::string& stranger : strangers(f))
        std::printf("warning: %s: a heavy header (%s) comes through %s\n", stranger.c_str(), heavy,
                    f.path.c_str());
    }
  }
}

TEST(HouseFiles, NoHeaderIsDead) {
  std::set<std::string> included;
  for (const File& f : files())
    if (f.is_cpp())
      for (const Include& include : quoted_includes(f)) included.insert(include.target);
  for (const File& f : files()) {
    if (!f.ends_with(".h")) continue;
    EXPECT_TRUE(included.contains(f.path.substr(f.path.find('/') + 1))) << f.path << ": nobody includes it";
  }
}

TEST(HouseFiles, NoSourceIsDead) {
  std::ifstream in(std::string(WITMED_BINARY_DIR) + "/compile_commands.json");
  std::stringstream commands;
  commands << in.rdbuf();
  ASSERT_FALSE(commands.str().empty());
  for (const File& f : files()) {
    if (!f.ends_with(".cpp") || f.under("fuzz/")) continue;
    EXPECT_NE(commands.str().find("/" + f.path + "\""), std::string::npos) << f.path << ": in no program";
  }
}

TEST(HouseFiles, AreOfReadableLength) {
  constexpr int kWarn = 600, kFail = 1000;
  for (const File& f : files()) {
    const bool code = f.is_cpp() || f.ends_with(".ts") || f.ends_with(".tsx") || f.path == "dev";
    if (!code) continue;
    const int length = lines(f.text);
    if (length > kWarn) std::printf("warning: %s has %d lines\n", f.path.c_str(), length);
    EXPECT_LE(length, kFail) << f.path;
  }
}

TEST(HouseFunctions, AreOfReadableLength) {
  constexpr int kWarn = 70, kFail = 150;
  for (const File& f : files()) {
    if (!f.is_cpp()) continue;
    for (const Function& function : functions(f)) {
      if (function.length > kWarn)
        std::printf("warning: %s:%d: a function of %d lines: %s\n", f.path.c_str(), function.line,
                    function.length, function.head.c_str());
      EXPECT_LE(function.length, kFail) << f.path << ":" << function.line << ": " << function.head;
    }
  }
}

// What is counted: bodies by their braces, whatever stands in text and comments, constructors with
// initialisers too.
TEST(HouseFunctions, AreFoundByTheirBraces) {
  const File sample{
      "sample.cpp",
      "namespace a {\nstruct S {\n  S() : x_{1}, y_(2) {\n    f(\"}\");  // }\n  }\n  int x_ = 0;\n};\n"
      "static int g(int n) {\n  if (n) { return 1; }\n  return R\"({)\"[0];\n}\nint h[] = {1, 2};\n}\n"};
  const auto found = functions(sample);
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].line, 3);
  EXPECT_EQ(found[0].length, 3);
  EXPECT_EQ(found[1].line, 8);
  EXPECT_EQ(found[1].length, 4);
}

// Put together from halves, so that this file does not find itself.
std::vector<std::string> forbidden() {
  const std::string wo = "/wo", ro = "/ro", reg = "registry.", deb = "deb.";
  return {wo + "rk/", ro + "ot/", reg + "npmjs", reg + "yarnpkg", deb + "debian.org", deb + "nodesource"};
}

// The record is the only door: each way in is asked on behalf of somebody, and none of them leaves him without a name.
TEST(HouseAccess, EveryWayAsksForWhom) {
  size_t asked = 0;
  for (const File& f : files()) {
    if (!f.under("src/record/") || !f.ends_with(".cpp")) continue;
    const std::string_view parameter = "(const AccessContext&";
    for (size_t at = f.text.find(parameter); at != std::string::npos; at = f.text.find(parameter, at + 1)) {
      const char next = f.text[at + parameter.size()];
      EXPECT_TRUE(next == ' ') << f.path << " does not ask who it is for: " << f.text.substr(at > 40 ? at - 40 : 0, 70);
      ++asked;
    }
  }
  EXPECT_GT(asked, 10u);
}

// What a temporary owns is gone before a loop over its inside begins (C++20).
TEST(HouseText, NoLoopOverATemporary) {
  for (const File& f : files()) {
    if (!f.is_cpp() || f.ends_with("house_test.cpp")) continue;
    for (size_t at = f.text.find("load()->"); at != std::string::npos; at = f.text.find("load()->", at + 1)) {
      const size_t begin = f.text.rfind('\n', at) + 1;
      const std::string line = f.text.substr(begin, at - begin);
      EXPECT_TRUE(line.find("for (") == std::string::npos || line.find(" : ") == std::string::npos) << f.path << ": " << line;
    }
  }
}

TEST(HouseText, NamesNoMachineAndNoRegistry) {
  for (const File& f : files())
    for (const std::string& word : forbidden())
      EXPECT_EQ(f.text.find(word), std::string::npos) << f.path << " contains " << word;
}

TEST(HouseText, LeavesNoLooseEnds) {
  const std::vector<std::string> words = {std::string("TO") + "DO", std::string("FIX") + "ME"};
  for (const File& f : files()) {
    if (!f.is_cpp() && !f.ends_with(".ts") && !f.ends_with(".tsx")) continue;
    for (const std::string& word : words)
      EXPECT_EQ(f.text.find(word), std::string::npos) << f.path << ": " << word;
  }
}

TEST(HouseDependencies, LockFilesNameNoAddress) {
  for (const char* path : {"package-lock.json", "web/package-lock.json"})
    if (const File* lock = file(path)) {
      EXPECT_EQ(lock->text.find("\"resolved\": \"http"), std::string::npos) << path;
    }
}

void expect_explained(const std::string& name, const std::string& where) {
  const File* page = file("docs/dependencies.md");
  ASSERT_NE(page, nullptr);
  EXPECT_NE(page->text.find("`" + name + "`"), std::string::npos)
      << where << ": " << name << " has no line in docs/dependencies.md";
}

TEST(HouseDependencies, EachDebianPackageIsExplained) {
  const File* packages = file("tools/packages.txt");
  ASSERT_NE(packages, nullptr);
  std::istringstream in(packages->text);
  for (std::string line; std::getline(in, line);)
    if (!line.empty() && line[0] != '#')
      expect_explained(line.substr(0, line.find_first_of(" :")), packages->path);
}

TEST(HouseDependencies, EachNpmPackageIsExplained) {
  simdjson::dom::parser parser;
  for (const char* path : {"package.json", "web/package.json"}) {
    const File* manifest = file(path);
    if (!manifest) continue;
    const simdjson::dom::element root = parser.parse(manifest->text);
    for (const char* kind : {"dependencies", "devDependencies"}) {
      simdjson::dom::object entries;
      if (root[kind].get(entries) != simdjson::SUCCESS) continue;
      for (auto [name, version] : entries) expect_explained(std::string(name), path);
    }
  }
}

}  // namespace
}  // namespace witmed::house
