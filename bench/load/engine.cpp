#include "load/engine.h"

#include <fcntl.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <deque>
#include <memory>
#include <stdexcept>
#include <system_error>
#include <vector>

namespace witmed::load {
namespace {

using Clock = std::chrono::steady_clock;

uint64_t microseconds(Clock::duration duration) {
  return static_cast<uint64_t>(std::chrono::duration_cast<std::chrono::microseconds>(duration).count());
}
Clock::duration from_seconds(double seconds) {
  return std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds));
}

struct Connection {
  int fd = -1;
  Request request;
  size_t sent = 0;
  std::string received;
  Clock::time_point due;
  bool busy = false;
  bool wants_write = false;
};

class Engine {
 public:
  Engine(const support::Address& server, const Scenario& scenario, const Plan& plan)
      : server_(server),
        scenario_(scenario),
        plan_(plan),
        random_(plan.seed),
        epoll_(epoll_create1(EPOLL_CLOEXEC)),
        connections_(plan.connections) {
    for (auto& connection : connections_) {
      open(connection);
      idle_.push_back(&connection);
    }
  }
  ~Engine() {
    for (auto& connection : connections_) ::close(connection.fd);
    ::close(epoll_);
  }

  Outcome run() {
    begin_ = Clock::now();
    counted_from_ = begin_ + from_seconds(plan_.warm_up);
    const auto end = counted_from_ + from_seconds(plan_.seconds);
    for (auto now = begin_; now < end; now = Clock::now()) {
      send_due(now);
      wait(now, end);
    }
    outcome_.seconds = plan_.seconds;
    return std::move(outcome_);
  }

 private:
  void open(Connection& connection) {
    connection.fd = support::connect_to(server_);
    fcntl(connection.fd, F_SETFL, fcntl(connection.fd, F_GETFL) | O_NONBLOCK);
    epoll_event event{.events = EPOLLIN, .data = {.ptr = &connection}};
    epoll_ctl(epoll_, EPOLL_CTL_ADD, connection.fd, &event);
    connection.received.clear();
    connection.wants_write = false;
  }

  void send_due(Clock::time_point now) {
    while (!idle_.empty()) {
      Clock::time_point due = now;
      if (plan_.rate > 0) {
        due = begin_ + from_seconds(static_cast<double>(sent_) / plan_.rate);
        if (due > now) return;
      }
      Connection& connection = *idle_.front();
      idle_.pop_front();
      ++sent_;
      connection.request = scenario_(random_);
      connection.sent = 0;
      connection.due = due;
      connection.busy = true;
      write(connection);
    }
  }

  void wait(Clock::time_point now, Clock::time_point end) {
    auto until = end;
    if (plan_.rate > 0 && !idle_.empty())
      until = std::min(until, begin_ + from_seconds(static_cast<double>(sent_) / plan_.rate));
    const auto left =
        std::max<int64_t>(0, std::chrono::duration_cast<std::chrono::nanoseconds>(until - now).count());
    const timespec limit{.tv_sec = left / 1'000'000'000, .tv_nsec = left % 1'000'000'000};
    epoll_event events[256];
    const int n = epoll_pwait2(epoll_, events, 256, &limit, nullptr);
    for (int i = 0; i < n; ++i) {
      auto& connection = *static_cast<Connection*>(events[i].data.ptr);
      if (events[i].events & EPOLLOUT) write(connection);
      if (events[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR)) read(connection);
    }
  }

  void write(Connection& connection) {
    const std::string& bytes = connection.request.bytes;
    while (connection.sent < bytes.size()) {
      const ssize_t n =
          ::send(connection.fd, bytes.data() + connection.sent, bytes.size() - connection.sent, MSG_NOSIGNAL);
      if (n < 0 && errno != EAGAIN) return again(connection);
      if (n < 0) break;
      connection.sent += static_cast<size_t>(n);
    }
    const bool wants = connection.sent < bytes.size();
    if (wants == connection.wants_write) return;
    connection.wants_write = wants;
    epoll_event event{.events = EPOLLIN | (wants ? EPOLLOUT : 0u), .data = {.ptr = &connection}};
    epoll_ctl(epoll_, EPOLL_CTL_MOD, connection.fd, &event);
  }

  void read(Connection& connection) {
    const ssize_t n = ::recv(connection.fd, chunk_.data(), chunk_.size(), 0);
    if (n < 0 && errno == EAGAIN) return;
    if (n <= 0) return again(connection);
    connection.received.append(chunk_.data(), static_cast<size_t>(n));
    if (support::parse_response(connection.received, response_) == 0) return;
    count(connection);
    connection.received.clear();
    connection.busy = false;
    if (response_.closes) again(connection);
    idle_.push_back(&connection);
  }

  void count(const Connection& connection) {
    const auto now = Clock::now();
    if (now < counted_from_) return;
    outcome_.latency.add(microseconds(now - connection.due));
    outcome_.bytes += connection.received.size();
    ++outcome_.status[response_.status];
    if (response_.status != connection.request.expected)
      ++outcome_.unexpected;
    else if (response_.body.find("\"searchset\"") != std::string::npos &&
             response_.body.find("\"entry\"") == std::string::npos)
      ++outcome_.empty;
  }

  // The server closed: a new connection, and the same request again when it had no answer.
  void again(Connection& connection) {
    epoll_ctl(epoll_, EPOLL_CTL_DEL, connection.fd, nullptr);
    ::close(connection.fd);
    if (++outcome_.reconnects > 10'000) throw std::runtime_error("the server closes every connection");
    open(connection);
    connection.sent = 0;
    if (connection.busy) write(connection);
  }

  const support::Address& server_;
  const Scenario& scenario_;
  const Plan& plan_;
  std::mt19937_64 random_;
  int epoll_;
  std::vector<Connection> connections_;
  std::deque<Connection*> idle_;
  std::vector<char> chunk_ = std::vector<char>(256 << 10);
  support::Response response_;
  Clock::time_point begin_, counted_from_;
  uint64_t sent_ = 0;
  Outcome outcome_;
};

}  // namespace

Outcome drive(const support::Address& server, const Scenario& scenario, const Plan& plan) {
  return Engine(server, scenario, plan).run();
}

}  // namespace witmed::load
