// $overview of the real server: its figures outlive a stop and a kill.
#include "rest/serve.h"

namespace witmed {
namespace {

TEST(OverviewRestart, FiguresOutliveAStopAndAKill) {
  test::Serve serve;
  auto add = [&](const std::string& id) {
    EXPECT_EQ(test::FhirClient(serve.port())
                  .put("/fhir/Patient/" + id, R"({"resourceType":"Patient","id":")" + id +
                                                  R"(","gender":"male","birthDate":"1960-01-01"})")
                  .status,
              201);
  };
  // Residents, and how many resources were read to know.
  auto look = [&] {
    test::FhirClient fhir(serve.port());
    const std::string body = fhir.get("/fhir/$overview").body;
    const std::string metrics = fhir.get("/metrics").body;
    const size_t at = metrics.find("\nwitmed_overview_read ");
    return test::at(body, "parameter.where(name='residents').value") + " read " +
           metrics.substr(at + 22, metrics.find('\n', at + 1) - at - 22);
  };
  for (const char* id : {"a", "b", "c"}) add(id);
  EXPECT_EQ(look(), "3 read 3");
  EXPECT_EQ(serve.stop(), 0);
  serve.start();
  EXPECT_EQ(look(), "3 read 0");
  add("d");
  serve.stop(SIGKILL);
  serve.start();
  EXPECT_EQ(look(), "4 read 1");
}

}  // namespace
}  // namespace witmed
