// What comes from outside and is wrong: a clear OperationOutcome or a closed connection, never the server's
// life.
#include <chrono>

#include "base/limits.h"
#include "rest/serve.h"

namespace witmed {
namespace {

using namespace std::chrono_literals;
using test::at;
using test::FhirClient;
using test::kind_of;
using test::RawClient;
using test::Serve;

class BadInput : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    serve_ = new Serve({"--set", "server.header_seconds=1", "server.idle_seconds=2"});
  }
  static void TearDownTestSuite() { delete serve_; }
  BadInput() : fhir(serve_->port()) {}
  void TearDown() override {
    ASSERT_TRUE(serve_->lives()) << serve_->log();
    FhirClient after(serve_->port());
    EXPECT_EQ(after.get("/healthz").status, 200);
  }
  static Serve* serve_;
  FhirClient fhir;
};
Serve* BadInput::serve_ = nullptr;

TEST_F(BadInput, Bodies) {
  using namespace std::string_literals;
  struct Case {
    const char* what;
    std::string body;
  };
  const std::string deep(2000, '['), closes(2000, ']');
  const Case cases[] = {
      {"nothing", " "},
      {"broken", R"({"resourceType":"Patient")"},
      {"trailing", R"({"resourceType":"Patient"} x)"},
      {"two", R"({"resourceType":"Patient"}{"resourceType":"Patient"})"},
      {"no object", "[1,2]"},
      {"scalar", "7"},
      {"deep", R"({"resourceType":"Patient","extension":)" + deep + closes + "}"},
      {"duplicate key", R"({"resourceType":"Patient","active":true,"active":false})"},
      {"invalid UTF-8", "{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"\xff\xfe\"}]}"},
      {"lone surrogate", R"({"resourceType":"Patient","name":[{"family":"\ud800"}]})"},
      {"NUL", "{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"a\0b\"}]}"s},
      {"no type", R"({"active":true})"},
      {"unknown type", R"({"resourceType":"Patiant"})"},
      {"other type", R"({"resourceType":"Observation","status":"final","code":{"text":"x"}})"},
      {"unknown element", R"({"resourceType":"Patient","favourite":"blue"})"},
      {"wrong JSON type", R"({"resourceType":"Patient","active":"yes"})"},
      {"no list", R"({"resourceType":"Patient","name":{"family":"x"}})"},
      {"bad date", R"({"resourceType":"Patient","birthDate":"1950-02-30"})"},
      {"two of a choice", R"({"resourceType":"Patient","deceasedBoolean":true,"deceasedDateTime":"2020"})"},
      {"empty object", R"({"resourceType":"Patient","maritalStatus":{}})"},
  };
  for (const Case& c : cases) {
    auto response = fhir.post("/fhir/Patient", c.body);
    EXPECT_TRUE(response.status == 400 || response.status == 422)
        << c.what << ": " << response.status << " " << response.body;
    EXPECT_EQ(kind_of(response.body), "OperationOutcome") << c.what;
  }
}

TEST_F(BadInput, FaultsSayWhere) {
  auto response = fhir.post("/fhir/Patient",
                            "{\"resourceType\":\"Patient\",\n\"name\":[{\"given\":[\"a\"]},{\"given\":7}]}");
  EXPECT_NE(at(response.body, "issue.expression").find("Patient.name[1].given"), std::string::npos)
      << response.body;
  EXPECT_NE(at(response.body, "issue.location").find("line 2"), std::string::npos) << response.body;
}

TEST_F(BadInput, OverlongRequests) {
  FhirClient url(serve_->port());
  EXPECT_EQ(url.get("/fhir/Patient?name=" + std::string(limits::kUrlBytes, 'a')).status, 414);
  FhirClient header(serve_->port());
  EXPECT_EQ(header.get("/fhir/Patient", "X: " + std::string(limits::kHeaderBytes, 'a') + "\r\n").status, 431);
  FhirClient body(serve_->port());
  std::string start = "POST /fhir/Patient HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4000000000\r\n\r\n";
  EXPECT_EQ(body.raw.ask(start).status, 413);
}

TEST_F(BadInput, AbsurdParameters) {
  for (std::string path :
       {"/fhir/Patient?_count=-1", "/fhir/Patient?_count=x", "/fhir/Patient?birthdate=yesterday",
        "/fhir/Patient?birthdate=gt", "/fhir/Patient?_sort=favourite", "/fhir/Patient?_include=nonsense",
        "/fhir/Patient?name:wrong=x", "/fhir/Patient?_cursor=garbage", "/fhir/Patient?_cursor=%00",
        "/fhir/Patient?name=%ff", "/fhir/Patient?name=%2", "/fhir/Patient?_summary=maybe",
        "/fhir/Observation?value-quantity=five", "/fhir/Patient?_total=many", "/fhir/_history?_cursor=x",
        "/fhir?_type=Nothing"}) {
    auto response = fhir.get(path);
    EXPECT_EQ(response.status, 400) << path << " " << response.body;
    EXPECT_EQ(kind_of(response.body), "OperationOutcome") << path;
  }
  EXPECT_EQ(fhir.get("/fhir/Patient?_count=99999999999").status, 200);
  std::string many = "/fhir/Patient?";
  for (int i = 0; i < 300; ++i) many += "name=a&";
  EXPECT_EQ(fhir.get(many).status, 400);
  std::string values = "/fhir/Patient?_id=a";
  for (int i = 0; i < 5000; ++i) values += ",b" + std::to_string(i);
  EXPECT_GE(fhir.get(values).status, 200);
}

TEST_F(BadInput, Paths) {
  for (std::string path :
       {"/fhir/Patient/../../etc/passwd", "/fhir/%2e%2e/x", "/fhir/Patient/%00", "/../etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd", "/assets/..%2f..%2f..%2fetc/passwd"})
    EXPECT_EQ(fhir.get(path).body.find("root:"), std::string::npos) << path;
}

TEST_F(BadInput, SlowAndHalfClosedConnections) {
  RawClient slow(serve_->port()), half(serve_->port()), idle(serve_->port()), cut(serve_->port());
  slow.send("GET /fhir/metadata HTTP/1.1\r\nHo");
  half.send("POST /fhir/Patient HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n{");
  half.half_close();
  cut.send("GET /fhir/metadata HTTP/1.1\r\nHost: localhost\r\n\r\n");  // and never reads
  EXPECT_TRUE(half.closes(5s));
  EXPECT_TRUE(slow.closes(5s));
  EXPECT_TRUE(idle.closes(6s));
}

TEST_F(BadInput, PipelinedGarbage) {
  RawClient socket(serve_->port());
  socket.send(
      "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n\x01\x02\x03 garbage\r\n\r\nGET /healthz "
      "HTTP/1.1\r\n\r\n");
  EXPECT_EQ(socket.receive().status, 200);
  EXPECT_EQ(socket.receive().status, 400);
  EXPECT_TRUE(socket.closes());
}

TEST(Serve, RefusesToBeReachedFromElsewhere) {
  std::string command = Serve::program() + " serve --port 0 --address 0.0.0.0 --data " + testing::TempDir() +
                        "witmed_refused 2>&1";
  FILE* pipe = popen(command.c_str(), "r");
  std::string said;
  char part[512];
  while (fgets(part, sizeof part, pipe)) said += part;
  EXPECT_NE(pclose(pipe), 0);
  EXPECT_NE(said.find("loopback"), std::string::npos) << said;
}

TEST(Serve, StopsOnSigtermAndKeepsWhatItHas) {
  Serve serve;
  {
    FhirClient fhir(serve.port());
    ASSERT_EQ(fhir.put("/fhir/Patient/kept", R"({"resourceType":"Patient","id":"kept"})").status, 201);
  }
  EXPECT_EQ(serve.stop(), 0) << serve.log();
  serve.start();
  FhirClient fhir(serve.port());
  EXPECT_EQ(fhir.get("/fhir/Patient/kept").status, 200);
}

}  // namespace
}  // namespace witmed
