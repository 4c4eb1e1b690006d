// Search over HTTP: what depends on the address, the headers and the Bundle.
#include <array>

#include "rest/serve.h"

namespace witmed {
namespace {

using test::at;
using test::FhirClient;
using test::Serve;

class SearchRest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    serve_ = new Serve;
    FhirClient fhir(serve_->port());
    const std::string base = "http://" + fhir.host + "/fhir";
    const auto put = [&](const std::string& place, const std::string& members) {
      const auto slash = place.find('/');
      const auto answer = fhir.put("/fhir/" + place, R"({"resourceType":")" + place.substr(0, slash) + R"(","id":")" + place.substr(slash + 1) + "\"," + members + "}");
      ASSERT_EQ(answer.status, 201) << answer.body;
    };
    put("Patient/p", R"("gender":"male","name":[{"family":"Peter"}])");
    put("Patient/q", R"("gender":"female")");
    for (const auto& [id, code, day, subject] : std::initializer_list<std::array<std::string, 4>>{
             {"o1", "a", "2020-01-01", "Patient/p"},
             {"o2", "a", "2020-01-03", base + "/Patient/p"},
             {"o3", "b", "2020-01-02", "Patient/p"},
             {"o4", "a", "2020-01-04", "Patient/q"}})
      put("Observation/" + id, R"("status":"final","code":{"coding":[{"system":"urn:c","code":")" + code + R"("}]},"effectiveDateTime":")" + day +
                                   R"(","subject":{"reference":")" + subject + "\"}");
  }
  static void TearDownTestSuite() {
    EXPECT_EQ(serve_->stop(), 0) << serve_->log();
    delete serve_;
  }
  SearchRest() : fhir(serve_->port()) {}
  std::string ids(const std::string& address) {
    const auto answer = fhir.get(address);
    EXPECT_EQ(answer.status, 200) << answer.body;
    return at(answer.body, "entry.resource.id");
  }
  static Serve* serve_;
  FhirClient fhir;
};
Serve* SearchRest::serve_ = nullptr;

TEST_F(SearchRest, ReferencesUnderTheServersOwnAddress) {
  EXPECT_EQ(ids("/fhir/Observation?subject=Patient/p&_sort=_id"), "o1,o2,o3");
  EXPECT_EQ(ids("/fhir/Observation?subject=http://" + fhir.host + "/fhir/Patient/p&_sort=_id"), "o1,o2,o3");
  EXPECT_EQ(ids("/fhir/Observation?patient.name=peter&_sort=_id"), "o1,o2,o3");
  EXPECT_EQ(ids("/fhir/Patient?_has:Observation:patient:date=2020-01-03"), "p");
}

TEST_F(SearchRest, ReferencesUnderTheServersOwnAddressAreOfTheSameResident) {
  EXPECT_EQ(ids("/fhir/Observation?patient=p&_sort=-date"), "o2,o3,o1") << "by the timeline";
  EXPECT_EQ(ids("/fhir/Patient/p/Observation?_sort=_id"), "o1,o2,o3");
  EXPECT_NE(ids("/fhir/Patient/p/$everything").find("o2"), std::string::npos);
  EXPECT_EQ(at(fhir.get("/fhir/Observation/o2").body, "subject.reference"), "Patient/p");
}

TEST_F(SearchRest, LatestOfEachKind) {
  EXPECT_EQ(ids("/fhir/Observation/$lastn?patient=p"), "o2,o3");
  EXPECT_EQ(ids("/fhir/Observation/$lastn?patient=p&max=2"), "o2,o1,o3");
  EXPECT_EQ(ids("/fhir/Observation/$lastn?patient=Patient/p&code=urn:c%7Ca"), "o2");
  EXPECT_EQ(fhir.get("/fhir/Observation/$lastn?code=a").status, 400);
  EXPECT_EQ(fhir.get("/fhir/Observation/$lastn?patient=p&max=none").status, 400);
}

TEST_F(SearchRest, LinksAndModes) {
  const auto answer = fhir.get("/fhir/Observation?code=a&_include=Observation:patient&_count=1&_sort=date");
  EXPECT_EQ(at(answer.body, "entry.search.mode"), "match,include");
  EXPECT_NE(at(answer.body, "link.where(relation='self').url").find("_include=Observation:patient"), std::string::npos);
  EXPECT_NE(at(answer.body, "link.where(relation='next').url").find("_count=1"), std::string::npos);
  const auto lenient = fhir.get("/fhir/Patient?gender=male&nonsense=1", "Prefer: handling=lenient\r\n");
  EXPECT_EQ(at(lenient.body, "entry.search.mode"), "match,outcome");
  EXPECT_EQ(at(lenient.body, "link.where(relation='self').url").find("nonsense"), std::string::npos);
  EXPECT_EQ(fhir.get("/fhir/Patient?gender=male&nonsense=1").status, 400);
  EXPECT_EQ(at(fhir.get("/fhir/Observation?_summary=count").body, "total"), "4");
  EXPECT_EQ(ids("/fhir/Patient/p/Observation?code=b"), "o3");
}

TEST_F(SearchRest, OwnParametersAreDeclaredAndTold) {
  const std::string own = R"({"resourceType":"SearchParameter","id":"eye","url":"http://example.org/eye","name":"eye","status":"active","description":"x",)"
                          R"("code":"eye","base":["Patient"],"type":"string","expression":"Patient.extension.where(url='urn:eye').value"})";
  EXPECT_EQ(fhir.get("/fhir/Patient?eye=blue").status, 400);
  ASSERT_EQ(fhir.put("/fhir/SearchParameter/eye", own).status, 201);
  ASSERT_EQ(fhir.put("/fhir/Patient/e", R"({"resourceType":"Patient","id":"e","extension":[{"url":"urn:eye","valueString":"Blue"}]})").status, 201);
  EXPECT_EQ(ids("/fhir/Patient?eye=blue"), "e");
  const auto status = fhir.get("/fhir/SearchParameter/eye/$status");
  EXPECT_EQ(status.status, 200) << status.body;
  EXPECT_NE(at(status.body, "parameter.where(name='state').value"), "");
  EXPECT_EQ(at(fhir.get("/fhir/metadata").body, "rest.resource.where(type='Patient').searchParam.where(name='eye').definition"), "http://example.org/eye");
  EXPECT_NE(fhir.get("/metrics").body.find("witmed_search_indexing_left"), std::string::npos);
  EXPECT_EQ(fhir.get("/fhir/SearchParameter/none/$status").status, 404);
}

}  // namespace
}  // namespace witmed
