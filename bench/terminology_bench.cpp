// Judging codes in process, and expansions as a person types.
// Usage: terminology_bench [--write FILE]   writes the CodeSystem of the expansion as JSON, for a server, and ends
#include <time.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <random>
#include <string>
#include <vector>

#include "base/durable_file.h"
#include "terminology/service.h"

namespace {

using namespace witmed;
using namespace witmed::terminology;
using Clock = std::chrono::steady_clock;

constexpr int kConcepts = 100'000;
constexpr const char* kParts[] = {"急性", "慢性", "原发性", "继发性", "先天性", "糖尿病", "高血压", "心脏病", "心力衰竭", "肺炎", "支气管", "哮喘", "骨折",
                                  "恶性肿瘤", "良性肿瘤", "胃", "肝", "肾", "胰腺", "结肠", "伴有", "不伴", "并发症", "未特指", "左侧", "右侧", "感染", "出血"};

double seconds(Clock::time_point begin) { return std::chrono::duration<double>(Clock::now() - begin).count(); }

double processor_ms() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

std::string synthetic() {
  std::mt19937 random(1);
  std::string out = R"({"resourceType":"CodeSystem","id":"bench","url":"urn:bench","status":"active","language":"zh-CN","content":"complete","valueSet":"urn:bench:all","concept":[)";
  for (int i = 0; i < kConcepts; ++i) {
    char code[16];
    std::snprintf(code, sizeof code, "%c%02d.%03d", 'A' + i / 10'000, i / 100 % 100, i % 1000);
    std::string display;
    for (int k = 0; k < 5; ++k) display += kParts[random() % std::size(kParts)];
    out += (i > 0 ? "," : "") + std::string(R"({"code":")") + code + '-' + std::to_string(i) + R"(","display":")" + display + "\"}";
  }
  return out + "]}";
}

void result(const char* what, const std::string& figure, const std::string& spread, const char* asked) {
  std::printf("RESULT %s | %s | %s | %s\n", what, figure.c_str(), spread.c_str(), asked);
}

void time_judge(const Library& library, const char* what, const std::vector<fhir::Code>& codes, std::string_view set) {
  constexpr size_t kEach = 1'000'000;
  std::vector<double> rates;
  size_t members = 0;
  for (int turn = 0; turn < 5; ++turn) {
    const auto begin = Clock::now();
    for (size_t i = 0; i < kEach; ++i) members += library.judge(codes[i % codes.size()], set).member == fhir::Known::yes;
    rates.push_back(static_cast<double>(kEach) / seconds(begin) / 1e6);
  }
  std::sort(rates.begin(), rates.end());
  char figure[64], spread[64];
  std::snprintf(figure, sizeof figure, "%.2f million/s", rates[2]);
  std::snprintf(spread, sizeof spread, "%.2f – %.2f, %zu of 100 members", rates.front(), rates.back(), members * 100 / (5 * kEach));
  result(what, figure, spread, "≥ 1 million/s");
}

void time_expand(Service& service) {
  std::mt19937 random(3);
  std::vector<double> times, worked;
  for (int i = 0; i < 2'000; ++i) {
    std::string typed;
    for (size_t k = 0; k <= random() % 3; ++k) typed += kParts[random() % std::size(kParts)];
    if (i % 5 == 0) typed = typed.substr(0, 3);
    if (i % 7 == 0) typed = "B" + std::to_string(random() % 10);
    Question question{.operation = Operation::expand};
    question.input.add("url", "urn:bench:all");
    question.input.add("filter", typed);
    question.input.add("count", "20");
    const double work = processor_ms();
    const auto begin = Clock::now();
    const Reply reply = service.answer(question);
    times.push_back(seconds(begin) * 1e3);
    worked.push_back(processor_ms() - work);
    if (reply.status != 200) std::printf("%s: %s\n", typed.c_str(), reply.body.json().c_str());
  }
  std::sort(times.begin(), times.end());
  std::sort(worked.begin(), worked.end());
  const auto at = [](const std::vector<double>& all, double part) { return all[static_cast<size_t>(part * static_cast<double>(all.size() - 1))]; };
  char figure[64], spread[96];
  std::snprintf(figure, sizeof figure, "p99 %.2f ms", at(times, 0.99));
  std::snprintf(spread, sizeof spread, "p50 %.2f, longest %.2f; of the processor p99 %.2f", at(times, 0.5), times.back(), at(worked, 0.99));
  result("$expand with a typed filter over 100,000 concepts, 20 codes", figure, spread, "p99 ≤ 20 ms");
}

}  // namespace

int main(int argc, char** argv) {
  if (argc == 3 && std::strcmp(argv[1], "--write") == 0) {
    write_durably(argv[2], synthetic());
    return 0;
  }
  Service service;
  auto shelf = std::make_shared<Shelf>();
  shelf->put(std::make_shared<const std::string>(synthetic()));
  service.set_shelves({std::move(shelf)});
  const auto library = service.library();
  const std::string_view gender = "http://hl7.org/fhir/administrative-gender", acts = "http://terminology.hl7.org/CodeSystem/v3-ActCode";
  time_judge(*library, "judge, a small value set", {{gender, {}, "male", "Male"}, {gender, {}, "m", {}}, {gender, {}, "female", {}}},
             "http://hl7.org/fhir/ValueSet/administrative-gender");
  time_judge(*library, "judge, a value set with a filter", {{acts, {}, "AMB", {}}, {acts, {}, "IMP", {}}, {acts, {}, "ACCTRECEIVABLE", {}}},
             "http://terminology.hl7.org/ValueSet/v3-ActEncounterCode");
  std::vector<std::string> names;
  const auto system = library->system("urn:bench", {});
  for (uint32_t i = 0; i < 4096; ++i) names.emplace_back(system->book()->code(i * 24));
  std::vector<fhir::Code> codes;
  for (const std::string& each : names) codes.push_back({"urn:bench", {}, each, {}});
  time_judge(*library, "judge, a whole system of 100,000 concepts", codes, "urn:bench:all");
  time_expand(service);
}
