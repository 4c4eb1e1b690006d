// A small blocking HTTP/1.1 client for `witmed import --server`, tests and load. It shares no code with the server, so that
// it may judge it.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace witmed::client {

struct Address {
  std::string host = "127.0.0.1";
  uint16_t port = 80;
  std::string base;  // path before the resource types, "/fhir"
};
// "http://host:port/path". Throws std::invalid_argument.
Address parse_url(std::string_view url);

// A connected socket with TCP_NODELAY. Throws std::system_error.
int connect_to(const Address& address);

struct Response {
  int status = 0;
  bool closes = false;       // the server closes the connection after it
  std::string_view headers;  // of the buffer that was parsed
  std::string body;
  // Value of a header, without blanks around it; empty when absent. Names compare without case.
  std::string_view header(std::string_view name) const;
};

// Reads one response at the start of `bytes`. Returns how many characters it takes, 0 while it is not
// complete. Throws std::runtime_error where it is no HTTP.
size_t parse_response(std::string_view bytes, Response& response);

// One connection, one request after the other.
class Client {
 public:
  explicit Client(Address address) : address_(std::move(address)) {}
  Client(const Client&) = delete;
  ~Client() { close(); }
  // `target` follows the base path: "/Patient/1". Throws std::system_error or std::runtime_error when no
  // answer came; then nobody knows whether the server did it.
  Response request(std::string_view method, std::string_view target, std::string_view body = {},
                   std::string_view more_headers = {});
  void close();

 private:
  Address address_;
  int socket_ = -1;
  std::string buffer_;
};

}  // namespace witmed::client
