// The judge of the crash tests is judged: a server that has lost or halved something must be found out.
#include "crash/ledger.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <map>
#include <thread>

namespace witmed::crash {
namespace {

// Answers from a table of what it holds: a resource's revision, or how many a search for a nonce finds.
class Canned {
 public:
  explicit Canned(std::map<std::string, int> held)
      : held_(std::move(held)), listener_(socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    bind(listener_, reinterpret_cast<sockaddr*>(&address), size);
    getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
    listen(listener_, 1);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { serve(); });
  }
  ~Canned() {
    shutdown(listener_, SHUT_RDWR);
    thread_.join();
    close(listener_);
  }
  support::Address address() const { return {"127.0.0.1", port_, "/fhir"}; }

 private:
  void serve() {
    const int fd = accept(listener_, nullptr, nullptr);
    if (fd < 0) return;
    char bytes[4096];
    for (ssize_t n; (n = recv(fd, bytes, sizeof bytes, 0)) > 0;) {
      const std::string answer = answer_to(std::string_view(bytes, static_cast<size_t>(n)));
      if (send(fd, answer.data(), answer.size(), MSG_NOSIGNAL) < 0) break;
    }
    close(fd);
  }
  std::string answer_to(std::string_view request) const {
    const std::string_view target = request.substr(0, request.find(" HTTP"));
    const size_t nonce = target.find("%7C");
    const std::string key(nonce == std::string_view::npos
                              ? target.substr(10)
                              : target.substr(nonce + 3, target.find('&') - nonce - 3));
    const auto found = held_.find(key);
    if (nonce != std::string_view::npos)
      return ok("{\"total\":" + std::to_string(found == held_.end() ? 0 : found->second) + "}");
    if (found == held_.end()) return "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n";
    if (found->second == kDeleted) return "HTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n";
    return ok("{\"multipleBirthInteger\":" + std::to_string(found->second) + "}");
  }
  static std::string ok(const std::string& body) {
    return "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
  }

  std::map<std::string, int> held_;
  int listener_;
  uint16_t port_ = 0;
  std::thread thread_;
};

size_t faults(const std::vector<const char*>& events, std::map<std::string, int> held) {
  Ledger ledger;
  for (const char* event : events) ledger.apply(event);
  Canned server(std::move(held));
  support::Client client(server.address());
  const Verdict verdict = ledger.check(client);
  client.close();
  return verdict.faults.size();
}

TEST(Ledger, AcknowledgedMustBeThere) {
  const std::vector<const char*> events = {"intend Patient/a 1", "done Patient/a 1"};
  EXPECT_EQ(faults(events, {{"Patient/a", 1}}), 0u);
  EXPECT_EQ(faults(events, {}), 1u);
  EXPECT_EQ(faults(events, {{"Patient/a", 2}}), 1u);
}

TEST(Ledger, WhatWasUnderWayMayBeThereOrNot) {
  const std::vector<const char*> events = {"intend Patient/a 1", "done Patient/a 1", "intend Patient/a 2"};
  EXPECT_EQ(faults(events, {{"Patient/a", 1}}), 0u);
  EXPECT_EQ(faults(events, {{"Patient/a", 2}}), 0u);
  EXPECT_EQ(faults(events, {}), 1u);
}

TEST(Ledger, ADeleteThatWasAcknowledgedStays) {
  const std::vector<const char*> events = {"intend Patient/a 1", "done Patient/a 1", "intend Patient/a -1",
                                           "done Patient/a -1"};
  EXPECT_EQ(faults(events, {{"Patient/a", kDeleted}}), 0u);
  EXPECT_EQ(faults(events, {{"Patient/a", 1}}), 1u);
}

TEST(Ledger, ARefusedWriteChangedNothing) {
  const std::vector<const char*> events = {"intend Patient/a 1", "done Patient/a 1", "intend Patient/a 2",
                                           "refused Patient/a"};
  EXPECT_EQ(faults(events, {{"Patient/a", 1}}), 0u);
  EXPECT_EQ(faults(events, {{"Patient/a", 2}}), 1u);
}

TEST(Ledger, ATransactionIsWholeOrNotThere) {
  const std::vector<const char*> under_way = {"intend-group n1 3 Patient/a 1"};
  EXPECT_EQ(faults(under_way, {}), 0u);
  EXPECT_EQ(faults(under_way, {{"n1", 3}, {"Patient/a", 1}}), 0u);
  EXPECT_EQ(faults(under_way, {{"n1", 2}, {"Patient/a", 1}}), 2u)
      << "some of its resources, found by count and by the pair";
  EXPECT_EQ(faults(under_way, {{"n1", 3}}), 1u) << "its resources without its update";
  const std::vector<const char*> acknowledged = {"intend-group n1 3 Patient/a 1", "done-group n1"};
  EXPECT_EQ(faults(acknowledged, {{"n1", 3}, {"Patient/a", 1}}), 0u);
  EXPECT_EQ(faults(acknowledged, {}), 2u);
}

}  // namespace
}  // namespace witmed::crash
