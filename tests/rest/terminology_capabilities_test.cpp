// metadata?mode=terminology: what code systems and value sets are here.
#include <gtest/gtest.h>

#include "rest/keeping.h"

namespace witmed::test {
namespace {

class TerminologyCapabilities : public Keeping {};

TEST_F(TerminologyCapabilities, R4AndWhatIsStored) {
  const std::string gender = "codeSystem.where(uri='http://hl7.org/fhir/administrative-gender').version.code";
  const std::string set = "extension.where(value='http://hl7.org/fhir/ValueSet/administrative-gender').url";
  auto answer = fhir.get("/fhir/metadata?mode=terminology");
  ASSERT_EQ(answer.status, 200) << answer.body.substr(0, 300);
  EXPECT_EQ(at(answer.body, "resourceType"), "TerminologyCapabilities");
  EXPECT_EQ(at(answer.body, gender), "4.0.1");
  EXPECT_EQ(at(answer.body, set), "urn:witmed:value-set");
  EXPECT_EQ(at(answer.body, "codeSystem.where(uri='urn:test:cs:bed')"), "");

  const std::string system = R"({"resourceType":"CodeSystem","url":"urn:test:cs:bed","status":"active","content":"complete","version":")";
  for (const std::string version : {"2", "1"})
    ASSERT_EQ(fhir.post("/fhir/CodeSystem", system + version + R"(","concept":[{"code":"a"}]})").status, 201);
  answer = fhir.get("/fhir/metadata?mode=terminology");
  EXPECT_EQ(at(answer.body, "codeSystem.where(uri='urn:test:cs:bed').version.code"), "1,2");
  EXPECT_EQ(at(fhir.get("/fhir/metadata").body, "resourceType"), "CapabilityStatement");
}

}  // namespace
}  // namespace witmed::test
