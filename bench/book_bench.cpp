// Books of code systems: making, opening, memory, find, and search as a person types.
// Usage: book_bench [CONCEPTS…] [FILE.book…]   a number makes a synthetic system of that size, with zh and en displays
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <vector>

#include "base/durable_file.h"
#include "terminology/book/code_system.h"
#include "terminology/book/code_system_builder.h"

namespace {

using namespace witmed::terminology;
using Clock = std::chrono::steady_clock;

double seconds(Clock::time_point begin) { return std::chrono::duration<double>(Clock::now() - begin).count(); }

// Kilobytes of a line of /proc/self/status, "VmRSS:".
long resident(const std::string& field) {
  std::ifstream in("/proc/self/status");
  for (std::string word; in >> word;)
    if (word == field) {
      long kilobytes = 0;
      in >> kilobytes;
      return kilobytes;
    }
  return 0;
}

constexpr const char* kZh[] = {"急性", "慢性", "原发性", "继发性", "先天性", "糖尿病", "高血压", "心脏病", "心力衰竭", "肺炎", "支气管", "哮喘", "骨折", "脱位", "恶性肿瘤",
                               "良性肿瘤", "胃", "肝", "肾", "胰腺", "结肠", "直肠", "甲状腺", "乳腺", "子宫", "卵巢", "前列腺", "膀胱", "视网膜", "青光眼", "中耳炎", "鼻炎",
                               "伴有", "不伴", "并发症", "未特指", "其他", "左侧", "右侧", "双侧", "上肢", "下肢", "感染", "出血", "梗死", "狭窄", "缺损", "综合征", "贫血", "白血病"};
constexpr const char* kEn[] = {"acute", "chronic", "primary", "secondary", "congenital", "diabetes", "hypertension", "heart", "failure", "pneumonia", "bronchus", "asthma",
                               "fracture", "dislocation", "malignant", "neoplasm", "stomach", "liver", "kidney", "pancreas", "colon", "rectum", "thyroid", "breast",
                               "uterus", "ovary", "prostate", "bladder", "retina", "glaucoma", "otitis", "rhinitis", "with", "without", "complication", "unspecified",
                               "other", "left", "right", "bilateral", "upper", "lower", "limb", "infection", "bleeding", "infarction", "stenosis", "defect", "syndrome", "anaemia"};

// Texts as long as those of the insurance edition of ICD-10: 12 characters and 45 letters on average. Some characters and words
// are drawn at random, as in a system of which each name is another one.
std::string synthetic(uint32_t size) {
  std::mt19937 random(size);
  SystemHead head;
  head.url = "urn:bench:" + std::to_string(size);
  head.language = "zh-CN";
  CodeSystemBuilder builder(head);
  for (uint32_t i = 0; i < size; ++i) {
    std::string zh, en;
    for (int k = 0; k < 4; ++k) zh += kZh[random() % std::size(kZh)];
    for (int k = 0; k < 3; ++k) {
      const uint32_t c = 0x4E00 + random() % 3000;
      zh += {static_cast<char>(0xE0 | c >> 12), static_cast<char>(0x80 | (c >> 6 & 0x3F)), static_cast<char>(0x80 | (c & 0x3F))};
    }
    for (int k = 0; k < 5; ++k) en += std::string(kEn[random() % std::size(kEn)]) + " ";
    for (int k = 0; k < 7; ++k) en += static_cast<char>('a' + random() % 26);
    char code[24];
    std::snprintf(code, sizeof code, "%c%02u.%ux%03u", 'A' + i / 100000 % 26, i / 1000 % 100, i / 100 % 10, i % 100 + i / 2600000 * 100);
    const auto handle = builder.add(std::string(code) + (i >= 2600000 ? "y" : ""), zh);
    builder.designation(handle, "en", en);
  }
  return builder.finish();
}

std::string label;  // of what is measured
void result(const std::string& what, double figure, const char* unit, const std::string& spread, const char* asked) {
  std::printf("RESULT %s: %s | %.3g %s | %s | %s\n", label.c_str(), what.c_str(), figure, unit, spread.c_str(), asked);
}

void time_open(const std::string& path) {
  const auto begin = Clock::now();
  constexpr int kRounds = 200;
  size_t bytes = 0;
  for (int i = 0; i < kRounds; ++i) {
    const CodeSystem system(Image::map(path));
    bytes = system.image().bytes().size() + system.code(system.size() / 2).size() * 0;
  }
  result("open", seconds(begin) * 1e3 / kRounds, "ms", "mean of 200", "≤ 500 ms for all");
  result("file", static_cast<double>(bytes) / 1e6, "MB", "", "≤ 300 MB at 1,000,000");
}

void time_find(const CodeSystem& system) {
  std::mt19937 random(7);
  std::vector<std::string> codes;
  for (int i = 0; i < 1 << 20; ++i) codes.emplace_back(system.code(random() % system.size()));
  const auto begin = Clock::now();
  uint64_t found = 0;
  for (const auto& code : codes) found += system.find(code) != kNoConcept;
  const double rate = static_cast<double>(codes.size()) / seconds(begin) / 1e6;
  result("codes found", rate, "million/s", std::to_string(found) + " of " + std::to_string(codes.size()), "≥ 5 million/s");
}

// What people type: from the texts of the system itself, beginnings and parts, letter by letter.
std::vector<std::string> typed_texts(const CodeSystem& system) {
  std::mt19937 random(11);
  std::vector<std::string> out = {"高血压", "gxy", "gaoxueya", "糖尿病", "tnb", "急性", "a", "g", "癌", "i10", "acute", "chronic kid", "心 衰", "jx"};
  for (int i = 0; i < 1000; ++i) {
    const ConceptId id = random() % system.size();
    std::string text(system.display(id));
    const auto en = system.designations(id);
    switch (random() % 4) {
      case 0: out.emplace_back(system.code(id).substr(0, 1 + random() % 6)); continue;
      case 1: if (!en.empty()) text = en[0].value; break;
      default: break;
    }
    const size_t begin = random() % 2 == 0 ? 0 : text.size() / 6 * 3;
    out.push_back(text.substr(begin, 3 * (1 + random() % 4)));
  }
  return out;
}

void time_search(const CodeSystem& system) {
  std::vector<std::pair<double, std::string>> times;
  size_t matches = 0;
  for (const std::string& typed : typed_texts(system)) {
    const auto begin = Clock::now();
    matches += system.search(typed, {}, 20).size();
    times.emplace_back(seconds(begin) * 1e3, typed);
  }
  std::sort(times.begin(), times.end());
  const auto at = [&](double part) { return times[static_cast<size_t>(part * static_cast<double>(times.size() - 1))].first; };
  char spread[160];
  std::snprintf(spread, sizeof spread, "p50 %.3f, p90 %.3f, longest %.1f ms (%s) of %zu texts, %zu matches", at(0.5), at(0.9), times.back().first,
                times.back().second.c_str(), times.size(), matches);
  result("the best 20 of what is typed, p99", at(0.99), "ms", spread, "≤ 20 ms at 100,000");
}

void measure(const std::string& path) {
  time_open(path);
  const long before = resident("VmRSS:");
  const CodeSystem system(Image::map(path));
  std::printf("%u concepts\n", system.size());
  if (system.size() == 0) return;
  time_find(system);
  time_search(system);
  system.image().verify();  // touches every page
  result("resident", static_cast<double>(resident("VmRSS:") - before) / 1e3, "MB", "every page read", "≤ 300 MB at 1,000,000");
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::string> arguments(argv + 1, argv + argc);
  if (arguments.empty()) arguments = {"100000", "1000000"};
  for (const std::string& argument : arguments) {
    const bool file = argument.find_first_not_of("0123456789") != std::string::npos;
    label = file ? std::filesystem::path(argument).stem().string() : argument + " concepts";
    if (file) {
      measure(argument);
      continue;
    }
    const auto path = (std::filesystem::temp_directory_path() / ("book_bench_" + argument + ".book")).string();
    const auto begin = Clock::now();
    witmed::write_durably(path, synthetic(static_cast<uint32_t>(std::strtoul(argument.c_str(), nullptr, 10))));
    result("made", seconds(begin), "s", "", "");
    measure(path);
    std::filesystem::remove(path);
  }
}
