// The running platform: builds everything from the configuration and ties it together. The only folder that
// sees all.
#pragma once
#include <cstdint>
#include <memory>
#include <string>

#include "base/config.h"

namespace witmed::server {

class Platform {
 public:
  // Opens the store. Failure: an address beyond loopback (there is no authentication yet), a folder that
  // another process has, settings that contradict each other.
  explicit Platform(const Config& config);
  ~Platform();

  void start();             // serves from here on; Failure when the address is taken
  std::string url() const;  // "http://127.0.0.1:8080"
  // Finishes what runs. False when something did not end within server.stop_seconds: leave the process at
  // once, what was acknowledged is on disk.
  bool stop();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// Is it an address that only this machine reaches?
bool is_loopback(const std::string& address);

}  // namespace witmed::server
