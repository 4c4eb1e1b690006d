#include "rest/http/server.h"

#include <sys/socket.h>

#include <array>
#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <mutex>
#include <thread>

#include "base/clock.h"
#include "base/error.h"
#include "base/log.h"
#include "rest/http/gzip.h"
#include "rest/http/request_id.h"
#include "rest/http/request_parser.h"
#include "rest/http/response_writer.h"

namespace witmed::http {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

constexpr size_t kInputBytes = 8 << 10;        // buffer of a connection at rest
constexpr size_t kInputBodyBytes = 256 << 10;  // while a long body comes in
constexpr size_t kFlushBytes = 64 << 10;       // answers gathered before they are sent
constexpr size_t kPieces = 64;                 // of one scatter write
constexpr int64_t kSecond = 1'000'000;
constexpr int64_t kDrainMicros = 2 * kSecond;  // a client may take this long to read the last answer
constexpr int64_t kBodyBytesPerSecond =
    16 << 10;  // slowest body: a village's link, not a client that holds us up
constexpr auto kTick = std::chrono::milliseconds(250);
constexpr auto kAcceptPause = std::chrono::milliseconds(50);
constexpr auto kStopTick = std::chrono::milliseconds(10);

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
  asio::io_context context;

 private:
  void arm();
  void tick();
  void take_inbox();
  std::shared_ptr<Shared> owner_;  // an endless answer may be held by others longer than the server lives
  asio::steady_timer timer_;
  static thread_local const Worker* current;
  std::vector<std::shared_ptr<Connection>> connections_;  // each knows its place
  std::mutex inbox_mutex_;
  std::vector<std::function<void()>> inbox_;
};

class Connection final : public Exchange, public Stream, public std::enable_shared_from_this<Connection> {
 public:
  Connection(std::shared_ptr<Worker> worker, tcp::socket socket)
      : worker_(std::move(worker)), socket_(std::move(socket)), input_(kInputBytes, '\0') {}
  ~Connection() override {
    count_body(0);
    worker_->shared.open.fetch_sub(1, std::memory_order_relaxed);
  }

  void start();
  void expire(int64_t now);
  void close();
  bool resting() const {
    return state_ == State::reading && !parser_.started() && begin_ == end_ && output_.empty();
  }
  bool awaits_answer() const { return state_ == State::handling && !write_waits_; }
  bool streams() const { return state_ == State::streaming; }
  size_t place = 0;  // in the worker's list

  Request& request() override { return parser_.request(); }
  std::string_view id() const override { return id_.text(); }
  int64_t arrived() const override { return arrived_; }
  void respond(Response&& response) override;
  void resume(std::function<void()> work) override;

  std::shared_ptr<Stream> stream(Response&& head) override;
  bool open() const override { return stream_open_.load(std::memory_order_relaxed); }
  void send(std::shared_ptr<const std::string> text) override;
  size_t pending() const override { return given_ - gone_; }
  void end() override;

 private:
  enum class State : uint8_t { reading, handling, writing, streaming, draining, closed };
  void advance();
  bool parse_and_handle();
  void handle();
  void refuse(int status);
  void deliver(const Response& response);
  bool send_from_here(const Response& response);
  void add_to_output(const Response& response);
  void answered();
  void read();
  void on_read(const error_code& error, size_t bytes);
  bool write();  // true when all is sent
  enum class Sent : uint8_t { all, some, failed };
  Sent send_output();
  void wait_writable();
  void drain();
  void listen();
  void flush_stream();
  void make_room();
  int64_t read_deadline() const;
  bool count_body(size_t bytes);

  std::shared_ptr<Worker> worker_;
  // The worker's thread holds it while it works on output or socket, so that send_from_here() never meets it
  // there.
  std::recursive_mutex mutex_;
  tcp::socket socket_;
  RequestParser parser_;
  ResponseWriter output_;
  RequestId id_;
  std::string input_;
  size_t begin_ = 0, end_ = 0;  // bytes not yet parsed
  State state_ = State::reading;
  bool last_ = false;         // close when the output is sent
  bool write_waits_ = false;  // the socket is full; a callback will come
  bool advancing_ = false;    // advance() is on the stack: answers given now are sent by it
  int64_t arrived_ = 0;
  int64_t since_ = 0;   // start of the present rest, header, body or write
  size_t body_at_ = 0;  // bytes of the body so far, counted in Shared::body_bytes

  // Of an endless answer. Bytes: given to send(), put into output_, taken by the kernel.
  std::atomic<bool> stream_open_{false};
  std::atomic<size_t> given_{0}, gone_{0};
  size_t queued_ = 0;
  bool stream_ends_ = false;
};

// ---- Worker

thread_local const Worker* Worker::current = nullptr;

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
  timer_.async_wait([this](const error_code& error) {
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

// ---- Connection

void Connection::start() {
  error_code ignored;
  socket_.set_option(tcp::no_delay(true), ignored);
  socket_.non_blocking(true, ignored);
  worker_->add(shared_from_this());
  since_ = steady_micros();
  read();
}

void Connection::close() {
  std::lock_guard lock(mutex_);  // a closed socket's number may soon be another's
  if (state_ == State::closed) return;
  state_ = State::closed;
  stream_open_ = false;
  auto keep = shared_from_this();
  worker_->remove(this);
  error_code ignored;
  socket_.close(ignored);
}

int64_t Connection::read_deadline() const {
  const ServerSettings& settings = worker_->shared.settings;
  if (parser_.header_done())
    return since_ + settings.header_seconds * kSecond +
           static_cast<int64_t>(body_at_) * kSecond / kBodyBytesPerSecond;
  bool begun = parser_.started() || begin_ != end_;
  return since_ + (begun ? settings.header_seconds : settings.idle_seconds) * kSecond;
}

// Closes a connection that is slower than it may be. Called a few times a second.
void Connection::expire(int64_t now) {
  int64_t deadline = INT64_MAX;
  switch (state_) {
    case State::reading: deadline = read_deadline(); break;
    case State::writing: deadline = since_ + worker_->shared.settings.idle_seconds * kSecond; break;
    case State::streaming:
      if (!output_.empty())
        deadline = since_ + (stream_ends_ ? kDrainMicros : worker_->shared.settings.idle_seconds * kSecond);
      break;
    case State::draining: deadline = since_ + kDrainMicros; break;
    default: break;
  }
  if (now < deadline) return;
  if (state_ != State::draining) worker_->shared.expired.fetch_add(1, std::memory_order_relaxed);
  close();
}

// False when the bodies of all connections together are more than may be held.
bool Connection::count_body(size_t bytes) {
  if (bytes == body_at_) return true;
  uint64_t added = bytes - body_at_;  // modulo 2^64: less when it shrinks
  body_at_ = bytes;
  return worker_->shared.body_bytes.fetch_add(added, std::memory_order_relaxed) + added <=
         worker_->shared.settings.bodies_bytes;
}

void Connection::read() {
  state_ = State::reading;
  make_room();
  socket_.async_read_some(
      asio::buffer(input_.data() + end_, input_.size() - end_),
      [self = shared_from_this()](const error_code& error, size_t bytes) { self->on_read(error, bytes); });
}

// Moves what is left to the front; grows for a long header or body, shrinks when the connection rests.
void Connection::make_room() {
  if (begin_ == end_) begin_ = end_ = 0;
  if (begin_ > 0 && end_ == input_.size()) {
    input_.erase(0, begin_);
    end_ -= begin_;
    begin_ = 0;
    input_.resize(std::max(input_.capacity(), kInputBytes));
  }
  bool body = body_at_ >= input_.size();
  if (end_ == input_.size())
    input_.resize(input_.size() * 2);
  else if (body && input_.size() < kInputBodyBytes)
    input_.resize(kInputBodyBytes);
  else if (!body && end_ == 0 && input_.size() > kInputBytes) {
    input_.resize(kInputBytes);
    input_.shrink_to_fit();
  }
}

void Connection::on_read(const error_code& error, size_t bytes) {
  if (state_ == State::closed) return;
  if (error) return close();
  if (state_ == State::draining) return drain();
  if (state_ == State::streaming) return listen();  // it has nothing more to say
  if (resting()) since_ = steady_micros();          // the first byte of a request starts its clock
  end_ += bytes;
  advance();
}

// Goes on until input or an answer is awaited.
void Connection::advance() {
  if (advancing_) return;
  std::lock_guard lock(mutex_);
  if (state_ == State::streaming) return flush_stream();
  advancing_ = true;
  for (;;) {
    bool hungry = parse_and_handle();
    if (!output_.empty() && !write()) break;
    if (state_ == State::closed || state_ == State::handling || state_ == State::streaming) break;
    if (last_) {
      drain();
      break;
    }
    if (hungry) {
      read();
      break;
    }
  }
  advancing_ = false;
}

// True when it stopped for want of input; else an answer is awaited, or enough is gathered to be sent.
bool Connection::parse_and_handle() {
  while (state_ == State::reading && !last_ && output_.pending() < kFlushBytes) {
    if (begin_ == end_) return true;
    bool had_header = parser_.header_done();
    auto [status, consumed] = parser_.feed({input_.data() + begin_, end_ - begin_});
    begin_ += consumed;
    if (status == RequestParser::Status::refused) {
      refuse(parser_.error_status());
      return false;
    }
    if (status == RequestParser::Status::complete) {
      handle();
      continue;
    }
    if (parser_.header_done()) {
      if (!had_header) since_ = steady_micros();
      if (!count_body(parser_.request().body.size())) {
        refuse(503);
        return false;
      }
      if (parser_.expects_continue()) output_.add_raw("HTTP/1.1 100 Continue\r\n\r\n");
    }
    return true;
  }
  return false;
}

void Connection::handle() {
  arrived_ = steady_micros();
  id_.choose(parser_.request().header("X-Request-Id"));
  state_ = State::handling;
  try {
    worker_->shared.handler(shared_from_this());
  } catch (const std::exception& error) {
    log::write(log::Level::error, "request.failed", {{"error", error.what()}}, id_.text());
    Response response;
    response.status = 500;
    respond(std::move(response));
  }
}

void Connection::refuse(int status) {
  worker_->shared.malformed.fetch_add(1, std::memory_order_relaxed);
  id_.choose({});
  arrived_ = steady_micros();
  Response response = refusal_response(status);
  response.close = true;
  state_ = State::handling;
  deliver(response);
}

void Connection::respond(Response&& response) {
  // On the thread that made the answer: a long body must not hold up the other connections.
  if (response.compressible && !response.gzipped && response.body && response.body->size() >= kGzipLeast &&
      accepts_gzip(request().header("Accept-Encoding"))) {
    response.body = std::make_shared<const std::string>(gzip(*response.body));
    response.gzipped = true;
  }
  if (worker_->here()) return deliver(response);
  if (send_from_here(response)) return worker_->post([self = shared_from_this()] { self->answered(); });
  worker_->post([self = shared_from_this(), held = std::make_shared<Response>(std::move(response))] {
    self->deliver(*held);
  });
}

void Connection::resume(std::function<void()> work) {
  worker_->post([self = shared_from_this(), work = std::move(work)] { work(); });
}

// An answer made on another thread is sent by that thread when nothing stands before it: waking the worker's
// thread first would cost more than many a search. False: it must go through the worker.
bool Connection::send_from_here(const Response& response) {
  std::lock_guard lock(mutex_);
  if (state_ != State::handling || !output_.empty() || write_waits_) return false;
  add_to_output(response);
  send_output();  // what the socket does not take, or refuses, is the worker's concern: answered() goes on
                  // with it
  return true;
}

void Connection::add_to_output(const Response& response) {
  last_ = response.close || !request().keep_alive || worker_->shared.stopping;
  output_.add(response, {id_.text(), request().is("HEAD"), last_});
}

void Connection::deliver(const Response& response) {
  if (state_ != State::handling) return;
  add_to_output(response);
  answered();
}

void Connection::answered() {
  if (state_ != State::handling) return;
  parser_.next();
  count_body(0);
  since_ = steady_micros();
  state_ = State::reading;
  advance();
}

// ---- an endless answer

std::shared_ptr<Stream> Connection::stream(Response&& head) {
  head.endless = true;
  last_ = true;
  output_.add(head, {id_.text(), false, true});
  parser_.next();
  count_body(0);
  since_ = steady_micros();
  state_ = State::streaming;
  stream_open_ = true;
  listen();
  worker_->post([self = shared_from_this()] { self->flush_stream(); });
  return shared_from_this();
}

// Reads only to learn that the client has gone.
void Connection::listen() {
  begin_ = end_ = 0;
  socket_.async_read_some(
      asio::buffer(input_),
      [self = shared_from_this()](const error_code& error, size_t bytes) { self->on_read(error, bytes); });
}

void Connection::send(std::shared_ptr<const std::string> text) {
  if (!open()) return;
  given_ += text->size();
  worker_->post([self = shared_from_this(), text = std::move(text)] {
    if (self->state_ != State::streaming) return;
    if (self->output_.empty()) self->since_ = steady_micros();
    self->queued_ += text->size();
    self->output_.add_piece(text);
    self->flush_stream();
  });
}

void Connection::flush_stream() {
  if (state_ != State::streaming) return;
  if (!output_.empty()) write();
  if (state_ != State::streaming) return;  // the client has gone
  gone_ = queued_ - std::min(queued_, output_.pending());
  if (!stream_ends_ || !output_.empty()) return;
  state_ = State::draining;  // the read of listen() goes on as drain()'s
  since_ = steady_micros();
  error_code ignored;
  socket_.shutdown(tcp::socket::shutdown_send, ignored);
}

void Connection::end() {
  if (!stream_open_.exchange(false)) return;
  worker_->post([self = shared_from_this()] {
    self->stream_ends_ = true;
    self->since_ = steady_micros();
    self->flush_stream();
  });
}

void Connection::wait_writable() {
  since_ = steady_micros();
  write_waits_ = true;
  if (state_ == State::reading) state_ = State::writing;
  socket_.async_wait(tcp::socket::wait_write, [self = shared_from_this()](const error_code& error) {
    std::lock_guard lock(self->mutex_);
    self->write_waits_ = false;
    if (self->state_ == State::closed) return;
    if (error) return self->close();
    if (self->state_ == State::writing) self->state_ = State::reading;
    self->advance();
  });
}

bool Connection::write() {
  if (write_waits_) {
    if (state_ == State::reading) state_ = State::writing;
    return false;
  }
  switch (send_output()) {
    case Sent::all: return true;
    case Sent::some: wait_writable(); return false;
    case Sent::failed: close(); return false;
  }
  return false;
}

// As much as the socket takes.
Connection::Sent Connection::send_output() {
  while (!output_.empty()) {
    std::array<iovec, kPieces> pieces;
    msghdr message{};
    message.msg_iov = pieces.data();
    message.msg_iovlen = output_.pieces(pieces.data(), pieces.size());
    ssize_t sent = sendmsg(socket_.native_handle(), &message, MSG_NOSIGNAL);
    if (sent >= 0)
      output_.sent(static_cast<size_t>(sent));
    else if (errno != EINTR)
      return errno == EAGAIN || errno == EWOULDBLOCK ? Sent::some : Sent::failed;
  }
  return Sent::all;
}

// Says that nothing more comes, and reads away what the client still sends: closing at once could lose the
// answer.
void Connection::drain() {
  if (state_ != State::draining) {
    state_ = State::draining;
    since_ = steady_micros();
    error_code ignored;
    socket_.shutdown(tcp::socket::shutdown_send, ignored);
  }
  begin_ = end_ = 0;
  socket_.async_read_some(
      asio::buffer(input_),
      [self = shared_from_this()](const error_code& error, size_t bytes) { self->on_read(error, bytes); });
}

}  // namespace

// ---- Server

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
