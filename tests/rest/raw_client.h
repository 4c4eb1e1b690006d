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
#include <optional>
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
  // `receives`: bytes the kernel takes before we read; 0 = its own choice.
  explicit RawClient(uint16_t port, int receives = 0) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    if (receives > 0) setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &receives, sizeof receives);
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
    auto head = until("\r\n\r\n", patience);
    if (!head) return response;
    response.head = *head + "\r\n\r\n";
    response.status = std::stoi(response.head.substr(9, 3));
    size_t length = 0, at = response.head.find("Content-Length: ");
    if (at != std::string::npos && !head_only) length = std::stoul(response.head.substr(at + 16));
    while (buffer_.size() < length)
      if (!more(patience)) return {};
    response.body = buffer_.substr(0, length);
    buffer_.erase(0, length);
    return response;
  }
  RawResponse ask(std::string_view bytes) {
    send(bytes);
    return receive();
  }
  // What stands before `end`, which is taken away with it; nullopt when that does not come: the connection
  // has ended, or nothing more came within `patience`.
  std::optional<std::string> until(std::string_view end,
                                   std::chrono::milliseconds patience = std::chrono::seconds(5)) {
    size_t at;
    while ((at = buffer_.find(end)) == std::string::npos)
      if (!more(patience)) return std::nullopt;
    std::string text = buffer_.substr(0, at);
    buffer_.erase(0, at + end.size());
    return text;
  }
  bool ended() const { return ended_; }  // has the other side closed?
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
