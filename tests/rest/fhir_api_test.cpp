// The RESTful API of FHIR R4 against a real server: status, headers and content of every interaction.
#include <algorithm>

#include "rest/serve.h"

namespace witmed {
namespace {

using test::at;
using test::FhirClient;
using test::kind_of;
using test::RawResponse;
using test::Serve;

class FhirApi : public testing::Test {
 protected:
  static void SetUpTestSuite() { serve_ = new Serve; }
  static void TearDownTestSuite() {
    EXPECT_EQ(serve_->stop(), 0) << serve_->log();
    delete serve_;
  }
  FhirApi() : fhir(serve_->port()) {}
  std::string base() const { return "http://" + fhir.host + "/fhir"; }
  // A Patient of this test alone.
  static std::string patient(const std::string& id, const std::string& more = {}) {
    return R"({"resourceType":"Patient","id":")" + id + "\"" + more + "}";
  }
  static Serve* serve_;
  FhirClient fhir;
};
Serve* FhirApi::serve_ = nullptr;

void expect_outcome(const RawResponse& response, int status, const std::string& code = {}) {
  EXPECT_EQ(response.status, status) << response.body;
  ASSERT_EQ(kind_of(response.body), "OperationOutcome") << response.body;
  if (!code.empty()) {
    EXPECT_EQ(at(response.body, "issue.first().code"), code) << response.body;
  }
  EXPECT_TRUE(response.has("X-Request-Id: "));
}

TEST_F(FhirApi, CreateReadUpdateDelete) {
  auto created = fhir.post("/fhir/Patient",
                           R"({"resourceType":"Patient","name":[{"family":"张"}],"multipleBirthInteger":1})");
  ASSERT_EQ(created.status, 201) << created.body;
  std::string id = at(created.body, "id");
  EXPECT_TRUE(created.has("Location: " + base() + "/Patient/" + id + "/_history/1\r\n")) << created.head;
  EXPECT_TRUE(created.has("ETag: W/\"1\"\r\n"));
  EXPECT_TRUE(created.has("Last-Modified: "));
  EXPECT_TRUE(created.has("Content-Type: application/fhir+json"));
  EXPECT_EQ(at(created.body, "meta.versionId"), "1");

  auto read = fhir.get("/fhir/Patient/" + id);
  EXPECT_EQ(read.status, 200);
  EXPECT_EQ(read.body, created.body);

  auto updated = fhir.put("/fhir/Patient/" + id, patient(id, R"(,"active":true)"), "If-Match: W/\"1\"\r\n");
  EXPECT_EQ(updated.status, 200) << updated.body;
  EXPECT_TRUE(updated.has("ETag: W/\"2\"\r\n"));
  expect_outcome(fhir.put("/fhir/Patient/" + id, patient(id), "If-Match: W/\"1\"\r\n"), 412);

  EXPECT_EQ(fhir.get("/fhir/Patient/" + id + "/_history/1").body, created.body);
  expect_outcome(fhir.get("/fhir/Patient/" + id + "/_history/9"), 404);

  EXPECT_EQ(fhir.remove("/fhir/Patient/" + id).status, 204);
  expect_outcome(fhir.get("/fhir/Patient/" + id), 410, "deleted");
  expect_outcome(fhir.get("/fhir/Patient/" + id + "/_history/3"), 410);
  EXPECT_EQ(fhir.get("/fhir/Patient/" + id + "/_history/2").status, 200);
  EXPECT_EQ(fhir.remove("/fhir/Patient/" + id).status, 204) << "deleting twice is no fault";
}

TEST_F(FhirApi, ClientsMayChooseIds) {
  EXPECT_EQ(fhir.put("/fhir/Patient/chosen-1", patient("chosen-1")).status, 201);
  EXPECT_EQ(fhir.put("/fhir/Patient/chosen-1", patient("chosen-1", R"(,"active":false)")).status, 200);
  expect_outcome(fhir.put("/fhir/Patient/chosen-2", patient("other")), 400);
  expect_outcome(fhir.put("/fhir/Patient/chosen-2", R"({"resourceType":"Patient"})"), 400);
  expect_outcome(fhir.put("/fhir/Patient/chosen-2", R"({"resourceType":"Observation","id":"chosen-2"})"),
                 400);
}

TEST_F(FhirApi, AnEqualUpdateMakesNoVersion) {
  EXPECT_EQ(fhir.put("/fhir/Patient/equal", patient("equal")).status, 201);
  auto again = fhir.put("/fhir/Patient/equal", patient("equal"));
  EXPECT_EQ(again.status, 200);
  EXPECT_TRUE(again.has("ETag: W/\"1\"\r\n"));
}

TEST_F(FhirApi, NumbersKeepTheirDigits) {
  fhir.put("/fhir/Observation/digits", R"({"resourceType":"Observation","id":"digits","status":"final",)"
                                       R"("code":{"text":"x"},"valueQuantity":{"value":1.00}})");
  EXPECT_NE(fhir.get("/fhir/Observation/digits").body.find("\"value\":1.00}"), std::string::npos);
}

TEST_F(FhirApi, PreferDecidesWhatComesBack) {
  auto minimal = fhir.post("/fhir/Patient", R"({"resourceType":"Patient"})", "Prefer: return=minimal\r\n");
  EXPECT_EQ(minimal.status, 201);
  EXPECT_TRUE(minimal.body.empty());
  auto outcome =
      fhir.post("/fhir/Patient", R"({"resourceType":"Patient"})", "Prefer: return=OperationOutcome\r\n");
  EXPECT_EQ(outcome.status, 201);
  EXPECT_EQ(kind_of(outcome.body), "OperationOutcome");
}

TEST_F(FhirApi, ConditionalReads) {
  auto made = fhir.put("/fhir/Patient/cond", patient("cond"));
  EXPECT_EQ(fhir.get("/fhir/Patient/cond", "If-None-Match: W/\"1\"\r\n").status, 304);
  EXPECT_EQ(fhir.get("/fhir/Patient/cond", "If-None-Match: W/\"2\"\r\n").status, 200);
  EXPECT_EQ(fhir.get("/fhir/Patient/cond", "If-Modified-Since: Fri, 01 Jan 2100 00:00:00 GMT\r\n").status,
            304);
  EXPECT_EQ(fhir.get("/fhir/Patient/cond", "If-Modified-Since: Fri, 01 Jan 2010 00:00:00 GMT\r\n").status,
            200);
}

TEST_F(FhirApi, HeadIsGetWithoutBody) {
  fhir.put("/fhir/Patient/head", patient("head"));
  auto head = fhir.ask("HEAD", "/fhir/Patient/head");
  EXPECT_EQ(head.status, 200);
  EXPECT_TRUE(head.has("ETag: W/\"1\"\r\n"));
  EXPECT_EQ(fhir.get("/fhir/Patient/head").status, 200);
}

TEST_F(FhirApi, ConditionalCreateUpdateDelete) {
  const std::string identified =
      R"({"resourceType":"Patient","identifier":[{"system":"urn:c","value":"c1"}]})";
  const std::string header = "If-None-Exist: identifier=urn:c|c1\r\n";
  auto first = fhir.post("/fhir/Patient", identified, header);
  auto second = fhir.post("/fhir/Patient", identified, header);
  EXPECT_EQ(first.status, 201) << first.body;
  EXPECT_EQ(second.status, 200) << second.body;
  EXPECT_EQ(at(first.body, "id"), at(second.body, "id"));

  auto updated =
      fhir.put("/fhir/Patient?identifier=urn:c|c1",
               R"({"resourceType":"Patient","active":true,"identifier":[{"system":"urn:c","value":"c1"}]})");
  EXPECT_EQ(updated.status, 200) << updated.body;
  EXPECT_EQ(at(updated.body, "id"), at(first.body, "id"));
  auto made = fhir.put("/fhir/Patient?identifier=urn:c|c2",
                       R"({"resourceType":"Patient","identifier":[{"system":"urn:c","value":"c2"}]})");
  EXPECT_EQ(made.status, 201) << made.body;

  EXPECT_EQ(fhir.remove("/fhir/Patient?identifier=urn:c|c2").status, 204);
  expect_outcome(fhir.get("/fhir/Patient/" + at(made.body, "id")), 410);
  expect_outcome(fhir.remove("/fhir/Patient"), 400, "required");
  expect_outcome(fhir.put("/fhir/Patient", R"({"resourceType":"Patient"})"), 400);
  fhir.post("/fhir/Patient", identified);
  expect_outcome(fhir.put("/fhir/Patient?identifier=urn:c|c1", identified), 412);
  expect_outcome(fhir.post("/fhir/Patient", identified, header), 412);
}

// The request that was made, also where a PUT created: under a new id, and again after a removal.
TEST_F(FhirApi, HistoryShowsHowAResourceCame) {
  std::string posted = at(fhir.post("/fhir/Patient", R"({"resourceType":"Patient"})").body, "id");
  auto history = fhir.get("/fhir/Patient/" + posted + "/_history");
  EXPECT_EQ(at(history.body, "entry.request.method | entry.request.url"), "POST,Patient");
  fhir.put("/fhir/Patient/came", patient("came"));
  fhir.remove("/fhir/Patient/came");
  EXPECT_EQ(fhir.put("/fhir/Patient/came", patient("came")).status, 201);
  history = fhir.get("/fhir/Patient/came/_history");
  EXPECT_EQ(at(history.body, "entry.request.method"), "PUT,DELETE,PUT");
  EXPECT_EQ(at(history.body, "entry.response.status"), "201,204,201");
  EXPECT_EQ(at(history.body, "entry[0].request.url"), "Patient/came");
}

TEST_F(FhirApi, HistoryOfInstanceTypeSystem) {
  for (const char* active : {"true", "false", "true"})
    fhir.put("/fhir/Patient/hist", patient("hist", std::string(R"(,"active":)") + active));
  fhir.remove("/fhir/Patient/hist");
  auto history = fhir.get("/fhir/Patient/hist/_history");
  EXPECT_EQ(at(history.body, "type"), "history");
  EXPECT_EQ(at(history.body, "entry.count()"), "4") << history.body;
  EXPECT_EQ(at(history.body, "entry.request.method"), "DELETE,PUT,PUT,PUT");
  EXPECT_EQ(at(history.body, "entry.response.status"), "204,200,200,201");
  EXPECT_EQ(at(history.body, "entry.response.etag"), "W/\"4\",W/\"3\",W/\"2\",W/\"1\"");
  EXPECT_EQ(at(history.body, "entry[0].resource.exists()"), "false");

  auto page = fhir.get("/fhir/Patient/hist/_history?_count=3");
  EXPECT_EQ(at(page.body, "entry.count()"), "3");
  std::string next = at(page.body, "link.where(relation='next').url");
  ASSERT_TRUE(next.starts_with(base()));
  auto rest = fhir.get(next.substr(base().size() - 5));
  EXPECT_EQ(at(rest.body, "entry.response.etag"), "W/\"1\"") << next;
  EXPECT_EQ(at(rest.body, "link.where(relation='next').exists()"), "false");

  EXPECT_EQ(fhir.get("/fhir/Patient/_history?_count=1").status, 200);
  EXPECT_EQ(at(fhir.get("/fhir/_history?_count=2").body, "entry.count()"), "2");
  EXPECT_EQ(at(fhir.get("/fhir/Patient/hist/_history?_since=2100").body, "entry.count()"), "0");
  expect_outcome(fhir.get("/fhir/Patient/never/_history"), 404);
  expect_outcome(fhir.get("/fhir/_history?_since=yesterday"), 400);
}

TEST_F(FhirApi, SearchByGetAndPost) {
  for (int i = 0; i < 5; ++i)
    fhir.put("/fhir/Patient/s" + std::to_string(i),
             patient("s" + std::to_string(i),
                     R"(,"name":[{"family":"Searched"}],"birthDate":"195)" + std::to_string(i) + "-01-01\""));
  auto found = fhir.get("/fhir/Patient?family=searched&_sort=birthdate&_count=2");
  ASSERT_EQ(found.status, 200) << found.body;
  EXPECT_EQ(at(found.body, "type"), "searchset");
  EXPECT_EQ(at(found.body, "entry.resource.id"), "s0,s1");
  EXPECT_EQ(at(found.body, "entry.search.mode"), "match,match");
  EXPECT_EQ(at(found.body, "entry[0].fullUrl"), base() + "/Patient/s0");
  std::string all = at(found.body, "entry.resource.id");
  for (std::string next = at(found.body, "link.where(relation='next').url"); !next.empty();) {
    auto page = fhir.get(next.substr(base().size() - 5));
    all += "," + at(page.body, "entry.resource.id");
    next = at(page.body, "link.where(relation='next').url");
  }
  EXPECT_EQ(all, "s0,s1,s2,s3,s4");

  const std::string form = "Content-Type: application/x-www-form-urlencoded\r\n";
  auto posted = fhir.post("/fhir/Patient/_search?_count=1", "family=Searched&_sort=-birthdate", form);
  EXPECT_EQ(at(posted.body, "entry.resource.id"), "s4") << posted.body;
  expect_outcome(fhir.post("/fhir/Patient/_search", "{}"), 415);

  auto counted = fhir.get("/fhir/Patient?family=searched&_summary=count");
  EXPECT_EQ(at(counted.body, "total"), "5");
  EXPECT_EQ(at(counted.body, "entry.exists()"), "false");
}

TEST_F(FhirApi, UnknownParametersAreRefusedUnlessLenient) {
  expect_outcome(fhir.get("/fhir/Patient?favourite=blue"), 400);
  auto lenient = fhir.get("/fhir/Patient?favourite=blue&_id=s0", "Prefer: handling=lenient\r\n");
  EXPECT_EQ(lenient.status, 200) << lenient.body;
  EXPECT_EQ(at(lenient.body, "link.where(relation='self').url").find("favourite"), std::string::npos);
  EXPECT_EQ(at(lenient.body, "entry.where(search.mode='outcome').exists()"), "true");
}

TEST_F(FhirApi, CompartmentAndEverything) {
  fhir.put("/fhir/Patient/comp", patient("comp"));
  fhir.put("/fhir/Observation/comp-o",
           R"({"resourceType":"Observation","id":"comp-o","status":"final","code":{"text":"x"},)"
           R"("subject":{"reference":"Patient/comp"}})");
  EXPECT_EQ(at(fhir.get("/fhir/Patient/comp/Observation").body, "entry.resource.id"), "comp-o");
  EXPECT_EQ(at(fhir.get("/fhir/Patient/comp/Observation?status=amended").body, "entry.count()"), "0");
  auto everything = fhir.get("/fhir/Patient/comp/$everything");
  EXPECT_EQ(at(everything.body, "entry.resource.id.count()"), "2") << everything.body;
  EXPECT_EQ(at(fhir.get("/fhir/Patient/comp/$everything?_type=Observation").body, "entry.resource.id")
                .find("comp-o"),
            0u);
  expect_outcome(fhir.get("/fhir/Patient/nobody/$everything"), 404);
  expect_outcome(fhir.get("/fhir/Patient/comp/$unknown"), 501);
}

TEST_F(FhirApi, TransactionIsAllOrNothing) {
  auto done = fhir.post(
      "/fhir",
      R"({"resourceType":"Bundle","type":"transaction","entry":[)"
      R"({"request":{"method":"GET","url":"Patient?identifier=urn:t|t1"}},)"
      R"({"fullUrl":"urn:uuid:0b2e6f34-0000-4000-8000-000000000001","resource":{"resourceType":"Observation","status":"final","code":{"text":"x"},)"
      R"("subject":{"reference":"urn:uuid:0b2e6f34-0000-4000-8000-000000000002"}},"request":{"method":"POST","url":"Observation"}},)"
      R"({"fullUrl":"urn:uuid:0b2e6f34-0000-4000-8000-000000000002","resource":{"resourceType":"Patient","identifier":[{"system":"urn:t","value":"t1"}]},)"
      R"("request":{"method":"POST","url":"Patient"}}]})");
  ASSERT_EQ(done.status, 200) << done.body;
  EXPECT_EQ(at(done.body, "type"), "transaction-response");
  EXPECT_EQ(at(done.body, "entry.response.status"), "200 OK,201 Created,201 Created");
  EXPECT_EQ(at(done.body, "entry[0].resource.entry.count()"), "1") << "reads see what was written";
  std::string location = at(done.body, "entry[1].response.location");
  ASSERT_TRUE(location.starts_with(base() + "/Observation/")) << location;
  auto observation = fhir.get(location.substr(base().size() - 5));
  EXPECT_TRUE(at(observation.body, "subject.reference").starts_with("Patient/")) << observation.body;

  auto failed = fhir.post(
      "/fhir",
      R"({"resourceType":"Bundle","type":"transaction","entry":[)"
      R"({"resource":{"resourceType":"Patient","identifier":[{"system":"urn:t","value":"t2"}]},"request":{"method":"POST","url":"Patient"}},)"
      R"({"resource":{"resourceType":"Patient","gender":7},"request":{"method":"POST","url":"Patient"}}]})");
  EXPECT_GE(failed.status, 400);
  EXPECT_EQ(at(fhir.get("/fhir/Patient?identifier=urn:t|t2&_summary=count").body, "total"), "0");
}

TEST_F(FhirApi, BatchEntriesStandAlone) {
  auto done = fhir.post(
      "/fhir",
      R"({"resourceType":"Bundle","type":"batch","entry":[)"
      R"({"resource":{"resourceType":"Patient","gender":7},"request":{"method":"POST","url":"Patient"}},)"
      R"({"resource":{"resourceType":"Patient","id":"batch-1"},"request":{"method":"PUT","url":"Patient/batch-1"}},)"
      R"({"request":{"method":"GET","url":"Patient/batch-1"}},)"
      R"({"request":{"method":"GET","url":"Patient/batch-none"}},)"
      R"({"request":{"method":"DELETE","url":"Patient"}},)"
      R"({"request":{"method":"PATCH","url":"Patient/batch-1"}}]})");
  ASSERT_EQ(done.status, 200) << done.body;
  EXPECT_EQ(at(done.body, "type"), "batch-response");
  std::string statuses = at(done.body, "entry.response.status");
  EXPECT_EQ(statuses.substr(1, 2).size(), 2u);
  EXPECT_EQ(at(done.body, "entry[1].response.status"), "201 Created");
  EXPECT_EQ(at(done.body, "entry[2].resource.id"), "batch-1");
  EXPECT_EQ(at(done.body, "entry[3].response.status"), "404 Not Found");
  EXPECT_EQ(at(done.body, "entry[3].response.outcome.issue.code"), "not-found");
  EXPECT_EQ(at(done.body, "entry[0].response.outcome.issue.exists()"), "true");
  EXPECT_EQ(at(done.body, "entry[4].response.status"), "400 Bad Request");
  EXPECT_EQ(at(done.body, "entry[5].response.status"), "400 Bad Request");
}

TEST_F(FhirApi, SummaryElementsPretty) {
  fhir.put("/fhir/Patient/sub", patient("sub", R"(,"birthDate":"1950","contact":[{"name":{"text":"王五"},"gender":"male"}])"));
  auto summary = fhir.get("/fhir/Patient/sub?_summary=true");
  EXPECT_EQ(at(summary.body, "contact.exists()"), "false");
  EXPECT_EQ(at(summary.body, "meta.tag.code"), "SUBSETTED");
  auto elements = fhir.get("/fhir/Patient?_id=sub&_elements=birthDate");
  EXPECT_EQ(at(elements.body, "entry.resource.birthDate"), "1950") << elements.body;
  EXPECT_EQ(at(elements.body, "entry.resource.contact.exists()"), "false");
  auto pretty = fhir.get("/fhir/Patient/sub?_pretty=true");
  EXPECT_NE(pretty.body.find("\n  \"birthDate\": \"1950\""), std::string::npos);
}

TEST_F(FhirApi, MetadataSaysWhatIsServed) {
  auto metadata = fhir.get("/fhir/metadata");
  ASSERT_EQ(metadata.status, 200);
  EXPECT_EQ(kind_of(metadata.body), "CapabilityStatement");
  EXPECT_EQ(at(metadata.body, "fhirVersion"), "4.0.1");
  EXPECT_GE(std::stoi(at(metadata.body, "rest.resource.count()")), 140);
  EXPECT_EQ(at(metadata.body, "rest.resource.where(type='Patient').searchParam.where(name='birthdate').type"),
            "date");
  EXPECT_EQ(at(metadata.body, "rest.interaction.code"), "transaction,batch,search-system,history-system");
  auto stored = fhir.post("/fhir/CapabilityStatement", metadata.body);
  EXPECT_EQ(stored.status, 201) << "our own statement is valid: " << stored.body;
}

TEST_F(FhirApi, FormatsAndMethods) {
  expect_outcome(fhir.get("/fhir/Patient", "Accept: application/fhir+xml\r\n"), 406);
  expect_outcome(fhir.get("/fhir/Patient?_format=xml"), 406);
  EXPECT_EQ(fhir.get("/fhir/Patient?_format=json&_count=1", "Accept: application/fhir+xml\r\n").status, 200);
  expect_outcome(fhir.post("/fhir/Patient", "<Patient/>", "Content-Type: application/fhir+xml\r\n"), 415);
  auto wrong = fhir.ask("POST", "/fhir/Patient/x", "{}");
  expect_outcome(wrong, 405);
  EXPECT_TRUE(wrong.has("Allow: GET, HEAD, PUT, DELETE, OPTIONS\r\n")) << wrong.head;
  expect_outcome(fhir.ask("PATCH", "/fhir/Patient/x", "[]", "Content-Type: application/json-patch+json\r\n"),
                 501);
  expect_outcome(fhir.get("/fhir/Nothing"), 404, "not-supported");
}

TEST_F(FhirApi, OutcomesSpeakTheClientsLanguage) {
  EXPECT_NE(fhir.get("/fhir/Patient/nobody").body.find("不存在 Patient/nobody"), std::string::npos);
  EXPECT_EQ(fhir.get("/fhir/Patient/nobody", "Accept-Language: en\r\n").body.find("不存在"),
            std::string::npos);
}

TEST_F(FhirApi, PagesOfOtherOriginsAreKeptOut) {
  auto preflight = fhir.ask("OPTIONS", "/fhir/Patient", {},
                            "Origin: http://localhost:5173\r\nAccess-Control-Request-Method: PUT\r\n");
  EXPECT_EQ(preflight.status, 204);
  EXPECT_TRUE(preflight.has("Access-Control-Allow-Origin: http://localhost:5173\r\n"));
  EXPECT_FALSE(
      fhir.get("/fhir/metadata", "Origin: https://evil.example\r\n").has("Access-Control-Allow-Origin"));
  EXPECT_EQ(
      fhir.post("/fhir/Patient", R"({"resourceType":"Patient"})", "Origin: https://evil.example\r\n").status,
      403);
  test::RawClient rebound(serve_->port());
  EXPECT_EQ(rebound.ask("GET /fhir/metadata HTTP/1.1\r\nHost: evil.example\r\n\r\n").status, 421);
}

TEST_F(FhirApi, HealthAndMetrics) {
  EXPECT_EQ(fhir.get("/healthz").status, 200);
  EXPECT_EQ(fhir.get("/readyz").status, 200);
  fhir.get("/fhir/Patient/nobody");
  std::string metrics = fhir.get("/metrics").body;
  for (const char* name : {"witmed_requests_total{interaction=\"read\",status=\"404\"}",
                           "witmed_request_seconds_bucket{interaction=\"read\",le=\"0.0001\"}",
                           "witmed_connections_open", "witmed_resources", "process_resident_memory_bytes"})
    EXPECT_NE(metrics.find(name), std::string::npos) << name;
}

}  // namespace
}  // namespace witmed
