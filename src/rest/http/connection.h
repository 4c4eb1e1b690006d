// One connection: reads requests, hands them to the handler one after the other, and sends what is answered.
// On its worker's thread, but for what Exchange and Stream allow from any.
#pragma once
#include <atomic>
#include <boost/asio/ip/tcp.hpp>
#include <functional>
#include <memory>
#include <mutex>
#include <string>

#include "rest/http/http.h"
#include "rest/http/request_id.h"
#include "rest/http/request_parser.h"
#include "rest/http/response_writer.h"
#include "rest/http/worker.h"

namespace witmed::http {

class Connection final : public Exchange, public Stream, public std::enable_shared_from_this<Connection> {
 public:
  Connection(std::shared_ptr<Worker> worker, boost::asio::ip::tcp::socket socket);
  ~Connection() override;

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
  void on_read(const boost::system::error_code& error, size_t bytes);
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
  boost::asio::ip::tcp::socket socket_;
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

}  // namespace witmed::http
