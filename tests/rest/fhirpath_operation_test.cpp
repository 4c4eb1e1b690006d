// POST $fhirpath over HTTP, with the parameters that FHIRPath Lab sends.
#include <gtest/gtest.h>

#include "rest/keeping.h"

namespace witmed::test {
namespace {

const std::string kPatient =
    R"({"resourceType":"Patient","id":"p1","active":true,"name":[{"use":"official","family":"张","given":["伟","小伟"]},{"given":["Wei"]}],"birthDate":"1990-03-07","contact":[{"gender":"female"}]})";

std::string resource(const std::string& json) { return R"({"name":"resource","resource":)" + json + "}"; }

class FhirPathOperation : public Keeping {
 protected:
  RawResponse ask(const std::string& expression, std::vector<std::string> more = {}) {
    more.push_back(text("expression", expression));
    more.push_back(resource(kPatient));
    return operate("$fhirpath", more);
  }
};

TEST_F(FhirPathOperation, ValuesWithTypeAndPlace) {
  const auto response = ask("name.given");
  ASSERT_EQ(response.status, 200) << response.body;
  EXPECT_EQ(at(response.body, "parameter.where(name='result').part.value"), "伟,小伟,Wei");
  EXPECT_EQ(at(response.body, "parameter.where(name='result').part.name"), "string,string,string");
  EXPECT_EQ(at(response.body, "parameter.where(name='result').part.extension.value"),
            "Patient.name[0].given[0],Patient.name[0].given[1],Patient.name[1].given[0]");
  const std::string told = "parameter.where(name='parameters').part.where(name='";
  EXPECT_EQ(at(response.body, told + "expectedReturnType').value"), "string[]");
  EXPECT_EQ(at(response.body, told + "expression').value"), "name.given");
  EXPECT_EQ(at(response.body, told + "resource').resource.id"), "p1");
  EXPECT_NE(at(response.body, told + "parseDebugTree').value")
                .find(R"("ExpressionType":"ChildExpression","Name":"given")"),
            std::string::npos);
}

TEST_F(FhirPathOperation, EveryKindOfValue) {
  const auto value = [&](const std::string& expression) {
    const auto response = ask(expression);
    return std::to_string(response.status) + " " +
           at(response.body, "parameter.where(name='result').part.select(name | value)");
  };
  EXPECT_EQ(value("active"), "200 boolean,true");
  EXPECT_EQ(value("1 + 1"), "200 integer,2");
  EXPECT_EQ(value("1.50"), "200 decimal,1.50");
  EXPECT_EQ(value("'x'"), "200 string,x");
  EXPECT_EQ(value("birthDate + 1 day"), "200 date,1990-03-08");
  EXPECT_EQ(value("@T10:30"), "200 time,10:30");
  EXPECT_EQ(value("{}"), "200 ");
  EXPECT_EQ(at(ask("5.4 'mg'").body, "parameter.part.value.ofType(Quantity).select(value.toString() | code)"),
            "5.4,mg");
  EXPECT_EQ(at(ask("$this").body, "parameter.where(name='result').part.resource.id"), "p1");
  EXPECT_EQ(at(ask("name[0]").body, "parameter.where(name='result').part.value.family"), "张");
  EXPECT_EQ(at(ask("contact").body, "parameter.where(name='result').part.select(name | extension[1].value)"),
            R"(Patient.contact,{"gender":"female"})");
}

TEST_F(FhirPathOperation, ContextVariablesAndTrace) {
  const auto response =
      ask("trace('seen', given).given.count() + %more + %person.name.count()",
          {text("context", "name"),
           R"({"name":"variables","part":[{"name":"more","valueInteger":10},{"name":"person","resource":)" +
               kPatient + "}]}"});
  ASSERT_EQ(response.status, 200) << response.body;
  EXPECT_EQ(at(response.body, "parameter.where(name='result').value"), "Patient.name[0],Patient.name[1]");
  EXPECT_EQ(at(response.body, "parameter.where(name='result').part.where(name='integer').value"), "14,13");
  EXPECT_EQ(at(response.body, "parameter.where(name='result').part.where(name='trace').value"), "seen,seen");
  EXPECT_EQ(at(response.body, "parameter.where(name='result').part.where(name='trace').part.value"),
            "伟,小伟,Wei");
  EXPECT_EQ(
      at(ask("$this * 2", {text("context", "1 | 2")}).body, "parameter.where(name='result').part.value"),
      "2,4");
}

TEST_F(FhirPathOperation, ResourceAsTextAndReferencesFromTheRecord) {
  std::string hidden;
  for (char c : kPatient) hidden += c == '"' ? std::string("\\\"") : std::string(1, c);
  const auto response = operate(
      "$fhirpath",
      {text("expression", "id"),
       R"({"name":"resource","extension":[{"url":"http://fhir.forms-lab.com/StructureDefinition/json-value","valueString":")" +
           hidden + R"("}]})"});
  EXPECT_EQ(at(response.body, "parameter.where(name='result').part.value"), "p1") << response.body;

  ASSERT_EQ(fhir.post("/fhir/Organization", R"({"resourceType":"Organization","name":"县医院"})").status,
            201);
  const std::string id = at(fhir.get("/fhir/Organization?name=县医院").body, "entry.resource.id");
  const std::string there =
      R"({"resourceType":"Patient","managingOrganization":{"reference":"Organization/)" + id + "\"}}";
  const auto resolved =
      operate("$fhirpath", {text("expression", "managingOrganization.resolve().name"), resource(there)});
  EXPECT_EQ(at(resolved.body, "parameter.where(name='result').part.value"), "县医院") << resolved.body;
}

TEST_F(FhirPathOperation, EachStepByItsPositionInTheExpression) {
  //                          0123456789…
  const auto response = ask("name.where(family = '张').given", {truth("validate")});
  ASSERT_EQ(response.status, 200) << response.body;
  const std::string steps = "parameter.where(name='debug-trace').part";
  EXPECT_EQ(at(response.body, steps + ".name.join(';')"),
            "0,4,name;11,6,family;18,1,=;11,6,family;18,1,=;5,19,where;25,5,given");
  const auto step = [&](const std::string& name, const std::string& what) {
    return at(response.body, steps + ".where(name='" + name + "').part" + what);
  };
  EXPECT_EQ(step("0,4,name", ".where(name='HumanName').extension.value"), "Patient.name[0],Patient.name[1]");
  EXPECT_EQ(step("18,1,=", ".where(name='boolean').value"), "true");  // of the second name it is not known
  EXPECT_EQ(step("18,1,=", ".where(name='this-resource-path').value"), "Patient.name[0],Patient.name[1]");
  EXPECT_EQ(step("18,1,=", ".where(name='index').value"), "0,1");
  EXPECT_EQ(step("25,5,given", ".where(name='string').value"), "伟,小伟");
  // The tree says the same positions.
  EXPECT_NE(at(response.body, "parameter.part.where(name='parseDebugTree').value")
                .find(R"("Name":"where","Position":5,"Length":19)"),
            std::string::npos);
  EXPECT_EQ(at(ask("name").body, "parameter.where(name='debug-trace').count()"), "0");
}

TEST_F(FhirPathOperation, StepsAreBounded) {
  const auto many =
      ask("('" + std::string(3000, 'x') + "').toChars().where($this = 'x').count()", {truth("validate")});
  ASSERT_EQ(many.status, 200) << many.body.substr(0, 300);
  EXPECT_EQ(at(many.body, "parameter.where(name='debug-trace').part.count()"), "2000");
  EXPECT_EQ(at(many.body, "parameter.where(name='debug-trace').extension.value"), "4003");
  // Of many values the first; of a long text its beginning.
  const auto values = ask("('" + std::string(3000, 'x') + "').toChars()", {truth("validate")});
  EXPECT_EQ(
      at(values.body, "parameter.where(name='debug-trace').part.select(part.count() | extension.value)"),
      "21,2980");
  const auto text = ask("'" + std::string(3000, 'x') + "' & 'y'", {truth("validate")});
  EXPECT_EQ(
      at(text.body, "parameter.where(name='debug-trace').part.part.where(name='string').value.length()"),
      "1001");
}

TEST_F(FhirPathOperation, AFaultSaysWhereInTheExpression) {
  const auto said = [&](const std::string& expression, std::vector<std::string> more = {}) {
    const auto response = ask(expression, std::move(more));
    EXPECT_EQ(response.status, 400);
    return at(response.body, "issue.select(details.coding.code | location | expression)");
  };
  const std::string there = ",Parameters.parameter.where(name = 'expression').value";
  EXPECT_EQ(said("name..given"), "fhirpath-syntax,line 1, column 6" + there);
  EXPECT_EQ(said("name.first() |\\n  name.nosuch()"), "fhirpath-semantic,line 2, column 8" + there);
  EXPECT_EQ(said("'张' | name.given.single()"), "fhirpath-execution,line 1, column 18" + there);
  EXPECT_EQ(said("1 > name.given"), "fhirpath-execution,line 1, column 3" + there);
  EXPECT_EQ(said("'x'.matches('(')"), "fhirpath-execution,line 1, column 5" + there);
  EXPECT_EQ(said("name.nosuch", {truth("strict")}), "fhirpath-semantic,line 1, column 6" + there);
  EXPECT_EQ(said("1", {text("context", "name.")}),
            "fhirpath-syntax,line 1, column 6,Parameters.parameter.where(name = 'context').value");
}

TEST_F(FhirPathOperation, Faults) {
  EXPECT_EQ(ask("name.").status, 400);
  EXPECT_EQ(ask("name.single()").status, 400);
  EXPECT_EQ(ask("name.nosuch").status, 200);
  EXPECT_EQ(ask("name.nosuch", {truth("strict")}).status, 400);
  const auto checked = ask("name.nosuch", {truth("validate")});
  EXPECT_EQ(checked.status, 200);
  EXPECT_NE(at(checked.body, "parameter.part.where(name='parseDebug').value").find("nosuch"),
            std::string::npos);
  EXPECT_EQ(operate("$fhirpath", {text("expression", "1")}).status, 400);
  EXPECT_EQ(operate("$fhirpath", {resource(kPatient)}).status, 400);
  EXPECT_EQ(operate("$fhirpath", {text("expression", "1"), resource(R"({"resourceType":"Nothing"})")}).status,
            400);
  EXPECT_EQ(fhir.post("/fhir/$fhirpath", "").status, 400);
  // Too much asked, by one expression and by many contexts.
  EXPECT_EQ(ask("1.repeat($this + 1)").status, 400);
  EXPECT_EQ(ask("('" + std::string(20000, 'x') + "').toChars()").status, 400);
}

}  // namespace
}  // namespace witmed::test
