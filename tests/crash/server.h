// A real `witmed serve` on a free port of loopback, to be killed.
#pragma once
#include <sys/types.h>

#include <cstdint>
#include <string>
#include <vector>

#include "support/http.h"

namespace witmed::crash {

class Server {
 public:
  // `environment`: more "NAME=VALUE" for the server alone.
  Server(std::string program, std::string data, std::vector<std::string> environment = {});
  Server(const Server&) = delete;
  ~Server() { kill(); }

  // Starts it and waits until /healthz answers. Returns seconds from exec to that answer; throws when it
  // never does.
  double start();
  void kill();  // SIGKILL
  bool stop();  // SIGTERM; false when it had to be killed, or ended with an error
  bool runs();  // false once it has ended, whatever the reason
  support::Address address() const { return {"127.0.0.1", port_, "/fhir"}; }

 private:
  std::string program_, data_;
  std::vector<std::string> environment_;
  uint16_t port_ = 0;
  pid_t pid_ = -1;
};

// Runs a program to its end, its output into `log` (appended). Returns its exit status, 128 + signal when
// killed.
int run(const std::vector<std::string>& command, const std::string& log,
        const std::vector<std::string>& environment = {});

}  // namespace witmed::crash
