// The live feed over HTTP against the real server: what is committed comes, in order, once; who is slow is
// dropped and can come again; the writer never waits for anybody.
#include <atomic>
#include <set>

#include "rest/serve.h"
#include "store/sqlite/database.h"

namespace witmed {
namespace {

using test::FhirClient;
using test::Serve;

// A listener that reads the feed message by message.
class Listener {
 public:
  struct Message {
    std::string id, event, data;
    explicit operator bool() const { return !event.empty(); }
  };
  Listener(uint16_t port, const std::string& target = "/feed", const std::string& headers = {},
           int receives = 0)
      : raw_(port, receives) {
    raw_.send("GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(port) +
              "\r\nAccept: text/event-stream\r\n" + headers + "\r\n");
  }

  std::string head() { return raw_.until("\r\n\r\n").value_or("") + "\r\n"; }
  // An empty one when nothing comes within `patience` milliseconds or the stream has ended. Comments are left
  // out.
  Message next(int patience = 5000) {
    while (auto text = raw_.until("\n\n", std::chrono::milliseconds(patience))) {
      Message message;
      std::istringstream lines(*text);
      for (std::string line; std::getline(lines, line);) {
        if (line.starts_with("id: ")) message.id = line.substr(4);
        if (line.starts_with("event: ")) message.event = line.substr(7);
        if (line.starts_with("data: ")) message.data = line.substr(6);
        if (line.starts_with(":")) ++comments;
      }
      if (message) return message;
    }
    return {};
  }
  bool ended() const { return raw_.ended(); }
  int comments = 0;

 private:
  test::RawClient raw_;
};

std::string basic(const std::string& id, size_t text = 0) {
  return R"({"resourceType":"Basic","id":")" + id + R"(","code":{"text":")" + id + std::string(text, 'x') +
         "\"}}";
}

uint64_t field(const std::string& data, const std::string& name) {
  size_t at = data.find("\"" + name + "\":");
  return at == std::string::npos ? 0 : std::stoull(data.substr(at + name.size() + 3));
}

uint64_t number(const std::string& text) { return text.empty() ? 0 : std::stoull(text); }

TEST(Feed, TellsACommitAsItHappens) {
  Serve serve;
  FhirClient fhir(serve.port());
  Listener listener(serve.port());
  std::string head = listener.head();
  EXPECT_NE(head.find("HTTP/1.1 200"), std::string::npos) << head;
  EXPECT_NE(head.find("Content-Type: text/event-stream"), std::string::npos);
  EXPECT_EQ(head.find("Content-Length"), std::string::npos);
  EXPECT_EQ(listener.next().event, "open");

  ASSERT_EQ(fhir.put("/fhir/Patient/p1", R"({"resourceType":"Patient","id":"p1","name":[{"text":"王秀英"}]})")
                .status,
            201);
  auto created = listener.next();
  ASSERT_EQ(created.event, "commit");
  EXPECT_NE(created.data.find(
                R"("method":"created","type":"Patient","id":"p1","version":1,"name":[{"text":"王秀英"}])"),
            std::string::npos)
      << created.data;

  ASSERT_EQ(
      fhir.put(
              "/fhir/Condition/c1",
              R"({"resourceType":"Condition","id":"c1","subject":{"reference":"Patient/p1"},"code":{"text":"高血压"}})")
          .status,
      201);
  auto condition = listener.next();
  EXPECT_NE(condition.data.find(R"("about":{"text":"高血压"},"patient":"Patient/p1")"), std::string::npos)
      << condition.data;
  EXPECT_GT(number(condition.id), number(created.id));

  ASSERT_EQ(fhir.remove("/fhir/Condition/c1").status, 204);
  EXPECT_NE(listener.next().data.find(R"("method":"removed","type":"Condition","id":"c1","version":2})"),
            std::string::npos);
}

TEST(Feed, ATransactionIsOneMessage) {
  Serve serve;
  FhirClient fhir(serve.port());
  Listener listener(serve.port());
  listener.head();
  listener.next();
  std::string bundle = R"({"resourceType":"Bundle","type":"transaction","entry":[)";
  for (int i = 0; i < 50; ++i) {
    std::string id = "b" + std::to_string(i);
    bundle += (i > 0 ? "," : "") + std::string(R"({"resource":)") + basic(id) +
              R"(,"request":{"method":"PUT","url":"Basic/)" + id + "\"}}";
  }
  ASSERT_EQ(fhir.post("/fhir", bundle + "]}").status, 200);
  auto message = listener.next();
  EXPECT_NE(message.data.find("\"changes\":50,"), std::string::npos) << message.data;
  size_t described = 0;
  for (size_t at = 0; (at = message.data.find("\"method\":", at)) != std::string::npos; ++at) ++described;
  EXPECT_EQ(described, 20u);
  EXPECT_FALSE(listener.next(300));
}

TEST(Feed, GoesOnFromAPosition) {
  Serve serve;
  FhirClient fhir(serve.port());
  for (int i = 0; i < 5; ++i)
    ASSERT_EQ(fhir.put("/fhir/Basic/b" + std::to_string(i), basic("b" + std::to_string(i))).status, 201);
  for (const std::string& way : {std::string("Last-Event-ID: 2\r\n"), std::string()}) {
    Listener listener(serve.port(), way.empty() ? "/feed?after=2" : "/feed", way);
    listener.head();
    EXPECT_EQ(listener.next().event, "open");
    for (const char* id : {"3", "4", "5"}) EXPECT_EQ(listener.next().id, id) << way;
    EXPECT_FALSE(listener.next(200));
  }
  Listener other(serve.port(), "/feed", "Last-Event-ID: 900\r\n");  // of another store
  other.head();
  auto reset = other.next();
  EXPECT_EQ(reset.event, "reset");
  EXPECT_EQ(reset.id, "5");
}

TEST(Feed, WhoIsFarBehindSkipsUnlessItWantsAll) {
  Serve serve;
  FhirClient fhir(serve.port());
  std::string bundle = R"({"resourceType":"Bundle","type":"batch","entry":[)";
  for (int i = 0; i < 1500; ++i)
    bundle +=
        (i > 0 ? "," : "") +
        std::string(
            R"({"resource":{"resourceType":"Basic","code":{"text":"x"}},"request":{"method":"POST","url":"Basic"}})");
  ASSERT_EQ(fhir.post("/fhir", bundle + "]}").status, 200);
  Listener listener(serve.port(), "/feed?after=0");
  listener.head();
  EXPECT_EQ(listener.next().event, "open");
  auto skipped = listener.next();
  EXPECT_EQ(skipped.event, "skipped");
  EXPECT_EQ(skipped.data, R"({"after":0,"to":1400})");

  Listener all(serve.port(), "/feed?after=0&every=true");
  all.head();
  EXPECT_EQ(all.next().event, "open");
  uint64_t changes = 0, position = 0;
  while (position < 1500) {
    auto message = all.next();
    ASSERT_EQ(message.event, "commit");
    ASSERT_GT(number(message.id), position);
    position = number(message.id);
    changes += field(message.data, "changes");
  }
  EXPECT_EQ(changes, 1500u);
}

TEST(Feed, RefusesInFhirsOwnWords) {
  Serve serve({"--set", "server.feed_listeners=2"});
  FhirClient fhir(serve.port());
  EXPECT_EQ(fhir.post("/feed", "{}").status, 405);
  EXPECT_EQ(fhir.get("/feed", "Accept: application/json\r\n").status, 406);
  auto bad = fhir.get("/feed", "Last-Event-ID: -1\r\n");
  EXPECT_EQ(bad.status, 400);
  EXPECT_EQ(test::kind_of(bad.body), "OperationOutcome");
  Listener first(serve.port()), second(serve.port());
  EXPECT_NE(first.head().find(" 200 "), std::string::npos);
  EXPECT_NE(second.head().find(" 200 "), std::string::npos);
  Listener third(serve.port());
  std::string head = third.head();
  EXPECT_NE(head.find(" 503 "), std::string::npos) << head;
  EXPECT_NE(head.find("Retry-After"), std::string::npos);
}

TEST(Feed, APlaceIsFreeAgainWhenAListenerGoes) {
  Serve serve({"--set", "server.feed_listeners=1"});
  for (int i = 0; i < 3; ++i) {
    bool served = false;
    for (int attempt = 0; attempt < 50 && !served; ++attempt) {
      Listener listener(serve.port());
      served = listener.head().find(" 200 ") != std::string::npos;
      if (!served) std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    EXPECT_TRUE(served) << i;
  }
}

TEST(Feed, StopsWithTheServer) {
  Serve serve;
  Listener listener(serve.port());
  listener.head();
  listener.next();
  EXPECT_EQ(serve.stop(), 0);
  EXPECT_FALSE(listener.next(2000));
  EXPECT_TRUE(listener.ended());
}

// A server with one commit whose text cannot be read.
class FeedOfADamagedStore : public testing::Test {
 protected:
  FeedOfADamagedStore() {
    FhirClient(serve.port()).put("/fhir/Basic/b1", basic("b1"));
    serve.stop();
    store::Database(serve.data() + "/record.db", SQLITE_OPEN_READWRITE)
        .execute("UPDATE current SET body = x'00ff00ff'");
    serve.start();
  }
  void wait_for_failures(size_t wanted) {
    const auto failures = [&] {
      const std::string log = serve.log();
      size_t n = 0;
      for (size_t at = log.find("feed.failed"); at != std::string::npos; at = log.find("feed.failed", at + 1)) ++n;
      return n;
    };
    while (serve.lives() && failures() < wanted) std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  Serve serve;
};

TEST_F(FeedOfADamagedStore, WhoCannotBeServedHoldsUpNobody) {
  auto leaves = std::make_unique<Listener>(serve.port());
  Listener before(serve.port()), fails(serve.port(), "/feed?after=0"), after(serve.port());
  for (Listener* each : {leaves.get(), &before, &fails, &after})
    EXPECT_EQ((each->head(), each->next().event), "open");
  wait_for_failures(1);
  leaves.reset();
  wait_for_failures(2);
  ASSERT_EQ(FhirClient(serve.port()).put("/fhir/Basic/b2", basic("b2")).status, 201);
  EXPECT_EQ(before.next().id, "2");
  EXPECT_EQ(after.next().id, "2");
  EXPECT_FALSE(fails.next(200));
  EXPECT_TRUE(serve.lives());
}

// It is tried again after a pause, which does not hold up the end.
TEST_F(FeedOfADamagedStore, StopsAtOnce) {
  Listener listener(serve.port(), "/feed?after=0");
  wait_for_failures(1);
  const auto before = std::chrono::steady_clock::now();
  EXPECT_EQ(serve.stop(), 0);
  EXPECT_LT(std::chrono::steady_clock::now() - before, std::chrono::milliseconds(700));
}

// A client that reads nothing: writes go on at once, it is dropped, told where it was, and gets the rest by
// position.
TEST(FeedRace, ASlowListenerIsDroppedAndComesAgain) {
  Serve serve({"--set", "server.feed_slow_seconds=1"});
  Listener slow(serve.port(), "/feed?every=true", {}, 4096), quick(serve.port(), "/feed?every=true");
  quick.head();
  FhirClient fhir(serve.port());
  constexpr int kWrites = 250;
  // Enough text that no socket buffer holds it: the name of a resource goes into its message.
  std::atomic<bool> done{false};
  std::thread writer([&] {
    for (int i = 0; i < kWrites; ++i) {
      std::string id = "s" + std::to_string(i);
      ASSERT_EQ(fhir.put("/fhir/Basic/" + id, basic(id, 50'000)).status, 201);
    }
    done = true;
  });
  uint64_t seen = 0;
  while (seen < kWrites) {
    auto message = quick.next(10'000);
    ASSERT_TRUE(message) << seen;
    if (message.event != "commit") continue;
    ASSERT_EQ(number(message.id), ++seen);
  }
  writer.join();
  EXPECT_TRUE(done);
  std::this_thread::sleep_for(std::chrono::milliseconds(1500));
  // What it reads now is what the kernel held, to the last whole message.
  slow.head();
  uint64_t position = 0;
  while (auto message = slow.next(5000))
    if (!message.id.empty()) position = number(message.id);
  EXPECT_TRUE(slow.ended());
  EXPECT_LT(position, uint64_t{kWrites});
  EXPECT_NE(fhir.get("/metrics").body.find("witmed_feed_dropped_total 1"), std::string::npos);
  Listener again(serve.port(), "/feed?every=true", "Last-Event-ID: " + std::to_string(position) + "\r\n");
  again.head();
  while (position < kWrites) {
    auto message = again.next();
    ASSERT_TRUE(message) << position;
    if (message.event != "commit") continue;
    ASSERT_EQ(number(message.id), ++position);
  }
}

// Listeners that come and go while many write: each sees an unbroken run.
TEST(FeedRace, ManyListenersSeeTheSame) {
  Serve serve;
  constexpr int kWriters = 4, kEach = 50, kListeners = 8;
  std::vector<std::thread> threads;
  std::vector<std::vector<uint64_t>> seen(kListeners);
  std::atomic<int> ready{0};
  for (int l = 0; l < kListeners; ++l)
    threads.emplace_back([&, l] {
      uint64_t position = 0;
      ++ready;
      // Each cuts its own connection now and then, and goes on where it was.
      while (position < kWriters * kEach) {
        Listener listener(serve.port(), "/feed?every=true&after=" + std::to_string(position));
        listener.head();
        for (int n = 0; n < 20 * (l + 1) && position < kWriters * kEach; ++n) {
          auto message = listener.next(10'000);
          ASSERT_TRUE(message);
          if (message.event != "commit") continue;
          position = number(message.id);
          seen[static_cast<size_t>(l)].push_back(position);
        }
      }
    });
  for (int w = 0; w < kWriters; ++w)
    threads.emplace_back([&, w] {
      FhirClient fhir(serve.port());
      for (int i = 0; i < kEach; ++i) {
        std::string id = "w" + std::to_string(w) + "-" + std::to_string(i);
        ASSERT_EQ(fhir.put("/fhir/Basic/" + id, basic(id)).status, 201);
      }
    });
  for (auto& thread : threads) thread.join();
  for (const auto& positions : seen) {
    ASSERT_EQ(positions.size(), static_cast<size_t>(kWriters * kEach));
    for (size_t i = 0; i < positions.size(); ++i) ASSERT_EQ(positions[i], i + 1);
  }
}

}  // namespace
}  // namespace witmed
