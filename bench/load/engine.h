// Sends requests over many keep-alive connections from one thread and measures how long each answer takes.
#pragma once
#include <cstdint>
#include <map>

#include "load/histogram.h"
#include "load/scenario.h"
#include "support/http.h"

namespace witmed::load {

struct Plan {
  unsigned connections = 32;
  double seconds = 10;
  double warm_up = 1;  // seconds before anything is counted
  double rate = 0;  // requests a second, sent whether answers come or not; 0: each connection asks as soon as
                    // it is answered
  uint64_t seed = 1;
};

struct Outcome {
  Histogram latency;  // with a rate: from the moment the request was due, so that waiting in a queue counts
  double seconds = 0;
  uint64_t unexpected = 0;         // answers with another status
  std::map<int, uint64_t> status;  // all of them
  uint64_t empty = 0;              // Bundles without an entry
  uint64_t bytes = 0;
  uint64_t reconnects = 0;
  double per_second() const { return seconds > 0 ? static_cast<double>(latency.count()) / seconds : 0; }
};

Outcome drive(const support::Address& server, const Scenario& scenario, const Plan& plan);

}  // namespace witmed::load
