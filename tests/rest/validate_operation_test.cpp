// $validate over HTTP: system, type and instance; the resource as body or in Parameters.
#include <gtest/gtest.h>

#include "rest/keeping.h"

namespace witmed::test {
namespace {

class ValidateOperation : public Keeping {
 protected:
  // "rule place line" of what was found.
  static std::string told(const RawResponse& response) {
    EXPECT_EQ(response.status, 200) << response.body;
    return at(response.body, "issue.where(severity='error').select(details.coding.code | expression | location)");
  }
};

const std::string kLonely = R"({"resourceType":"Patient",
 "contact":[{"gender":"male"}]})";

TEST_F(ValidateOperation, ABodyAtEveryLevel) {
  for (const char* path : {"$validate", "Patient/$validate", "Patient/p1/$validate"})
    EXPECT_EQ(told(fhir.post("/fhir/" + std::string(path), kLonely)), R"(pat-1,Patient.contact[0],line 2, column 13)") << path;
  EXPECT_EQ(at(fhir.post("/fhir/Patient/$validate", R"({"resourceType":"Patient"})").body, "issue.severity"), "information");
}

TEST_F(ValidateOperation, PlacesInParametersAreThoseOfTheBody) {
  EXPECT_EQ(told(fhir.post("/fhir/$validate", "{\"resourceType\":\"Parameters\",\"parameter\":[\n{\"name\":\"resource\",\"resource\":{\"resourceType\":\"Patient\",\"contact\":[{\"gender\":\"male\"}]}}]}")),
            "pat-1,Patient.contact[0],line 2, column 68");
}

TEST_F(ValidateOperation, TheProfileAskedFor) {
  const std::string url = "http://hl7.org/fhir/StructureDefinition/heartrate";
  const std::string observation = R"({"resourceType":"Observation","status":"final","code":{"text":"x"}})";
  EXPECT_EQ(told(fhir.post("/fhir/Observation/$validate", observation)), "");
  EXPECT_NE(told(fhir.post("/fhir/Observation/$validate?profile=" + url, observation)), "");
  EXPECT_NE(told(operate("Observation/$validate", {R"({"name":"profile","valueUri":")" + url + "\"}", R"({"name":"resource","resource":)" + observation + "}"})), "");
}

TEST_F(ValidateOperation, ModeAndAddress) {
  const std::string with_id = R"({"resourceType":"Patient","id":"p9"})";
  EXPECT_EQ(told(fhir.post("/fhir/Patient/p9/$validate?mode=update", with_id)), "");
  EXPECT_EQ(rules(fhir.post("/fhir/Patient/p1/$validate?mode=update", with_id)), "address-id");
  EXPECT_EQ(rules(fhir.post("/fhir/Group/$validate", with_id)), "address-type");
  EXPECT_EQ(fhir.post("/fhir/Patient/$validate?mode=nothing", with_id).status, 400);
  EXPECT_EQ(fhir.post("/fhir/Patient/nobody/$validate?mode=delete", "").status, 404);
}

TEST_F(ValidateOperation, AStoredResource) {
  const std::string id = at(fhir.post("/fhir/Patient", R"({"resourceType":"Patient","name":[{"family":"a"}]})").body, "id");
  EXPECT_EQ(told(fhir.get("/fhir/Patient/" + id + "/$validate")), "");
  EXPECT_EQ(fhir.get("/fhir/Patient/nobody/$validate").status, 404);
  EXPECT_EQ(fhir.post("/fhir/Patient/$validate", "").status, 400);
}

TEST_F(ValidateOperation, WhatIsNoJsonIsAFinding) {
  EXPECT_EQ(at(fhir.post("/fhir/Patient/$validate", "{bad").body, "issue.severity"), "fatal");
}

TEST_F(ValidateOperation, AWriteThatBreaksARuleIsRefused) {
  const auto refused = fhir.post("/fhir/Patient", kLonely);
  EXPECT_EQ(refused.status, 422);
  EXPECT_EQ(rules(refused), "pat-1");
}

}  // namespace
}  // namespace witmed::test
