// What a handler sees of HTTP/1.1 (RFC 9110, 9112): a request, a response, and the exchange that ties them
// together. No library shows through; sockets and parsing are in connection.cpp and request_parser.cpp.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace witmed::http {

// Header fields are kept as written, in one buffer that the connection uses again for its next request.
class Request {
 public:
  std::string_view method() const { return view(method_); }
  std::string_view target() const { return view(target_); }  // path and query, percent-encoded as sent
  std::string_view path() const;                             // before the "?"
  std::string_view query() const;                            // after the "?", may be empty
  std::string_view header(std::string_view name) const;  // first of that name, any case; empty when absent
  bool is(std::string_view method_name) const { return method() == method_name; }

  std::string body;
  bool keep_alive = true;

  // For the parser.
  void clear();
  void set_line(std::string_view method, std::string_view target);
  void add_header(std::string_view name, std::string_view value);

 private:
  struct Piece {
    uint32_t begin = 0, length = 0;
  };
  struct Field {
    Piece name, value;
  };
  std::string_view view(Piece piece) const { return {text_.data() + piece.begin, piece.length}; }
  Piece keep(std::string_view text);
  std::string text_;
  Piece method_, target_;
  std::vector<Field> fields_;
};

struct Response {
  int status = 200;
  std::string_view content_type;            // a literal; empty = no body type
  std::string headers;                      // further lines, each ended by CR LF: use add()
  std::shared_ptr<const std::string> body;  // null = none
  bool compressible = false;                // may be sent gzip'd to those who accept it
  bool gzipped = false;                     // body is gzip already
  bool close = false;                       // end the connection after it
  bool endless = false;                     // no length: what follows goes out piece by piece, see Stream

  // Control characters in `value` are dropped: a value from outside cannot begin a header line of its own.
  Response& add(std::string_view name, std::string_view value);
  Response& text(std::string content) {
    body = std::make_shared<const std::string>(std::move(content));
    return *this;
  }
};

// The body of an endless answer. From any thread.
class Stream {
 public:
  virtual ~Stream() = default;
  virtual bool open() const = 0;  // false: the client has gone, or the end was said
  // Queues text. Nothing bounds the queue here: who sends looks at pending() first.
  virtual void send(std::shared_ptr<const std::string> text) = 0;
  virtual size_t pending() const = 0;  // bytes given to send() that the kernel has not taken
  // Closes the connection when what is pending has gone out, or when the client does not take it.
  virtual void end() = 0;
};

// One request that waits for its answer. Answered once, by respond(), from any thread, now or later.
// The request may be read until then.
class Exchange {
 public:
  virtual ~Exchange() = default;
  virtual Request& request() = 0;
  virtual std::string_view id() const = 0;  // X-Request-Id: the client's own when sane, else ours
  virtual int64_t arrived() const = 0;      // steady microseconds, when the request was whole
  virtual void respond(Response&& response) = 0;
  // Instead of respond(), from the handler itself: sends the head of an endless answer.
  virtual std::shared_ptr<Stream> stream(Response&& head) = 0;
  // Runs `work` on the thread that serves this connection, where it must not block. For what ends on a
  // foreign thread.
  virtual void resume(std::function<void()> work) = 0;
};

// Called on the connection's thread. What it throws becomes a 500 without a body.
using Handler = std::function<void(std::shared_ptr<Exchange>)>;

std::string_view reason(int status);

}  // namespace witmed::http
