// The threads of the server: what they share, and the loop of each, which serves its connections alone.
#pragma once
#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "rest/http/server.h"

namespace witmed::http {

// What all threads share.
struct Shared {
  ServerSettings settings;
  Handler handler;
  std::atomic<bool> stopping{false};
  std::atomic<uint64_t> accepted{0}, refused{0}, open{0}, expired{0}, malformed{0};
  std::atomic<uint64_t> body_bytes{0};  // received, of requests that are not whole
};

class Connection;

// One thread, its event loop and its connections.
class Worker {
 public:
  explicit Worker(std::shared_ptr<Shared> owner)
      : shared(*owner), context(1), owner_(std::move(owner)), timer_(context) {}
  void run();
  void post(std::function<void()> work);
  bool here() const { return current == this; }  // is this its thread?
  void add(std::shared_ptr<Connection> connection);
  void remove(Connection* connection);
  void close_all();
  void drop_inbox();  // after its thread: what came too late

  Shared& shared;
  boost::asio::io_context context;

 private:
  void arm();
  void tick();
  void take_inbox();
  std::shared_ptr<Shared> owner_;  // an endless answer may be held by others longer than the server lives
  boost::asio::steady_timer timer_;
  static constinit thread_local const Worker* current;
  std::vector<std::shared_ptr<Connection>> connections_;  // each knows its place
  std::mutex inbox_mutex_;
  std::vector<std::function<void()>> inbox_;
};

}  // namespace witmed::http
