// Power cuts, failing syncs and a full disk, simulated: a shim records what a real server does to its files;
// the files are rebuilt as cuts at many moments may leave them; a server started on each must have all that
// was acknowledged before it.
//   witmed_power --witmed PROGRAM --shim LIBRARY [--cuts 20] [--seconds 3] [--clients 8] [--seed N] [--dir
//   DIR]
// The same with WITMED_STORE_SYNCHRONOUS=off must lose something: else the test would see nothing.
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/uio.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <thread>

#include "crash/ledger.h"
#include "crash/power_image.h"
#include "crash/server.h"
#include "crash/workload.h"

namespace {

using namespace witmed;
namespace fs = std::filesystem;

struct Options {
  std::string program, shim,
      folder = (fs::temp_directory_path() / fmt::format("witmed-power-{}", getpid())).string();
  unsigned cuts = 20, clients = 8;
  double seconds = 3;
  uint64_t seed = std::random_device{}();
};

unsigned passed = 0, failed = 0;
void report(bool good, const std::string& text) {
  ++(good ? passed : failed);
  fmt::print("{}{}\n", good ? "  ok   " : "  FAIL ", text);
  std::fflush(stdout);
}

void sleep(double seconds) { std::this_thread::sleep_for(std::chrono::duration<double>(seconds)); }

// A folder with its log and the page by which faults are ordered, and a server under the shim.
class Watched {
 public:
  Watched(const Options& options, const std::string& name, std::vector<std::string> more = {})
      : folder_(options.folder + "/" + name),
        data_(folder_ + "/data"),
        server_(options.program, data_, environment(options, std::move(more))) {
    fs::create_directories(data_);
    log_ = ::open(log_path().c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    const int page = ::open(page_path().c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (log_ < 0 || page < 0 || ftruncate(page, 4096) != 0)
      throw std::runtime_error("cannot write to " + folder_);
    page_ = static_cast<volatile uint32_t*>(mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, page, 0));
    ::close(page);
  }
  ~Watched() {
    server_.kill();
    ::close(log_);
    munmap(const_cast<uint32_t*>(page_), 4096);
  }
  crash::Server& server() { return server_; }
  const std::string& data() const { return data_; }
  std::string log_path() const { return folder_ + "/log"; }
  void order(crash::Fault fault) { *page_ = static_cast<uint32_t>(fault); }
  void journal(const std::string& event) const {
    const crash::Header header{.op = crash::Op::event, .name_length = static_cast<uint32_t>(event.size())};
    iovec parts[] = {{const_cast<crash::Header*>(&header), sizeof header},
                     {const_cast<char*>(event.data()), event.size()}};
    if (writev(log_, parts, 2) != static_cast<ssize_t>(sizeof header + event.size()))
      throw std::runtime_error("the log is not whole");
  }

 private:
  std::string page_path() const { return folder_ + "/fault"; }
  std::vector<std::string> environment(const Options& options, std::vector<std::string> more) const {
    more.insert(more.end(), {"LD_PRELOAD=" + options.shim, "WITMED_POWER_DIR=" + data_,
                             "WITMED_POWER_LOG=" + log_path(), "WITMED_POWER_CONTROL=" + page_path()});
    return more;
  }
  std::string folder_, data_;
  crash::Server server_;
  int log_ = -1;
  volatile uint32_t* page_ = nullptr;
};

std::string read(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// A server under load, then killed; returns the log of all it did.
std::string record(const Options& options, const std::string& name, std::vector<std::string> environment) {
  Watched watched(options, name, std::move(environment));
  watched.server().start();
  crash::Workload load(
      watched.server().address(), [&](const std::string& event) { watched.journal(event); }, options.clients,
      options.seed % 1000);
  load.start();
  sleep(options.seconds);
  load.stop();
  watched.server().kill();
  fmt::print("{}: {} acknowledged, {} refused, log of {} MB\n", name, load.acknowledged(), load.refused(),
             fs::file_size(watched.log_path()) >> 20);
  return read(watched.log_path());
}

// Why a store rebuilt after a cut is not good; empty when it is.
std::string fault_of(const Options& options, const std::string& data, const crash::Ledger& ledger,
                     crash::Verdict& verdict) {
  if (const int status = crash::run({options.program, "verify", "--data", data}, data + ".verify.log");
      status != 0)
    return fmt::format("verify ends with {}: {}.verify.log", status, data);
  try {
    crash::Server server(options.program, data);
    server.start();
    support::Client client(server.address());
    verdict = ledger.check(client, 10);
  } catch (const std::exception& error) {
    return error.what();
  }
  return verdict.faults.empty()
             ? ""
             : fmt::format("{} faults, first: {}", verdict.faults.size(), verdict.faults.front());
}

struct Cuts {
  unsigned good = 0, bad = 0;
  uint64_t compared = 0, groups = 0, unsafe = 0;
  std::string first_fault;
};

Cuts cut_everywhere(const Options& options, const std::string& log, unsigned count, const std::string& name) {
  const auto records = crash::read_log(log);
  std::mt19937_64 random(options.seed);
  crash::Image image;
  crash::Ledger ledger;
  Cuts cuts;
  size_t at = 0;
  for (unsigned i = 0; i < count; ++i) {
    const size_t from = records.size() * i / count, to = records.size() * (i + 1) / count;
    const size_t moment = from + random() % std::max<size_t>(1, to - from);
    ledger.rest();
    for (; at < moment; ++at) {
      image.apply(records[at]);
      if (records[at].header.op == crash::Op::event) ledger.apply(records[at].name);
    }
    const std::string data = fmt::format("{}/{}-cut{}", options.folder, name, i);
    fs::create_directories(data);
    image.cut(data, random);
    crash::Verdict verdict;
    const std::string fault = fault_of(options, data, ledger, verdict);
    cuts.compared += verdict.acknowledged;
    cuts.groups += verdict.groups;
    cuts.unsafe += image.unsafe_writes();
    ++(fault.empty() ? cuts.good : cuts.bad);
    if (!fault.empty() && cuts.first_fault.empty())
      cuts.first_fault = fmt::format("cut {} at record {}: {}", i, moment, fault);
    fs::remove_all(data);
  }
  return cuts;
}

void power_cuts(const Options& options) {
  const Cuts cuts = cut_everywhere(options, record(options, "power", {}), options.cuts, "power");
  for (unsigned i = 0; i < cuts.good; ++i) ++passed;
  for (unsigned i = 0; i < cuts.bad; ++i) ++failed;
  fmt::print(
      "{}{} cuts: {} good, {} bad; {} comparisons of resources, {} of transactions, {:.0f} unsafe writes a "
      "cut\n",
      cuts.bad ? "  FAIL " : "  ok   ", options.cuts, cuts.good, cuts.bad, cuts.compared, cuts.groups,
      static_cast<double>(cuts.unsafe) / options.cuts);
  if (cuts.bad) fmt::print("  FAIL {}\n", cuts.first_fault);
}

void teeth(const Options& options) {
  const std::string log = record(options, "off", {"WITMED_STORE_SYNCHRONOUS=off"});
  const Cuts cuts = cut_everywhere(options, log, std::max(4u, options.cuts / 5), "off");
  report(cuts.bad > 0, fmt::format("without syncs {} of {} cuts lose something, as they must ({})", cuts.bad,
                                   cuts.bad + cuts.good, cuts.first_fault));
}

// While the fault lasts nothing is acknowledged; after it, writes go on, if need be after a new start, and
// nothing is lost.
void disk_fault(const Options& options, crash::Fault fault, const std::string& name) {
  Watched watched(options, name);
  crash::Server& server = watched.server();
  std::mutex mutex;
  crash::Ledger ledger;
  uint64_t part = 0;
  auto load_for = [&](double seconds) {
    crash::Workload load(
        server.address(),
        [&](const std::string& event) {
          const std::lock_guard lock(mutex);
          ledger.apply(event);
        },
        options.clients, options.seed % 1000 * 100 + ++part);
    load.start();
    sleep(seconds);
    load.stop();
    return std::pair(load.acknowledged(), load.refused());
  };
  server.start();
  const auto before = load_for(1);
  watched.order(fault);
  const auto during = load_for(1);
  watched.order(crash::Fault::none);
  const bool lived = server.runs();
  if (!lived) server.start();
  std::pair<uint64_t, uint64_t> after;
  for (int i = 0; i < 10 && after.first == 0; ++i) after = load_for(1);
  report(before.first > 0 && during.first == 0 && after.first > 0,
         fmt::format("{}: {} acknowledged before, {} during ({} refused), {} after{}", name, before.first,
                     during.first, during.second, after.first, lived ? "" : " a new start"));
  auto compare = [&] {
    support::Client client(server.address());
    return ledger.check(client);
  };
  crash::Verdict verdict = compare();
  server.kill();
  server.start();
  verdict.add(compare());
  server.kill();
  const int verified =
      crash::run({options.program, "verify", "--data", watched.data()}, watched.data() + ".verify.log");
  report(verdict.faults.empty() && verified == 0,
         fmt::format("{}: {} resources compared, before and after a kill: {}; verify {}", name,
                     verdict.acknowledged, verdict.faults.empty() ? "all there" : verdict.faults.front(),
                     verified == 0 ? "clean" : "FAILED"));
}

}  // namespace

int main(int argc, char** argv) {
  setvbuf(stdout, nullptr, _IOLBF, 0);  // a long run tells each step as it ends, also into a file
  Options options;
  CLI::App app("power cuts and failing disks: nothing acknowledged may be lost");
  app.add_option("--witmed", options.program, "the program")->required();
  app.add_option("--shim", options.shim, "libwitmed_power_shim.so")->required();
  app.add_option("--cuts", options.cuts, "how many power cuts");
  app.add_option("--seconds", options.seconds, "of load that is recorded");
  app.add_option("--clients", options.clients, "connections that write");
  app.add_option("--seed", options.seed, "of operations and cuts");
  app.add_option("--dir", options.folder, "where the stores lie");
  CLI11_PARSE(app, argc, argv);
  try {
    fs::create_directories(options.folder);
    options.folder = fs::canonical(options.folder).string();
    options.shim = fs::canonical(options.shim).string();
    fmt::print("seed {}\n", options.seed);
    power_cuts(options);
    teeth(options);
    disk_fault(options, crash::Fault::sync_fails, "failing-sync");
    disk_fault(options, crash::Fault::disk_full, "full-disk");
  } catch (const std::exception& error) {
    report(false, error.what());
  }
  fmt::print("{} passed, {} failed, 0 skipped\n", passed, failed);
  if (failed == 0) fs::remove_all(options.folder);
  return failed == 0 ? 0 : 1;
}
