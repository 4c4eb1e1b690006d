// Terminology over HTTP: resources of the record, searches and expressions that ask for it, the operations.
#include "rest/keeping.h"

namespace witmed::test {
namespace {

constexpr std::string_view kSystem = R"({"resourceType":"CodeSystem","id":"s","url":"urn:s","version":"1","status":"active","content":"complete",
"hierarchyMeaning":"is-a","valueSet":"urn:s:all","concept":[
{"code":"a","display":"Diseases","designation":[{"language":"zh-CN","value":"疾病"}],"concept":[
{"code":"b","display":"Hypertension","designation":[{"language":"zh-CN","value":"高血压"}]},{"code":"c","display":"Diabetes","designation":[{"language":"zh-CN","value":"糖尿病"}]}]},
{"code":"d","display":"Other","designation":[{"language":"zh-CN","value":"其他"}]}]})";
constexpr std::string_view kSet = R"({"resourceType":"ValueSet","id":"v","url":"urn:v","status":"active","compose":{"include":[{"system":"urn:s",
"filter":[{"property":"concept","op":"descendent-of","value":"a"}]}]}})";
constexpr std::string_view kMap = R"({"resourceType":"ConceptMap","id":"m","url":"urn:m","status":"active","group":[{"source":"urn:s","target":"urn:t",
"element":[{"code":"b","target":[{"code":"I10","equivalence":"equivalent"}]}]}]})";

class TerminologyRest : public Keeping {
 protected:
  static void SetUpTestSuite() {
    Keeping::SetUpTestSuite();
    FhirClient fhir(serve_->port());
    const auto put = [&](const std::string& place, std::string_view body) { ASSERT_EQ(fhir.put("/fhir/" + place, std::string(body)).status, 201); };
    put("CodeSystem/s", kSystem);
    put("ValueSet/v", kSet);
    put("ConceptMap/m", kMap);
    for (const std::string code : {"a", "b", "c", "d"})
      put("Observation/" + code, R"({"resourceType":"Observation","id":")" + code + R"(","status":"final","code":{"coding":[{"system":"urn:s","code":")" + code + R"("}]}})");
  }
  std::string ask(const std::string& address, const std::string& what, const std::string& headers = {}) {
    const auto response = fhir.get("/fhir/" + address, headers);
    return response.status == 200 ? at(response.body, what) : std::to_string(response.status) + response.body;
  }
  std::string found(const std::string& query) { return ask("Observation?_sort=_id&" + query, "entry.resource.id"); }
};
using SearchByTerminology = TerminologyRest;

TEST_F(SearchByTerminology, InAndNotIn) {
  EXPECT_EQ(found("code:in=urn:v"), "b,c");
  EXPECT_EQ(found("code:not-in=urn:v"), "a,d");
  EXPECT_EQ(found("code:in=ValueSet/v"), "b,c");
  EXPECT_EQ(found("code:in=urn:s:all"), "a,b,c,d");
  EXPECT_EQ(fhir.get("/fhir/Observation?code:in=urn:none").status, 400);
}

TEST_F(SearchByTerminology, AboveAndBelow) {
  EXPECT_EQ(found("code:below=urn:s%7Ca"), "a,b,c");
  EXPECT_EQ(found("code:above=urn:s%7Cb"), "a,b");
  EXPECT_EQ(found("code:below=urn:s%7Cd"), "d");
}

TEST_F(TerminologyRest, ResourcesOfTheRecordAreKnown) {
  const std::string result = "parameter.where(name='result').value";
  EXPECT_EQ(ask("ValueSet/$validate-code?url=urn:v&system=urn:s&code=b", result), "true");
  EXPECT_EQ(ask("ValueSet/$validate-code?url=urn:v&system=urn:s&code=a", result), "false");
  EXPECT_EQ(ask("ValueSet/v/$validate-code?system=urn:s&code=b", result), "true");
  EXPECT_EQ(ask("CodeSystem/$validate-code?url=urn:s&code=x", result), "false");
  EXPECT_EQ(ask("ValueSet/v/$expand", "expansion.contains.code"), "b,c");
  EXPECT_EQ(ask("ValueSet/$expand?url=urn:s:all&filter=hyper", "expansion.contains.code"), "b");
  EXPECT_EQ(ask("ValueSet/$expand?url=urn:v&displayLanguage=zh-CN", "expansion.contains.display"), "高血压,糖尿病");
  EXPECT_EQ(ask("CodeSystem/$lookup?system=urn:s&code=b", "parameter.where(name='display').value"), "Hypertension");
  EXPECT_EQ(ask("CodeSystem/$subsumes?system=urn:s&codeA=a&codeB=b", "parameter.value"), "subsumes");
  EXPECT_EQ(ask("ConceptMap/$translate?url=urn:m&system=urn:s&code=b", "parameter.where(name='match').part.value.code"), "I10");
  EXPECT_EQ(fhir.get("/fhir/ValueSet/none/$expand").status, 404);
}

TEST_F(TerminologyRest, WhatChangesIsSeenAtOnce) {
  const auto set = [](const char* code) {
    return R"({"resourceType":"ValueSet","id":"w","url":"urn:w","status":"active","compose":{"include":[{"system":"urn:s","concept":[{"code":")" + std::string(code) + R"("}]}]}})";
  };
  EXPECT_EQ(fhir.put("/fhir/ValueSet/w", set("a")).status, 201);
  EXPECT_EQ(ask("ValueSet/$expand?url=urn:w", "expansion.contains.code"), "a");
  EXPECT_EQ(fhir.put("/fhir/ValueSet/w", set("d")).status, 200);
  EXPECT_EQ(ask("ValueSet/$expand?url=urn:w", "expansion.contains.code"), "d");
  EXPECT_LT(fhir.remove("/fhir/ValueSet/w").status, 300);
  EXPECT_GE(fhir.get("/fhir/ValueSet/$expand?url=urn:w").status, 400);
}

TEST_F(TerminologyRest, ExpressionsAsk) {
  const auto evaluate = [&](const std::string& expression) {
    const auto response = operate("$fhirpath", {text("expression", expression),
                                                R"({"name":"resource","resource":{"resourceType":"Observation","status":"final","code":{"coding":[{"system":"urn:s","code":"b"}]}}})"});
    return at(response.body, "parameter.where(name='result').part.value");
  };
  EXPECT_EQ(evaluate("code.memberOf('urn:v')"), "true");
  EXPECT_EQ(evaluate("code.coding.first().subsumedBy(%resource.code.coding.first())"), "true");
}

TEST_F(TerminologyRest, ClosureTellsWhatIsNew) {
  const auto coding = [](const std::string& code) { return R"({"name":"concept","valueCoding":{"system":"urn:s","code":")" + code + "\"}}"; };
  EXPECT_EQ(operate("$closure", {text("name", "t"), coding("a")}).status, 404);
  EXPECT_EQ(operate("$closure", {text("name", "t")}).status, 200);
  EXPECT_EQ(at(operate("$closure", {text("name", "t"), coding("a"), coding("d")}).body, "group.element.code"), "");
  const auto second = operate("$closure", {text("name", "t"), coding("b")});
  EXPECT_EQ(at(second.body, "group.element.code"), "b") << second.body;
  EXPECT_EQ(at(second.body, "group.element.target.code"), "a");
  EXPECT_EQ(at(operate("$closure", {text("name", "t"), text("version", "0")}).body, "group.element.target.equivalence"), "subsumes");
}

TEST_F(TerminologyRest, AClosureTableTakesAllOrNothing) {
  const auto coding = [](const std::string& code) { return R"({"name":"concept","valueCoding":{"system":"urn:s","code":")" + code + "\"}}"; };
  ASSERT_EQ(operate("$closure", {text("name", "u")}).status, 200);
  EXPECT_EQ(operate("$closure", {text("name", "u"), coding("a"), coding("b"), coding("none")}).status, 422);
  EXPECT_EQ(at(operate("$closure", {text("name", "u"), coding("a"), coding("b")}).body, "group.element.target.code"), "a") << "not lost with the refused one";
}

TEST_F(TerminologyRest, MatchesAreThoseOfTheQuestion) {
  const auto matches = [&](const std::string& code) {
    const auto response = operate("CodeSystem/$find-matches", {R"({"name":"system","valueUri":"urn:s"})",
        R"({"name":"property","part":[{"name":"code","valueCode":"code"},{"name":"value","valueCode":")" + code + R"("}]})"});
    return at(response.body, "parameter.where(name='match').part.value.code | parameter.where(name='match').part.where(name='code').value");
  };
  for (const char* code : {"a", "b", "c", "a", "b"}) EXPECT_NE(matches(code).find(code), std::string::npos) << code << ": " << matches(code);
}

// Each imports the next twice: twenty-eight of them are a hundred million ways.
TEST_F(TerminologyRest, ValueSetsThatImportEachOtherAreBounded) {
  std::vector<std::string> parameters = {text("url", "urn:twice:0"), text("code", "zz"), R"({"name":"system","valueUri":"urn:s"})"};
  for (int i = 0; i < 28; ++i) {
    const std::string next = "urn:twice:" + std::to_string(i + 1);
    parameters.push_back(R"({"name":"tx-resource","resource":{"resourceType":"ValueSet","status":"active","url":"urn:twice:)" + std::to_string(i) + R"(","compose":{"include":[)" +
                         (i == 27 ? R"({"system":"urn:s"})" : R"({"valueSet":[")" + next + R"("]},{"valueSet":[")" + next + R"("]})") + "]}}}");
  }
  EXPECT_EQ(operate("ValueSet/$validate-code", parameters).status, 422);
  EXPECT_EQ(operate("ValueSet/$expand", {parameters.begin(), parameters.end()}).status, 422);
}

TEST_F(TerminologyRest, SaysWhatItCan) {
  EXPECT_EQ(ask("metadata?mode=terminology", "expansion.parameter.where(name='displayLanguage').exists()"), "true");
  EXPECT_EQ(ask("metadata?mode=terminology", "codeSystem.where(uri='urn:s').version.code"), "1");
  EXPECT_EQ(ask("metadata", "rest.resource.where(type='ValueSet').operation.where(name='expand').exists()"), "true");
  EXPECT_EQ(ask("$versions", "parameter.where(name='default').value"), "4.0");
}

}  // namespace
}  // namespace witmed::test
