// How fast the synthetic village is written, without a disk: resources and megabytes a second on one core.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>

#include "generate/file_sink.h"
#include "generate/county.h"

namespace {

class CountingSink : public witmed::generate::Sink {
 public:
  void resource(std::string_view type, std::string_view json) override {
    bytes += json.size() + 1;
    auto& row = types[std::string(type)];
    ++row.first;
    row.second += json.size() + 1;
  }
  uint64_t bytes = 0;
  std::map<std::string, std::pair<uint64_t, uint64_t>> types;
};

}  // namespace

int main(int argc, char** argv) {
  witmed::generate::Settings settings;
  settings.residents = argc > 1 ? static_cast<uint32_t>(std::strtoul(argv[1], nullptr, 10)) : 3000;
  if (argc > 2) {
    witmed::generate::FileSink files(argv[2]);
    auto totals = witmed::generate::generate(settings, files);
    files.close();
    std::printf("%u residents, %llu resources, %llu bytes\n", totals.residents,
                static_cast<unsigned long long>(totals.resources),
                static_cast<unsigned long long>(files.bytes()));
    return 0;
  }
  CountingSink sink;
  auto start = std::chrono::steady_clock::now();
  auto totals = witmed::generate::generate(settings, sink);
  double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  std::printf(
      "generate: %.0f resources/s, %.1f MB/s; %u residents, %llu resources, %.1f a resident, %.0f bytes "
      "each\n",
      totals.resources / seconds, sink.bytes / seconds / 1e6, totals.residents,
      static_cast<unsigned long long>(totals.resources), double(totals.resources) / totals.residents,
      double(sink.bytes) / totals.resources);
  for (const auto& [type, row] : sink.types) {
    std::printf("  %-20s %9llu  %5.0f bytes\n", type.c_str(), static_cast<unsigned long long>(row.first),
                double(row.second) / row.first);
  }
}
