// Kills a server at random moments under load and looks whether what it acknowledged is there, and no half
// transaction.
//   witmed_kill --witmed PROGRAM [--rounds 10] [--seed N] [--clients 8] [--dir DIR]
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <filesystem>
#include <mutex>
#include <random>
#include <thread>

#include "crash/ledger.h"
#include "crash/server.h"
#include "crash/workload.h"

namespace {

using namespace witmed;
namespace fs = std::filesystem;

struct Options {
  std::string program,
      folder = (fs::temp_directory_path() / fmt::format("witmed-kill-{}", getpid())).string();
  unsigned rounds = 10, clients = 8;
  uint64_t seed = std::random_device{}();
};

struct Sums {
  uint64_t acknowledged = 0, checked = 0, groups = 0;
  double slowest_start = 0;
  unsigned passed = 0, failed = 0;
};

// One life of the server: load, kill at a random moment, verify every other time, start again, compare.
void round(const Options& options, crash::Server& server, crash::Ledger& ledger, unsigned number,
           Sums& sums) {
  std::mt19937_64 random(options.seed + number);
  std::mutex mutex;
  crash::Workload load(
      server.address(),
      [&](const std::string& event) {
        const std::lock_guard lock(mutex);
        ledger.apply(event);
      },
      options.clients, options.seed % 100'000 * 1000 + number);
  load.start();
  // The moment is random once the load runs: a kill before the first answer would test nothing.
  for (int i = 0; i < 10'000 && load.acknowledged() == 0; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  std::this_thread::sleep_for(std::chrono::milliseconds(std::uniform_int_distribution<>(20, 1500)(random)));
  server.kill();
  load.stop();
  const std::string log = options.folder + "/verify.log";
  const bool clean = number % 2 == 0 ||
                     crash::run({options.program, "verify", "--data", options.folder + "/data"}, log) == 0;
  const double seconds = server.start();
  support::Client client(server.address());
  const crash::Verdict verdict = ledger.check(client, 50);
  ledger.settle(client);
  const bool good = clean && verdict.faults.empty() && load.acknowledged() > 0;
  ++(good ? sums.passed : sums.failed);
  sums.acknowledged += load.acknowledged();
  sums.checked += verdict.acknowledged;
  sums.groups += verdict.groups;
  sums.slowest_start = std::max(sums.slowest_start, seconds);
  if (!good || number < 3 || number % 20 == 0)
    fmt::print(
        "round {}: {} acknowledged, {} resources and {} transactions compared, up again in {:.2f} s{}{}\n",
        number, load.acknowledged(), verdict.acknowledged, verdict.groups, seconds,
        clean ? "" : ", verify FAILED: see " + log, load.acknowledged() > 0 ? "" : ", NOTHING acknowledged");
  for (size_t i = 0; i < std::min<size_t>(verdict.faults.size(), 10); ++i)
    fmt::print("  FAIL {}\n", verdict.faults[i]);
}

// In the end everything, not a sample, and the store's own examination.
void last(const Options& options, crash::Server& server, crash::Ledger& ledger, Sums& sums) {
  support::Client client(server.address());
  const crash::Verdict verdict = ledger.check(client, 1);
  for (size_t i = 0; i < std::min<size_t>(verdict.faults.size(), 10); ++i)
    fmt::print("  FAIL {}\n", verdict.faults[i]);
  const bool stopped = server.stop();
  const int verified = crash::run({options.program, "verify", "--data", options.folder + "/data"},
                                  options.folder + "/verify.log");
  fmt::print("at the end: {} resources and {} transactions compared, stop {}, verify {}\n",
             verdict.acknowledged, verdict.groups, stopped ? "clean" : "NOT clean",
             verified == 0 ? "clean" : "FAILED");
  ++(verdict.faults.empty() && stopped && verified == 0 ? sums.passed : sums.failed);
}

int kill_test(const Options& options) {
  fs::create_directories(options.folder + "/data");
  fmt::print("seed {}, {} rounds, {} clients\n", options.seed, options.rounds, options.clients);
  crash::Server server(options.program, options.folder + "/data");
  crash::Ledger ledger;
  Sums sums;
  server.start();
  for (unsigned i = 0; i < options.rounds; ++i) round(options, server, ledger, i, sums);
  last(options, server, ledger, sums);
  fmt::print(
      "{} kills, {} writes acknowledged, {} comparisons of resources and {} of transactions, slowest start "
      "{:.2f} s\n",
      options.rounds, sums.acknowledged, sums.checked, sums.groups, sums.slowest_start);
  fmt::print("{} passed, {} failed, 0 skipped\n", sums.passed, sums.failed);
  if (sums.failed == 0)
    fs::remove_all(options.folder);
  else
    fmt::print("the store is kept: {}\n", options.folder);
  return sums.failed == 0 ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  setvbuf(stdout, nullptr, _IOLBF, 0);  // a long run tells each round as it ends, also into a file
  Options options;
  CLI::App app("kill -9 under load: nothing acknowledged may be lost");
  app.add_option("--witmed", options.program, "the program")->required();
  app.add_option("--rounds", options.rounds, "how many kills");
  app.add_option("--clients", options.clients, "connections that write");
  app.add_option("--seed", options.seed, "of operations and moments");
  app.add_option("--dir", options.folder, "where the store lies");
  CLI11_PARSE(app, argc, argv);
  try {
    return kill_test(options);
  } catch (const std::exception& error) {
    fmt::print("FAIL {}\n0 passed, 1 failed, 0 skipped\n", error.what());
    return 1;
  }
}
