// What is asked of a FHIR server: requests made from what its own API says it holds.
#pragma once
#include <cstdint>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include "support/http.h"

namespace witmed::load {

// What a server holds, found by paging through its API.
struct Known {
  std::vector<std::string> patients;  // ids
  std::vector<std::string>
      identifiers;                 // "system|value" of patients, as a search parameter (percent-encoded)
  std::vector<std::string> codes;  // "system|code" of Observations, percent-encoded; the commonest first
  std::string fullest;             // the patient with most Observations among those sampled
  size_t fullest_observations = 0;
  std::string large;  // the patient whose record is the smallest of at least 2,000 resources among those sampled; else `fullest`
  size_t large_resources = 0;
};
// Pages through Patient up to `patients`, counts the Observations of up to 5,000 of them and looks at those of up to 300.
Known discover(const support::Address& server, size_t patients);

struct Request {
  std::string bytes;  // the whole HTTP request
  int expected;       // status
};
using Scenario = std::function<Request(std::mt19937_64&)>;

// read create search hottest fullest everything identifier transaction mixed. Throws std::invalid_argument for another
// name, or when the server has nothing to ask for.
Scenario scenario(const std::string& name, const support::Address& server, const Known& known);
const std::vector<std::string>& scenario_names();

}  // namespace witmed::load
