#include "rest/http/server.h"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <thread>

#include "base/clock.h"
#include "base/error.h"
#include "rest/http/connection.h"
#include "rest/http/worker.h"

namespace witmed::http {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

constexpr int64_t kSecond = 1'000'000;
constexpr auto kAcceptPause = std::chrono::milliseconds(50);

}  // namespace

struct Server::Impl {
  std::shared_ptr<Shared> owner = std::make_shared<Shared>();
  Shared& shared = *owner;
  std::vector<std::shared_ptr<Worker>> workers;
  std::vector<std::thread> threads;
  std::unique_ptr<tcp::acceptor> acceptor;
  std::unique_ptr<asio::steady_timer> retry;
  size_t next = 0;
  uint16_t port = 0;

  void bind();
  void accept();
  void on_accept(tcp::socket socket, std::shared_ptr<Worker> worker);
};

void Server::Impl::bind() {
  error_code error;
  auto address = asio::ip::make_address(shared.settings.address, error);
  if (error) throw Failure("server.address: \"" + shared.settings.address + "\" is not an IP address");
  tcp::endpoint endpoint(address, shared.settings.port);
  acceptor = std::make_unique<tcp::acceptor>(workers[0]->context);
  acceptor->open(endpoint.protocol(), error);
  if (!error) acceptor->set_option(tcp::acceptor::reuse_address(true), error);
  if (!error) acceptor->bind(endpoint, error);
  if (!error) acceptor->listen(1024, error);
  if (error)
    throw Failure("cannot listen on " + shared.settings.address + ":" + std::to_string(shared.settings.port) +
                  ": " + error.message());
  retry = std::make_unique<asio::steady_timer>(workers[0]->context);
  port = acceptor->local_endpoint().port();
}

// New connections go to the threads in turn: the kernel's own distribution is uneven for few connections.
void Server::Impl::accept() {
  auto worker = workers[next++ % workers.size()];
  auto& context = worker->context;
  acceptor->async_accept(context, [this, worker](const error_code& error, tcp::socket socket) {
    if (error == asio::error::operation_aborted || shared.stopping) return;
    if (!error) {
      on_accept(std::move(socket), worker);
      return accept();
    }
    // Out of file descriptors, most likely: asking again at once would only burn the processor.
    retry->expires_after(kAcceptPause);
    retry->async_wait([this](const error_code& stopped) {
      if (!stopped) accept();
    });
  });
}

void Server::Impl::on_accept(tcp::socket socket, std::shared_ptr<Worker> worker) {
  shared.accepted.fetch_add(1, std::memory_order_relaxed);
  if (shared.open.load(std::memory_order_relaxed) >= shared.settings.connections) {
    shared.refused.fetch_add(1, std::memory_order_relaxed);
    constexpr std::string_view kFull =
        "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nContent-Length: 0\r\nConnection: "
        "close\r\n\r\n";
    error_code ignored;
    socket.non_blocking(true, ignored);
    socket.write_some(asio::buffer(kFull), ignored);
    return;
  }
  shared.open.fetch_add(1, std::memory_order_relaxed);
  auto connection = std::make_shared<Connection>(worker, std::move(socket));
  if (worker->here())
    connection->start();
  else
    worker->post([connection] { connection->start(); });
}

Server::Server(ServerSettings settings, Handler handler) : impl_(std::make_unique<Impl>()) {
  impl_->shared.settings = std::move(settings);
  impl_->shared.handler = std::move(handler);
}

Server::~Server() { stop(0); }

void Server::start() {
  Impl& impl = *impl_;
  unsigned count = impl.shared.settings.threads;
  if (count == 0) count = std::max(1u, std::thread::hardware_concurrency());
  for (unsigned i = 0; i < count; ++i) impl.workers.push_back(std::make_shared<Worker>(impl.owner));
  impl.bind();
  impl.accept();
  for (auto& worker : impl.workers) impl.threads.emplace_back([worker] { worker->run(); });
}

uint16_t Server::port() const { return impl_->port; }

void Server::stop(uint32_t grace_seconds) {
  Impl& impl = *impl_;
  if (impl.threads.empty()) return;
  impl.shared.stopping = true;
  asio::post(impl.workers[0]->context, [&impl] {
    error_code ignored;
    impl.acceptor->close(ignored);
    impl.retry->cancel();
  });
  Stopwatch watch;
  while (impl.shared.open > 0 && watch.micros() < grace_seconds * kSecond)
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  for (auto& worker : impl.workers) worker->post([last = worker.get()] { last->close_all(); });
  for (auto& thread : impl.threads) thread.join();
  for (auto& worker : impl.workers) worker->drop_inbox();
  impl.threads.clear();
}

ServerStatistics Server::statistics() const {
  const Shared& shared = impl_->shared;
  return {shared.accepted, shared.refused, shared.open, shared.expired, shared.malformed};
}

}  // namespace witmed::http
