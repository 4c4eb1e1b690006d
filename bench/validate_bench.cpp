// Speed of parsing and of validation on one core, parse included: validate_bench NAME FOLDER (any folder of FHIR JSON files).
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

#include "fhir/validate/profile/registry.h"
#include "fhir/validate/validate.h"
#include "fhir/validate/validator.h"
#include "terminology/library.h"

namespace {

using witmed::fhir::Document;
using Clock = std::chrono::steady_clock;

constexpr int kRounds = 7;
constexpr uint32_t kBytes = 64u << 20;

struct Corpus {
  std::vector<std::string> texts;
  size_t bytes = 0;
};

Corpus read(const std::filesystem::path& folder) {
  Corpus corpus;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.path().extension() != ".json") continue;
    std::ifstream in(entry.path(), std::ios::binary);
    corpus.texts.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
    corpus.bytes += corpus.texts.back().size();
  }
  return corpus;
}

template <class Work>
void measure(const std::string& name, const char* what, const Corpus& corpus, const char* asked, Work work) {
  std::vector<double> rates;
  size_t result = 0;
  for (int round = 0; round < kRounds; ++round) {
    const auto start = Clock::now();
    for (const std::string& text : corpus.texts) result += work(text);
    const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
    rates.push_back(static_cast<double>(corpus.bytes) / seconds / 1e6);
  }
  std::sort(rates.begin(), rates.end());
  const double documents = static_cast<double>(corpus.texts.size()) / static_cast<double>(corpus.bytes) * 1e6;
  fmt::print("RESULT {}: {} | {:.0f} MB/s, {:.0f} documents/s | {:.0f} – {:.0f} MB/s, result {} | {}\n", name, what, rates[kRounds / 2],
             rates[kRounds / 2] * documents, rates.front(), rates.back(), result / kRounds, asked);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    fmt::print(stderr, "usage: validate_bench NAME FOLDER\n");
    return 2;
  }
  const std::string name = argv[1];
  Corpus corpus = read(argv[2]);
  const auto parse = [](const std::string& text) { return Document::parse(text, {kBytes, 64}); };
  std::erase_if(corpus.texts, [&](const std::string& text) {
    try {
      return parse(text).root().kind() != witmed::fhir::Kind::object;
    } catch (const witmed::fhir::Rejection&) {
      corpus.bytes -= text.size();
      return true;
    }
  });
  fmt::print("{} documents, {:.1f} MB\n", corpus.texts.size(), static_cast<double>(corpus.bytes) / 1e6);
  measure(name, "parse", corpus, "", [&](const std::string& text) { return parse(text).text().size(); });
  measure(name, "structure", corpus, "≥ 200 MB/s for the archive; ≥ 20,000/s for instances", [&](const std::string& text) { return validate_structure(parse(text)).size(); });
  const witmed::fhir::ProfileRegistry registry;
  const witmed::terminology::Library library({witmed::terminology::delivered_shelf()});
  witmed::fhir::ValidateOptions write;  // as a write is judged
  write.warnings = write.publishing = write.profiles = false;
  const witmed::fhir::World world{&library, &registry, nullptr};
  measure(name, "invariants and bindings", corpus, "≥ 3,000/s for instances", [&](const std::string& text) { return validate(parse(text), world, write).size(); });
  measure(name, "profiles and warnings too", corpus, "", [&](const std::string& text) { return validate(parse(text), world).size(); });
  return 0;
}
