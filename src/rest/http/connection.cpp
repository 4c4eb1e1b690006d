#include "rest/http/connection.h"

#include <sys/socket.h>

#include <array>

#include "base/clock.h"
#include "base/log.h"
#include "rest/http/gzip.h"

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

}  // namespace

Connection::Connection(std::shared_ptr<Worker> worker, tcp::socket socket)
    : worker_(std::move(worker)), socket_(std::move(socket)), input_(kInputBytes, '\0') {}

Connection::~Connection() {
  count_body(0);
  worker_->shared.open.fetch_sub(1, std::memory_order_relaxed);
}

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

}  // namespace witmed::http
