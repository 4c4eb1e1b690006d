// A socket that sends bytes as they are and reads what comes: for requests that no well-behaved client would
// send.
#pragma once
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>

namespace witmed::test {

struct RawResponse {
  int status = 0;
  std::string head, body;
  bool has(std::string_view text) const { return head.find(text) != std::string::npos; }
};

class RawClient {
 public:
  explicit RawClient(uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int on = 1;
    setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
      throw std::runtime_error("cannot connect");
  }
  ~RawClient() { ::close(socket_); }
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;

  // False when the other side has closed.
  bool send(std::string_view bytes) {
    while (!bytes.empty()) {
      ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<size_t>(sent));
    }
    return true;
  }
  void half_close() { shutdown(socket_, SHUT_WR); }

  // Reads one response. status 0: the connection ended, or nothing came within `patience`.
  RawResponse receive(bool head_only = false, std::chrono::milliseconds patience = std::chrono::seconds(20)) {
    RawResponse response;
    size_t end;
    while ((end = buffer_.find("\r\n\r\n")) == std::string::npos)
      if (!more(patience)) return response;
    response.head = buffer_.substr(0, end + 4);
    response.status = std::stoi(response.head.substr(9, 3));
    size_t length = 0, at = response.head.find("Content-Length: ");
    if (at != std::string::npos && !head_only) length = std::stoul(response.head.substr(at + 16));
    while (buffer_.size() < end + 4 + length)
      if (!more(patience)) return {};
    response.body = buffer_.substr(end + 4, length);
    buffer_.erase(0, end + 4 + length);
    return response;
  }
  RawResponse ask(std::string_view bytes) {
    send(bytes);
    return receive();
  }
  // Does the other side close within `patience`, having sent nothing more?
  bool closes(std::chrono::milliseconds patience = std::chrono::seconds(20)) {
    while (buffer_.empty())
      if (!more(patience)) return ended_;
    return false;
  }

 private:
  bool more(std::chrono::milliseconds patience) {
    pollfd wait{socket_, POLLIN, 0};
    if (poll(&wait, 1, static_cast<int>(patience.count())) <= 0) return false;
    char part[65536];
    ssize_t got = recv(socket_, part, sizeof part, 0);
    if (got <= 0) {
      ended_ = true;
      return false;
    }
    buffer_.append(part, static_cast<size_t>(got));
    return true;
  }
  int socket_;
  std::string buffer_;
  bool ended_ = false;
};

}  // namespace witmed::test
