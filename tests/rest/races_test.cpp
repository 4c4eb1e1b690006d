// Clients that want the same thing at the same moment, through a real server: nothing doubled, nothing lost.
#include <atomic>

#include "rest/serve.h"

namespace witmed {
namespace {

using test::at;
using test::FhirClient;
using test::Serve;

constexpr int kClients = 32;

template <typename Run>
void together(const Serve& serve, Run run) {
  std::vector<std::thread> threads;
  for (int i = 0; i < kClients; ++i)
    threads.emplace_back([&, i] {
      FhirClient fhir(serve.port());
      run(fhir, i);
    });
  for (auto& thread : threads) thread.join();
}

TEST(RestRace, ConditionalCreatesMakeOneResource) {
  Serve serve;
  std::atomic<int> created{0}, found{0};
  constexpr int kIdentifiers = 20;
  together(serve, [&](FhirClient& fhir, int) {
    for (int n = 0; n < kIdentifiers; ++n) {
      std::string value = std::to_string(n);
      auto response = fhir.post(
          "/fhir/Patient",
          R"({"resourceType":"Patient","identifier":[{"system":"urn:race","value":")" + value + "\"}]}",
          "If-None-Exist: identifier=urn:race|" + value + "\r\n");
      if (response.status == 201) ++created;
      if (response.status == 200) ++found;
    }
  });
  EXPECT_EQ(created, kIdentifiers);
  EXPECT_EQ(created + found, kClients * kIdentifiers);
  FhirClient fhir(serve.port());
  EXPECT_EQ(at(fhir.get("/fhir/Patient?identifier=urn:race|&_summary=count").body, "total"),
            std::to_string(kIdentifiers));
}

TEST(RestRace, VersionAwareUpdatesLoseNothing) {
  Serve serve;
  FhirClient first(serve.port());
  auto counter = [](int value) {
    return R"({"resourceType":"Basic","id":"counter","code":{"text":"c"},"extension":[{"url":"urn:n","valueInteger":)" +
           std::to_string(value) + "}]}";
  };
  ASSERT_EQ(first.put("/fhir/Basic/counter", counter(0)).status, 201);
  std::atomic<int> done{0};
  together(serve, [&](FhirClient& fhir, int) {
    for (int n = 0; n < 5;) {
      auto now = fhir.get("/fhir/Basic/counter");
      int value = std::stoi(at(now.body, "extension.value"));
      std::string version = at(now.body, "meta.versionId");
      auto written =
          fhir.put("/fhir/Basic/counter", counter(value + 1), "If-Match: W/\"" + version + "\"\r\n");
      ASSERT_TRUE(written.status == 200 || written.status == 412) << written.body;
      if (written.status == 200) {
        ++done;
        ++n;
      }
    }
  });
  auto last = first.get("/fhir/Basic/counter");
  EXPECT_EQ(at(last.body, "extension.value"), std::to_string(done));
  EXPECT_EQ(at(last.body, "meta.versionId"), std::to_string(done + 1));
}

}  // namespace
}  // namespace witmed
