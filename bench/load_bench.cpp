// Load for any FHIR server, and the ratio between two of them.
//   load_bench --url http://127.0.0.1:8080/fhir --scenario search --rate 1000 --seconds 20
//   load_bench --url http://127.0.0.1:8080/fhir --url http://127.0.0.1:9090/fhir --repeat 5
// It asks for what the server's own API says it holds. Lines that begin with RESULT go to bench/RESULTS.md.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>

#include "load/engine.h"

namespace {

using namespace witmed;

struct Options {
  std::vector<std::string> urls, scenarios = {"read"};
  load::Plan plan;
  unsigned repeat = 3;
  size_t patients = 100'000;
  std::string target;
};

struct Run {
  double per_second, p50, p99, p999, max;  // milliseconds
};

Run measure(const support::Address& server, const load::Known& known, const std::string& name,
            const load::Plan& plan) {
  const load::Scenario scenario = load::scenario(name, server, known);
  const load::Outcome out = load::drive(server, scenario, plan);
  auto ms = [&](double share) { return static_cast<double>(out.latency.quantile(share)) / 1000; };
  const Run run{out.per_second(), ms(0.5), ms(0.99), ms(0.999),
                static_cast<double>(out.latency.max()) / 1000};
  fmt::print("{:<12} {}:{:<6} {:>8.0f}/s   p50 {:.2f}  p99 {:.2f}  p99.9 {:.2f}  max {:.2f} ms", name,
             server.host, server.port, run.per_second, run.p50, run.p99, run.p999, run.max);
  if (out.empty)
    fmt::print("   {:.0f} % found nothing",
               100.0 * static_cast<double>(out.empty) / static_cast<double>(out.latency.count()));
  for (const auto& [status, n] : out.status)
    if (out.unexpected) fmt::print("   {}: {}", status, n);
  fmt::print("\n");
  std::fflush(stdout);
  return run;
}

struct Spread {
  double min, median, max;
};
Spread spread(const std::vector<Run>& runs, double Run::*figure) {
  std::vector<double> all;
  for (const Run& run : runs) all.push_back(run.*figure);
  std::ranges::sort(all);
  return {all.front(), all[all.size() / 2], all.back()};
}

// Median of the ratios of runs that followed each other.
double paired(const std::vector<Run>& first, const std::vector<Run>& other, double Run::*figure) {
  std::vector<double> ratios;
  for (size_t i = 0; i < first.size(); ++i) ratios.push_back(first[i].*figure / (other[i].*figure));
  std::ranges::sort(ratios);
  return ratios[ratios.size() / 2];
}

void result(const Options& options, const std::string& name, const std::string& url,
            const std::vector<Run>& runs) {
  const Spread rate = spread(runs, &Run::per_second), p50 = spread(runs, &Run::p50),
               p99 = spread(runs, &Run::p99);
  const Spread p999 = spread(runs, &Run::p999), max = spread(runs, &Run::max);
  fmt::print(
      "RESULT {}, {} connections{}{} | {:.0f}/s, p50 {:.2f} p99 {:.2f} p99.9 {:.2f} max {:.2f} ms | {:.0f} – "
      "{:.0f}/s, p99 {:.2f} – {:.2f} ms | {}\n",
      name, options.plan.connections,
      options.plan.rate > 0 ? fmt::format(", {:.0f}/s asked", options.plan.rate) : "",
      options.urls.size() > 1 ? " at " + url : "", rate.median, p50.median, p99.median, p999.median, max.max,
      rate.min, rate.max, p99.min, p99.max, options.target);
}

// Runs alternate between the servers, so that what else the machine does falls on all alike.
void measure_all(const Options& options) {
  std::vector<support::Address> servers;
  std::vector<load::Known> known;
  for (const auto& url : options.urls) {
    servers.push_back(support::parse_url(url));
    known.push_back(load::discover(servers.back(), options.patients));
    fmt::print("{}: {} patients, {} identifiers, {} codes; the fullest has {} Observations\n", url, known.back().patients.size(),
               known.back().identifiers.size(), known.back().codes.size(), known.back().fullest_observations);
  }
  for (const auto& name : options.scenarios) {
    std::vector<std::vector<Run>> runs(servers.size());
    for (unsigned i = 0; i < options.repeat; ++i)
      for (size_t s = 0; s < servers.size(); ++s) {
        load::Plan plan = options.plan;
        plan.seed += i;
        runs[s].push_back(measure(servers[s], known[s], name, plan));
      }
    for (size_t s = 0; s < servers.size(); ++s) result(options, name, options.urls[s], runs[s]);
    for (size_t s = 1; s < servers.size(); ++s)
      fmt::print(
          "RESULT {}: first against {} | {:.2f} of its rate, {:.2f} of its p99 | median of {} turns, each compared with its neighbour | \n",
          name, options.urls[s],
          spread(runs[0], &Run::per_second).median / spread(runs[s], &Run::per_second).median, paired(runs[0], runs[s], &Run::p99),
          options.repeat);
    if (name == "everything")
      fmt::print("RESULT resources in each answer | {} | the smallest record of at least 2,000 among {} patients sampled | 2,000\n",
                 known[0].large_resources, std::min<size_t>(known[0].patients.size(), 5000));
  }
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  CLI::App app("load on a FHIR server");
  app.add_option("--url", options.urls, "base URL; a second one is compared with the first")->required();
  app.add_option("--scenario", options.scenarios,
                 "read search hottest fullest everything identifier create transaction mixed")
      ->check(CLI::IsMember(load::scenario_names()));
  app.add_option("--connections", options.plan.connections, "kept open");
  app.add_option("--seconds", options.plan.seconds, "that are measured");
  app.add_option("--warm-up", options.plan.warm_up, "seconds before them");
  app.add_option("--rate", options.plan.rate,
                 "requests a second; without it each connection asks when it is answered");
  app.add_option("--repeat", options.repeat, "runs; the median is the result");
  app.add_option("--patients", options.patients, "at most so many are asked for");
  app.add_option("--seed", options.plan.seed, "of what is asked");
  app.add_option("--target", options.target, "what should be reached, printed beside the result");
  CLI11_PARSE(app, argc, argv);
  try {
    measure_all(options);
  } catch (const std::exception& error) {
    fmt::print(stderr, "load_bench: {}\n", error.what());
    return 1;
  }
}
