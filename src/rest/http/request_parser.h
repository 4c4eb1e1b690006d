// Reads requests from the bytes of a connection, one after another. Bounds from base/limits.h.
#pragma once
#include <cstddef>
#include <memory>
#include <string_view>

#include "rest/http/http.h"

namespace witmed::http {

class RequestParser {
 public:
  RequestParser();
  ~RequestParser();

  enum class Status : uint8_t {
    more,      // not whole yet
    complete,  // request() is whole; call next() before the next feed()
    refused,   // error_status() says why; nothing more can be read from this connection
  };
  struct Step {
    Status status;
    size_t consumed;
  };
  // `data` begins at the first byte that was not consumed. What was consumed is kept in request().
  Step feed(std::string_view data);
  void next();

  Request& request() { return request_; }
  int error_status() const { return error_status_; }
  bool started() const;  // some byte of the request was consumed
  bool header_done() const;
  bool expects_continue() const;  // the client waits for "100 Continue"; said once

 private:
  struct Machine;  // Boost.Beast's parser
  Request request_;
  std::unique_ptr<Machine> machine_;
  int error_status_ = 0;
};

}  // namespace witmed::http
