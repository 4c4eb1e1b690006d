#include "rest/http/worker.h"

#include <boost/asio/post.hpp>

#include "base/clock.h"
#include "base/log.h"
#include "rest/http/connection.h"

namespace witmed::http {
namespace {

namespace asio = boost::asio;

constexpr auto kTick = std::chrono::milliseconds(250);
constexpr auto kStopTick = std::chrono::milliseconds(10);

}  // namespace

constinit thread_local const Worker* Worker::current = nullptr;

void Worker::run() {
  current = this;
  arm();
  for (;;) {
    try {
      context.run();
      return;
    } catch (const std::exception& error) {  // memory, in all likelihood; the other connections go on
      log::error("connection.failed", {{"error", error.what()}});
    }
  }
}

void Worker::arm() {
  timer_.expires_after(shared.stopping ? kStopTick : kTick);
  timer_.async_wait([this](const boost::system::error_code& error) {
    if (!error) tick();
  });
}

// One timer a thread instead of one a connection.
void Worker::tick() {
  int64_t now = steady_micros();
  for (size_t i = connections_.size(); i-- > 0;) {
    // Held by this list alone while an answer is awaited: nobody is left who could give it.
    bool forgotten = connections_[i].use_count() == 1 && connections_[i]->awaits_answer();
    std::shared_ptr<Connection> connection = connections_[i];
    if (forgotten) log::error("request.forgotten", {{"request", connection->id()}});
    if (forgotten || (shared.stopping && (connection->resting() || connection->streams())))
      connection->close();
    else
      connection->expire(now);
  }
  if (shared.stopping && connections_.empty()) return;  // nothing waits any more: run() ends
  arm();
}

void Worker::post(std::function<void()> work) {
  bool first;
  {
    std::lock_guard lock(inbox_mutex_);
    first = inbox_.empty();
    inbox_.push_back(std::move(work));
  }
  // One wake-up for all answers of a group commit.
  if (first) asio::post(context, [this] { take_inbox(); });
}

void Worker::take_inbox() {
  std::vector<std::function<void()>> work;
  {
    std::lock_guard lock(inbox_mutex_);
    work.swap(inbox_);
  }
  for (auto& item : work) item();
}

void Worker::drop_inbox() {
  std::vector<std::function<void()>> late;
  std::lock_guard lock(inbox_mutex_);
  late.swap(inbox_);
}

void Worker::add(std::shared_ptr<Connection> connection) {
  connection->place = connections_.size();
  connections_.push_back(std::move(connection));
}

void Worker::remove(Connection* connection) {
  size_t place = connection->place;
  connections_.back()->place = place;
  std::swap(connections_[place], connections_.back());
  connections_.pop_back();
}

void Worker::close_all() {
  while (!connections_.empty()) connections_.back()->close();  // takes it off the list
}

}  // namespace witmed::http
