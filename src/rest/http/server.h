// HTTP/1.1 server: some threads, each serving its share of the connections with callbacks. Requests of one
// connection are answered in order; answers to pipelined requests leave in one write. Limits from
// base/limits.h.
#pragma once
#include <cstdint>
#include <memory>
#include <string>

#include "base/limits.h"
#include "rest/http/http.h"

namespace witmed::http {

struct ServerSettings {
  std::string address = "127.0.0.1";
  uint16_t port = 0;     // 0 = any free one, see Server::port()
  unsigned threads = 0;  // 0 = as many as processors
  uint32_t connections = limits::kConnections;
  uint64_t bodies_bytes = limits::kBodiesBytes;  // request bodies that are being received, all together
  uint32_t idle_seconds = limits::kIdleSeconds;
  uint32_t header_seconds = limits::kHeaderSeconds;
};

struct ServerStatistics {
  uint64_t accepted = 0;  // connections
  uint64_t refused = 0;   // above the limit, answered 503
  uint64_t open = 0;
  uint64_t expired = 0;    // closed because they were slow or idle
  uint64_t malformed = 0;  // requests that could not be read
};

class Server {
 public:
  Server(ServerSettings settings, Handler handler);
  ~Server();  // stops without grace when stop() was not called

  void start();           // binds and serves; Failure when the address cannot be had
  uint16_t port() const;  // that was bound
  // No new connections or requests; what runs is finished, at most `grace_seconds` long. Then the threads
  // end.
  void stop(uint32_t grace_seconds);
  ServerStatistics statistics() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace witmed::http
