// The HTTP server over real sockets: order, reuse, limits, slow and rude clients, a quiet end.
#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

#include "rest/http/gzip.h"
#include "rest/http/server.h"
#include "rest/raw_client.h"

namespace witmed::http {
namespace {

using namespace std::chrono_literals;
using test::RawClient;

// Answers with method, target and body; "/later" from another thread, "/throw" by an exception, "/big" with 5
// MB.
void echo(std::shared_ptr<Exchange> exchange) {
  Request& request = exchange->request();
  if (request.target() == "/forget") return;
  if (request.target() == "/throw") throw std::runtime_error("as asked");
  Response response;
  response.content_type = "text/plain";
  response.compressible = true;
  std::string text = std::string(request.method()) + " " + std::string(request.target()) + " " + request.body;
  if (request.path() == "/big") text.assign(5 << 20, 'b');
  response.text(std::move(text));
  if (request.path() != "/later") return exchange->respond(std::move(response));
  auto held = std::make_shared<Response>(std::move(response));
  std::thread([exchange, held] {
    std::this_thread::sleep_for(20ms);
    exchange->respond(std::move(*held));
  }).detach();
}

std::string get(const std::string& target, const std::string& more = {}) {
  return "GET " + target + " HTTP/1.1\r\nHost: localhost\r\n" + more + "\r\n";
}

class HttpServer : public testing::Test {
 protected:
  void SetUp() override { start({}); }
  void start(ServerSettings settings) {
    settings.threads = 2;
    server_ = std::make_unique<Server>(settings, echo);
    server_->start();
  }
  RawClient client() { return RawClient(server_->port()); }
  std::unique_ptr<Server> server_;
};

TEST_F(HttpServer, KeepsTheConnection) {
  auto socket = client();
  for (int i = 0; i < 10; ++i) {
    auto response = socket.ask(get("/" + std::to_string(i)));
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.body, "GET /" + std::to_string(i) + " ");
    EXPECT_TRUE(response.has("\r\nDate: "));
  }
  EXPECT_EQ(server_->statistics().accepted, 1u);
}

TEST_F(HttpServer, AnswersPipelinedRequestsInOrder) {
  std::string all;
  constexpr int kCount = 500;
  for (int i = 0; i < kCount; ++i) all += get((i % 50 == 7 ? "/later?" : "/") + std::to_string(i));
  auto socket = client();
  socket.send(all);
  for (int i = 0; i < kCount; ++i)
    ASSERT_EQ(socket.receive().body, (i % 50 == 7 ? "GET /later?" : "GET /") + std::to_string(i) + " ") << i;
}

TEST_F(HttpServer, AnswersFromOtherThreads) {
  auto socket = client();
  for (int i = 0; i < 5; ++i) EXPECT_EQ(socket.ask(get("/later")).body, "GET /later ");
}

TEST_F(HttpServer, HeadHasLengthAndNoBody) {
  auto socket = client();
  socket.send("HEAD /x HTTP/1.1\r\nHost: a\r\n\r\n" + get("/next"));
  auto head = socket.receive(true);
  EXPECT_TRUE(head.has("Content-Length: 8\r\n"));
  EXPECT_EQ(socket.receive().body, "GET /next ");
}

TEST_F(HttpServer, SaysContinue) {
  auto socket = client();
  socket.send("POST /x HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
  EXPECT_EQ(socket.receive().status, 100);
  EXPECT_EQ(socket.ask("ok").body, "POST /x ok");
}

TEST_F(HttpServer, GzipOnlyWhenAskedAndWorthIt) {
  auto socket = client();
  EXPECT_FALSE(socket.ask(get("/big")).has("Content-Encoding"));
  auto packed = socket.ask(get("/big", "Accept-Encoding: br, gzip;q=0.5\r\n"));
  EXPECT_TRUE(packed.has("Content-Encoding: gzip\r\n"));
  EXPECT_LT(packed.body.size(), 100'000u);
  EXPECT_FALSE(socket.ask(get("/big", "Accept-Encoding: gzip;q=0\r\n")).has("Content-Encoding"));
  EXPECT_FALSE(socket.ask(get("/small", "Accept-Encoding: gzip\r\n")).has("Content-Encoding"));
}

TEST_F(HttpServer, RequestIdIsTheClientsWhenItIsSane) {
  auto socket = client();
  EXPECT_TRUE(socket.ask(get("/", "X-Request-Id: abc-1.2_3\r\n")).has("X-Request-Id: abc-1.2_3\r\n"));
  EXPECT_FALSE(socket.ask(get("/", "X-Request-Id: a b\r\n")).has("a b"));
  EXPECT_FALSE(socket.ask(get("/", "X-Request-Id: " + std::string(65, 'a') + "\r\n")).has("aaaa"));
}

TEST_F(HttpServer, AHeaderValueCannotBeginALine) {
  Response response;
  response.add("X", "a\r\nSet-Cookie: b");
  EXPECT_EQ(response.headers, "X: aSet-Cookie: b\r\n");
}

TEST_F(HttpServer, AnExceptionIsA500AndTheConnectionGoesOn) {
  auto socket = client();
  EXPECT_EQ(socket.ask(get("/throw")).status, 500);
  EXPECT_EQ(socket.ask(get("/x")).status, 200);
}

TEST_F(HttpServer, AForgottenRequestEndsItsConnectionOnly) {
  auto socket = client(), other = client();
  socket.send(get("/forget"));
  EXPECT_TRUE(socket.closes(5s));
  EXPECT_EQ(other.ask(get("/x")).status, 200);
}

TEST_F(HttpServer, GarbageIsRefusedAndTheConnectionClosed) {
  for (std::string garbage : {"\x16\x03\x01 TLS\r\n\r\n", "GET / HTTP/1.1\r\n\r\n", "BREW\r\n\r\n"}) {
    auto socket = client();
    auto response = socket.ask(get("/first") + garbage);
    EXPECT_EQ(response.status, 200);
    response = socket.receive();
    EXPECT_EQ(response.status, 400);
    EXPECT_NE(response.body.find("OperationOutcome"), std::string::npos);
    EXPECT_TRUE(socket.closes());
  }
  EXPECT_EQ(server_->statistics().malformed, 3u);
}

TEST_F(HttpServer, AnOverlongBodyIsRefusedBeforeItIsRead) {
  auto socket = client();
  auto response = socket.ask("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 999999999\r\n\r\nxxxx");
  EXPECT_EQ(response.status, 413);
  EXPECT_TRUE(response.has("Connection: close\r\n"));
}

TEST_F(HttpServer, AHalfClosedClientStillGetsItsAnswer) {
  auto socket = client();
  socket.send(get("/later"));
  socket.half_close();
  EXPECT_EQ(socket.receive().body, "GET /later ");
  EXPECT_TRUE(socket.closes());
  auto cut = client();
  cut.send("GET /x HTT");
  cut.half_close();
  EXPECT_TRUE(cut.closes());
}

TEST_F(HttpServer, ASlowReaderGetsAll) {
  auto socket = client();
  for (int i = 0; i < 4; ++i) socket.send(get("/big"));
  std::this_thread::sleep_for(200ms);
  for (int i = 0; i < 4; ++i) EXPECT_EQ(socket.receive().body.size(), size_t{5} << 20);
  EXPECT_EQ(socket.ask(get("/x")).status, 200);
}

TEST_F(HttpServer, LongBodiesArriveWhole) {
  auto socket = client();
  std::string body(3 << 20, 'q');
  socket.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n");
  for (size_t at = 0; at < body.size(); at += 100'000) socket.send(body.substr(at, 100'000));
  EXPECT_EQ(socket.receive().body, "POST / " + body);
}

TEST_F(HttpServer, ConnectionCloseIsHonoured) {
  auto socket = client();
  EXPECT_TRUE(socket.ask(get("/", "Connection: close\r\n")).has("Connection: close\r\n"));
  EXPECT_TRUE(socket.closes());
  auto old = client();
  EXPECT_EQ(old.ask("GET / HTTP/1.0\r\n\r\n").status, 200);
  EXPECT_TRUE(old.closes());
}

TEST_F(HttpServer, SlowHeadersAndIdleConnectionsAreClosed) {
  ServerSettings settings;
  settings.header_seconds = 1;
  settings.idle_seconds = 1;
  start(settings);
  auto idle = client(), slow = client(), body = client();
  slow.send("GET / HTTP/1.1\r\nHo");
  body.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nab");
  for (int i = 0; i < 30 && slow.send("x"); ++i) std::this_thread::sleep_for(50ms);
  EXPECT_TRUE(idle.closes(5s));
  EXPECT_TRUE(slow.closes(5s));
  EXPECT_TRUE(body.closes(5s));
  EXPECT_EQ(server_->statistics().expired, 3u);
}

TEST_F(HttpServer, AboveTheLimitConnectionsAreTurnedAway) {
  ServerSettings settings;
  settings.connections = 2;
  start(settings);
  auto first = client(), second = client();
  EXPECT_EQ(first.ask(get("/")).status, 200);
  EXPECT_EQ(second.ask(get("/")).status, 200);
  auto third = client();
  auto refused = third.receive();
  EXPECT_EQ(refused.status, 503);
  EXPECT_TRUE(refused.has("Retry-After: "));
  EXPECT_EQ(first.ask(get("/")).status, 200);
}

TEST_F(HttpServer, BodiesTogetherHaveALimit) {
  ServerSettings settings;
  settings.bodies_bytes = 100'000;
  start(settings);
  const std::string start = "POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 70000\r\n\r\n", part(60'000, 'a'),
                    rest(10'000, 'a');
  auto first = client(), second = client();
  first.send(start + part);
  std::this_thread::sleep_for(100ms);
  second.send(start + part);
  auto refused = second.receive();
  EXPECT_EQ(refused.status, 503);
  EXPECT_TRUE(refused.has("Retry-After: 1\r\n"));
  EXPECT_EQ(first.ask(rest).status, 200);
  auto third = client();
  EXPECT_EQ(third.ask(start + part + rest).status, 200) << "what was held is given back";
}

// Clients that come and go while the server stops: named for the thread sanitizer's run.
TEST_F(HttpServer, RaceOfAnswersAndTheEnd) {
  std::vector<std::thread> clients;
  std::atomic<int> answered{0};
  for (int i = 0; i < 8; ++i)
    clients.emplace_back([&, i] {
      try {
        for (int n = 0; n < 200; ++n) {
          auto socket = client();
          for (int k = 0; k < 5; ++k)
            if (socket.ask(get(i % 2 == 0 && k == 2 ? "/later" : "/x")).status == 200) ++answered;
        }
      } catch (const std::runtime_error&) {
        // the server has ended
      }
    });
  std::this_thread::sleep_for(300ms);
  server_->stop(5);
  for (auto& thread : clients) thread.join();
  EXPECT_GT(answered, 0);
  EXPECT_EQ(server_->statistics().open, 0u);
}

TEST_F(HttpServer, StopFinishesWhatRuns) {
  auto socket = client(), idle = client();
  idle.ask(get("/"));
  socket.send(get("/later"));
  std::this_thread::sleep_for(5ms);
  server_->stop(5);
  EXPECT_EQ(socket.receive().body, "GET /later ");
  EXPECT_TRUE(socket.closes());
  EXPECT_TRUE(idle.closes());
  EXPECT_THROW(client(), std::runtime_error);
}

TEST_F(HttpServer, ATakenPortIsAFailure) {
  ServerSettings settings;
  settings.port = server_->port();
  Server other(settings, echo);
  EXPECT_THROW(other.start(), std::exception);
}

}  // namespace
}  // namespace witmed::http
