#include "fhir/validate/validate.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace witmed::fhir {
namespace {

// What validation finds, a line an issue: "code expression".
std::vector<std::string> faults(std::string_view json) {
  const Document document = Document::parse(json);
  std::vector<std::string> out;
  for (const Issue& issue : validate_structure(document)) {
    EXPECT_FALSE(issue.en.empty() || issue.zh.empty()) << json;
    EXPECT_GT(issue.line, 0u);
    out.push_back(std::string(issue.code) + " " + issue.expression);
  }
  return out;
}

// A Patient with these members besides its resourceType.
std::string patient(std::string_view members) {
  return R"({"resourceType":"Patient",)" + std::string(members) + "}";
}
std::string observation(std::string_view members) {
  return R"({"resourceType":"Observation","status":"final","code":{"text":"x"},)" + std::string(members) +
         "}";
}

using Lines = std::vector<std::string>;
struct Case {
  std::string json;
  Lines expected;
};

void check(const std::vector<Case>& cases) {
  for (const Case& c : cases) EXPECT_EQ(faults(c.json), c.expected) << c.json;
}

TEST(Validate, AcceptsWhatR4Allows) {
  check({{R"({"resourceType":"Patient"})", {}},
         {patient(R"("name":[{"family":"王","given":["小","明"]}],"birthDate":"1958-02-28","active":true)"),
          {}},
         {observation(R"("valueQuantity":{"value":1.00,"unit":"mg"})"), {}},
         {observation(R"("component":[{"code":{"text":"y"},"referenceRange":[{"text":"0-1"}]}])"), {}},
         {patient(R"("contained":[{"resourceType":"Organization","id":"o","name":"x"}])"), {}}});
}

TEST(Validate, ResourceTypeMustBeKnown) {
  check({{"[]", {"structure "}},
         {"{}", {"required "}},
         {R"({"id":"x"})", {"required "}},
         {R"({"resourceType":7})", {"structure resourceType"}},
         {R"({"resourceType":"Patiennt"})", {"structure resourceType"}},
         {R"({"resourceType":"HumanName"})", {"structure resourceType"}},
         {R"({"resourceType":"DomainResource"})", {"structure resourceType"}}});
}

TEST(Validate, NamesMustBeKnown) {
  check({{patient(R"("birthdate":"2000")"), {"structure Patient"}},
         {patient(R"("name":[{"famly":"x"}])"), {"structure Patient.name[0]"}},
         {patient(R"("name":[{"resourceType":"HumanName"}])"), {"structure Patient.name[0]"}},
         {patient(R"("status":"x")"), {"structure Patient"}},
         {patient(R"("_name":[{"id":"x"}])"), {"structure Patient"}},
         {observation(R"("value":1)"), {"structure Observation"}},
         {observation(R"("valueAddress":{"city":"x"})"), {"structure Observation"}}});
}

TEST(Validate, JsonTypesMustFit) {
  check({{patient(R"("active":"true")"), {"structure Patient.active"}},
         {patient(R"("birthDate":2000)"), {"structure Patient.birthDate"}},
         {patient(R"("birthDate":null)"), {"structure Patient.birthDate"}},
         {patient(R"("birthDate":["2000"])"), {"structure Patient.birthDate"}},
         {patient(R"("name":{"family":"x"})"), {"structure Patient.name"}},
         {patient(R"("name":["x"])"), {"structure Patient.name[0]"}},
         {patient(R"("name":[null])"), {"structure Patient.name[0]"}},
         {patient(R"("name":[[{"family":"x"}]])"), {"structure Patient.name[0]"}},
         {patient(R"("maritalStatus":"M")"), {"structure Patient.maritalStatus"}},
         {patient(R"("contained":["x"])"), {"structure Patient.contained[0]"}},
         {observation(R"("valueQuantity":{"value":"1.0"})"),
          {"structure Observation.value.ofType(Quantity).value"}}});
}

TEST(Validate, NothingMayBeEmpty) {
  check({{patient(R"("name":[])"), {"structure Patient.name"}},
         {patient(R"("name":[{}])"), {"structure Patient.name[0]"}},
         {patient(R"("id":"")"), {"value Patient.id"}},
         {patient(R"("name":[{"given":[""]}])"), {"value Patient.name[0].given[0]"}},
         {patient(R"("_birthDate":{})"), {"structure Patient.birthDate"}}});
}

TEST(Validate, RequiredElementsMustBeThere) {
  check(
      {{R"({"resourceType":"Observation"})", {"required Observation", "required Observation"}},
       {R"({"resourceType":"Observation","status":"final"})", {"required Observation"}},
       {R"({"resourceType":"Observation","_status":{"extension":[{"url":"u","valueCode":"unknown"}]},"code":{"text":"x"}})",
        {}},
       {observation(R"("component":[{"valueString":"x"}])"), {"required Observation.component[0]"}},
       {R"({"resourceType":"MedicationRequest","status":"active","intent":"order","subject":{"display":"x"}})",
        {"required MedicationRequest"}},
       {R"({"resourceType":"MedicationRequest","status":"active","intent":"order","subject":{"display":"x"},
              "medicationCodeableConcept":{"text":"m"}})",
        {}}});
}

TEST(Validate, OneAlternativeOfAChoice) {
  check({{observation(R"("valueString":"a","valueInteger":1)"),
          {"structure Observation.value.ofType(integer)"}},
         {observation(R"("valueString":"a","_valueString":{"id":"x"})"), {}},
         {observation(R"("valueString":"a","_valueInteger":{"id":"x"})"),
          {"structure Observation.value.ofType(integer)"}},
         {observation(R"("valueString":"a","effectiveDateTime":"2020")"), {}}});
}

TEST(Validate, SiblingsOfPrimitives) {
  const std::string extension = R"({"extension":[{"url":"u","valueString":"x"}]})";
  check({{patient(R"("_birthDate":)" + extension), {}},
         {patient(R"("name":[{"given":["a",null],"_given":[null,)" + extension + "]}]"), {}},
         {patient(R"("name":[{"_given":[)" + extension + "]}]"), {}},
         {patient(R"("name":[{"given":["a",null],"_given":[null,null]}])"),
          {"structure Patient.name[0].given[1]"}},
         {patient(R"("name":[{"given":["a",null]}])"), {"structure Patient.name[0].given[1]"}},
         {patient(R"("name":[{"given":["a"],"_given":[null,)" + extension + "]}]"),
          {"structure Patient.name[0].given"}},
         {patient(R"("name":[{"_given":[null]}])"), {"structure Patient.name[0].given[0]"}},
         {patient(R"("name":[{"_given":)" + extension + "}]"), {"structure Patient.name[0].given"}},
         {patient(R"("_birthDate":[null])"), {"structure Patient.birthDate"}},
         {patient(R"("_birthDate":{"value":"x"})"), {"structure Patient.birthDate"}}});
}

TEST(Validate, Extensions) {
  check({{patient(R"("extension":[{"url":"u","valueBoolean":false}])"), {}},
         {patient(R"("extension":[{"url":"u","extension":[{"url":"v","valueCode":"x"}]}])"), {}},
         {patient(R"("extension":[{"valueCode":"x"}])"), {"required Patient.extension[0]"}},
         {patient(R"("extension":[{"url":"u"}])"), {"invariant Patient.extension[0]"}},
         {patient(R"("extension":[{"url":"u","valueCode":"x","extension":[{"url":"v","valueCode":"x"}]}])"),
          {"invariant Patient.extension[0]"}}});
}

TEST(Validate, ResourcesInside) {
  check(
      {{patient(R"("contained":[{"id":"x"}])"), {"required Patient.contained[0]"}},
       {patient(
            R"("contained":[{"resourceType":"Organization","contained":[{"resourceType":"Basic","code":{"text":"x"}}]}])"),
        {"structure Patient.contained[0].contained"}},
       {R"({"resourceType":"Bundle","type":"collection","entry":[{"resource":{"resourceType":"Patient","x":1}}]})",
        {"structure Bundle.entry[0].resource"}},
       {R"({"resourceType":"Bundle","type":"batch-response","entry":[{"response":{"status":"400",
              "outcome":{"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"x"}]}}}]})",
        {}},
       {R"({"resourceType":"Bundle","type":"batch-response","entry":[{"response":{"status":"400",
              "outcome":{"resourceType":"Patient"}}}]})",
        {"structure Bundle.entry[0].response.outcome.resourceType"}},
       {R"({"resourceType":"Parameters","parameter":[{"name":"p","part":[{"name":"q","resource":{"resourceType":"Patient","id":"_"}}]}]})",
        {"value Parameters.parameter[0].part[0].resource.id"}}});
}

TEST(Validate, ReferencesToTheTypesAllowed) {
  const auto subject = [](std::string_view members) {
    return observation(R"("subject":{)" + std::string(members) + "}");
  };
  check({{subject(R"("reference":"Patient/1")"), {}},
         {subject(R"("reference":"Patient/1/_history/2","type":"Patient")"), {}},
         {subject(R"("reference":"Patient?identifier=a|b")"), {}},
         {subject(R"("reference":"#p")"), {}},
         {subject(R"("reference":"urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0")"), {}},
         {subject(R"("reference":"https://example.org/fhir/Anything/1")"), {}},
         {subject(R"("type":"http://example.org/Type","display":"x")"), {}},
         {subject(R"("reference":"Organization/1")"), {"value Observation.subject"}},
         {subject(R"("reference":"Patiant/1")"), {"value Observation.subject"}},
         {subject(R"("type":"Organization")"), {"value Observation.subject"}},
         {subject(R"("reference":"Patient/1","type":"Group")"), {"value Observation.subject"}},
         {observation(R"("focus":[{"reference":"Organization/1"}])"), {}}});
}

TEST(Validate, TellsTheLineAndColumn) {
  const Document d =
      Document::parse("{\"resourceType\": \"Patient\",\n \"name\": [\n  {\"family\": \"王\", \"x\": 1}]}");
  const auto issues = validate_structure(d);
  ASSERT_EQ(issues.size(), 1u);
  EXPECT_EQ(issues[0].line, 3u);
  EXPECT_EQ(issues[0].column, 24u);
}

TEST(Validate, IssuesStandInTheOrderOfTheText) {
  EXPECT_EQ(faults(R"({"resourceType":"Observation","component":[{"x":1}],"y":2})"),
            (Lines{"required Observation", "required Observation", "required Observation.component[0]",
                   "structure Observation.component[0]", "structure Observation"}));
}

TEST(Validate, NamesTheNearestProperty) {
  const Document d = Document::parse(patient(R"("birthdate":"2000","nmae":[],"zzzzzz":1,"i":1)"));
  const auto issues = validate_structure(d);
  ASSERT_EQ(issues.size(), 4u);
  EXPECT_NE(issues[0].en.find("\"birthDate\""), std::string::npos);
  EXPECT_NE(issues[0].zh.find("birthDate"), std::string::npos);
  EXPECT_NE(issues[1].en.find("\"name\""), std::string::npos);
  EXPECT_EQ(issues[2].en.find("did you mean"), std::string::npos);
  EXPECT_EQ(issues[3].en.find("did you mean"), std::string::npos);
}

TEST(Validate, StopsAtTheLimit) {
  std::string names = "{\"x\":1}";
  for (int i = 0; i < 500; ++i) names += ",{\"x\":1}";
  const Document d = Document::parse(patient("\"name\":[" + names + "]"));
  EXPECT_EQ(validate_structure(d).size(), 100u);
  EXPECT_EQ(validate_structure(d, 3).size(), 3u);
}

TEST(Validate, OneResourceOfABundle) {
  const Document d = Document::parse(
      R"({"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Patient","active":1}}]})");
  const auto issues = validate_structure((*d.root()["entry"].begin())["resource"]);
  ASSERT_EQ(issues.size(), 1u);
  EXPECT_EQ(issues[0].expression, "Bundle.entry[0].resource.active");
}

}  // namespace
}  // namespace witmed::fhir
