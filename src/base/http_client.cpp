#include "base/http_client.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/tcp.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include <charconv>
#include <stdexcept>
#include <system_error>

#include "base/text.h"

namespace witmed::client {
namespace {

[[noreturn]] void fail(const char* what) { throw std::system_error(errno, std::generic_category(), what); }

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\r')) text.remove_suffix(1);
  return text;
}

size_t number(std::string_view text, int base) {
  size_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
  if (error != std::errc() || end == text.data()) throw std::runtime_error("not HTTP: a number is missing");
  return value;
}

// Chunked body (RFC 9112 §7.1) from `at`. Returns the place after it, 0 while it is not complete.
size_t parse_chunks(std::string_view bytes, size_t at, std::string& body) {
  for (;;) {
    const size_t line_end = bytes.find("\r\n", at);
    if (line_end == std::string_view::npos) return 0;
    const size_t length = number(bytes.substr(at, line_end - at), 16);
    const size_t data = line_end + 2;
    if (bytes.size() < data + length + 2) return 0;
    if (length == 0) return data + 2;  // no trailers: our server sends none
    body.append(bytes.substr(data, length));
    at = data + length + 2;
  }
}

}  // namespace

Address parse_url(std::string_view url) {
  constexpr std::string_view kScheme = "http://";
  if (!url.starts_with(kScheme)) throw std::invalid_argument("a base URL begins with http://");
  url.remove_prefix(kScheme.size());
  Address address;
  const size_t slash = std::min(url.find('/'), url.size());
  std::string_view authority = url.substr(0, slash);
  address.base = url.substr(slash);
  while (address.base.ends_with('/')) address.base.pop_back();
  if (const size_t colon = authority.rfind(':'); colon != std::string_view::npos) {
    address.port = static_cast<uint16_t>(number(authority.substr(colon + 1), 10));
    authority = authority.substr(0, colon);
  }
  address.host = authority;
  return address;
}

int connect_to(const Address& address) {
  addrinfo hints{}, *found = nullptr;
  hints.ai_socktype = SOCK_STREAM;
  if (getaddrinfo(address.host.c_str(), std::to_string(address.port).c_str(), &hints, &found) != 0)
    throw std::runtime_error("no such host: " + address.host);
  const int fd = ::socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const int result = fd < 0 ? -1 : ::connect(fd, found->ai_addr, found->ai_addrlen);
  const int error = errno;
  freeaddrinfo(found);
  if (result != 0) {
    if (fd >= 0) ::close(fd);
    errno = error;
    fail("connect");
  }
  const int on = 1;
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  return fd;
}

std::string_view Response::header(std::string_view name) const {
  for (size_t at = 0; at < headers.size();) {
    const size_t end = std::min(headers.find('\n', at), headers.size());
    const std::string_view line = headers.substr(at, end - at);
    if (line.size() > name.size() && line[name.size()] == ':' &&
        strncasecmp(line.data(), name.data(), name.size()) == 0)
      return trimmed(line.substr(name.size() + 1));
    at = end + 1;
  }
  return {};
}

size_t parse_response(std::string_view bytes, Response& response) {
  const size_t head_end = bytes.find("\r\n\r\n");
  if (head_end == std::string_view::npos) return 0;
  if (!bytes.starts_with("HTTP/1.")) throw std::runtime_error("not HTTP: no status line");
  response.status = static_cast<int>(number(bytes.substr(9, 3), 10));
  response.headers = bytes.substr(0, head_end + 2);
  response.closes = equal_nocase(response.header("Connection"), "close");
  response.body.clear();
  const size_t body = head_end + 4;
  if (response.status == 204 || response.status == 304 || response.status < 200) return body;
  if (const auto coding = response.header("Transfer-Encoding"); coding == "chunked")
    return parse_chunks(bytes, body, response.body);
  const auto declared = response.header("Content-Length");
  const size_t length = declared.empty() ? 0 : number(declared, 10);
  if (bytes.size() < body + length) return 0;
  response.body = bytes.substr(body, length);
  return body + length;
}

Response Client::request(std::string_view method, std::string_view target, std::string_view body,
                         std::string_view more_headers) {
  if (socket_ < 0) {
    socket_ = connect_to(address_);
    const timeval limit{.tv_sec = 30, .tv_usec = 0};
    setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  }
  std::string message;
  message.reserve(body.size() + 256);
  message.append(method)
      .append(" ")
      .append(address_.base)
      .append(target)
      .append(" HTTP/1.1\r\nHost: ")
      .append(address_.host);
  message.append("\r\n").append(more_headers);
  if (!body.empty() || method == "POST" || method == "PUT")
    message.append("Content-Type: application/fhir+json\r\nContent-Length: ")
        .append(std::to_string(body.size()))
        .append("\r\n");
  message.append("\r\n").append(body);
  try {
    for (size_t sent = 0; sent < message.size();) {
      const ssize_t n = ::send(socket_, message.data() + sent, message.size() - sent, MSG_NOSIGNAL);
      if (n < 0) fail("send");
      sent += static_cast<size_t>(n);
    }
    Response response;
    buffer_.clear();
    while (parse_response(buffer_, response) == 0) {
      char chunk[65536];
      const ssize_t n = ::recv(socket_, chunk, sizeof chunk, 0);
      if (n < 0) fail("recv");
      if (n == 0) throw std::runtime_error("the server closed the connection");
      buffer_.append(chunk, static_cast<size_t>(n));
    }
    if (response.closes) close();
    return response;
  } catch (...) {
    close();
    throw;
  }
}

void Client::close() {
  if (socket_ >= 0) ::close(socket_);
  socket_ = -1;
}

}  // namespace witmed::client
