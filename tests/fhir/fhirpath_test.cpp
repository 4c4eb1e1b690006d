#include "fhir/fhirpath/fhirpath.h"

#include <gtest/gtest.h>

namespace witmed::fhir {
namespace {

const char* kPatient = R"({"resourceType":"Patient","id":"p1","active":true,
  "contained":[{"resourceType":"Organization","id":"org","name":"县医院"}],
  "managingOrganization":{"reference":"#org"},
  "name":[{"use":"official","family":"张","given":["伟","小伟"]},{"use":"usual","given":["Wei"]}],
  "birthDate":"1990-03-07","_birthDate":{"extension":[{"url":"urn:time","valueDateTime":"1990-03-07T08:00:00+08:00"}]},
  "multipleBirthInteger":2,
  "generalPractitioner":[{"reference":"Practitioner/1"},{"reference":"http://h/fhir/Organization/2"},{"reference":"urn:uuid:1","type":"Practitioner"}],
  "communication":[{"language":{"coding":[{"code":"zh"}],"text":"中文"},"preferred":true}],
  "_gender":{"extension":[{"url":"urn:why","valueCode":"unknown"}]}})";

class FhirPath : public testing::Test {
 protected:
  Collection run(std::string_view text, const char* json = kPatient) {
    document_.emplace_back(Document::parse(json));
    EvalContext context;
    context.resource = document_.back().root();
    TypeId type = document_.back().resource_type();
    return Expression::compile(text, type).evaluate(context.resource, type, context);
  }
  // The values as text, joined by spaces.
  std::string text(std::string_view expression, const char* json = kPatient) {
    std::string out;
    for (const PathValue& value : run(expression, json)) {
      if (!out.empty()) out += ' ';
      switch (value.kind) {
        case PathValue::Kind::node: out += value.node ? value.node.string() : "-"; break;
        case PathValue::Kind::boolean: out += value.truth ? "true" : "false"; break;
        case PathValue::Kind::integer: out += std::to_string(value.integer); break;
        case PathValue::Kind::quantity: out += value.number + value.text; break;
        default: out += value.text;
      }
    }
    return out;
  }
  std::vector<Document> document_;
};

TEST_F(FhirPath, Paths) {
  EXPECT_EQ(text("Patient.name.given"), "伟 小伟 Wei");
  EXPECT_EQ(text("name.where(use='official').given"), "伟 小伟");
  EXPECT_EQ(text("name[1].given.first()"), "Wei");
  EXPECT_EQ(text("Patient.name.given.count()"), "3");
  EXPECT_EQ(text("Observation.name.given"), "");
  EXPECT_EQ(text("name.given.select($this.length())"), "1 2 3");
  EXPECT_EQ(text("name.given.where($index = 1)"), "小伟");
}

TEST_F(FhirPath, ChoiceElementsHaveTheirType) {
  EXPECT_EQ(text("Patient.multipleBirth"), "2");
  EXPECT_EQ(text("multipleBirth is integer"), "true");
  EXPECT_EQ(text("multipleBirth.ofType(boolean)"), "");
  EXPECT_EQ(text("(multipleBirth as integer) + 1"), "3");
  EXPECT_EQ(text("multipleBirthInteger"), "");
}

TEST_F(FhirPath, PrimitivesHaveExtensions) {
  EXPECT_EQ(text("birthDate.extension('urn:time').value"), "1990-03-07T08:00:00+08:00");
  EXPECT_EQ(text("birthDate.hasValue()"), "true");
  EXPECT_EQ(text("gender.hasValue()"), "false");
  EXPECT_EQ(text("gender.exists()"), "true");
  EXPECT_EQ(text("gender.extension.value"), "unknown");
  EXPECT_EQ(text("gender = 'male'"), "false");
}

TEST_F(FhirPath, ResolveAnswersByTypeWithoutFetching) {
  EXPECT_EQ(text("generalPractitioner.where(resolve() is Practitioner).reference"),
            "Practitioner/1 urn:uuid:1");
  EXPECT_EQ(text("generalPractitioner.where(resolve() is Organization).reference"),
            "http://h/fhir/Organization/2");
  EXPECT_EQ(text("managingOrganization.resolve().name"), "县医院");
}

TEST_F(FhirPath, ThreeValuedLogic) {
  EXPECT_EQ(text("{} and false"), "false");
  EXPECT_EQ(text("{} and true"), "");
  EXPECT_EQ(text("{} or true"), "true");
  EXPECT_EQ(text("{} implies true"), "true");
  EXPECT_EQ(text("true implies {}"), "");
  EXPECT_EQ(text("{} xor true"), "");
}

TEST_F(FhirPath, DatesOfDifferentPrecision) {
  EXPECT_EQ(text("birthDate < @1990-03-08"), "true");
  EXPECT_EQ(text("birthDate = @1990-03"), "");
  EXPECT_EQ(text("birthDate > @1991"), "false");
  EXPECT_EQ(text("@2024-02-29 + 1 year"), "2025-02-28");
  EXPECT_EQ(text("@2024-01-31 + 1 month"), "2024-02-29");
  EXPECT_EQ(text("@T23:30 + 1 hour"), "00:30");
}

TEST_F(FhirPath, QuantitiesByUcum) {
  EXPECT_EQ(text("5.4 'mg' = 0.0054 'g'"), "true");
  EXPECT_EQ(text("1 'mmol/L' > 500 'umol/L'"), "true");
  EXPECT_EQ(text("1 'mg' = 1 's'"), "");
}

TEST_F(FhirPath, Errors) {
  EXPECT_THROW(run("name.given."), PathError);
  EXPECT_THROW(run("name.nosuch()"), PathError);
  EXPECT_THROW(run("(1|2) + 1"), PathError);
  EXPECT_THROW(run("%nosuch"), PathError);
  EXPECT_THROW(run("name.single()"), PathError);
}

TEST_F(FhirPath, NothingRunsAway) {
  EXPECT_THROW(run(std::string(100'000, '(')), PathError);
  std::string deep;
  for (int i = 0; i < 200; ++i) deep += "(";
  EXPECT_THROW(run(deep + "1"), PathError);
  std::string chain = "1";
  for (int i = 0; i < 5000; ++i) chain += "+1";
  EXPECT_THROW(run(chain), PathError);
  // Backtracking without end, if it were let.
  EXPECT_THROW(run("'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!'.matches('^(a+)+$')"), PathError);
  EXPECT_THROW(run("1.repeat($this + 1)"), PathError);
  EXPECT_THROW(
      run("('aaaaaaaaaa').select($this.replace('a', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa').replace('a', "
          "'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa').replace('a', "
          "'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa').replace('a', "
          "'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa').replace('a','aaaaaaaaaaaa'))"),
      PathError);
}

TEST_F(FhirPath, Narrative) {
  auto checks = [&](std::string div) {
    std::string json = R"({"resourceType":"Basic","text":{"status":"generated","div":")" + div +
                       R"("},"code":{"text":"x"}})";
    return text("text.`div`.htmlChecks()", json.c_str());
  };
  EXPECT_EQ(checks("<div xmlns=\\\"http://www.w3.org/1999/xhtml\\\"><p>中文 &amp; <b>x</b></p></div>"),
            "true");
  EXPECT_EQ(checks("<div><script>x</script></div>"), "false");
  EXPECT_EQ(checks("<div onclick=\\\"x\\\">x</div>"), "false");
  EXPECT_EQ(checks("<div><a href=\\\"javascript:x\\\">x</a></div>"), "false");
  EXPECT_EQ(checks("<div><p>x</div>"), "false");
  EXPECT_EQ(checks("<div> </div>"), "false");
}

TEST(FhirPathDefinitions, EveryExpressionOfR4Compiles) {
  const Definitions& r4 = Definitions::r4();
  size_t expressions = 0;
  for (const Type& type : r4.types()) {
    for (const Invariant& invariant : type.invariants) {
      EXPECT_NO_THROW(Expression::compile(invariant.expression, type.id)) << invariant.key;
      ++expressions;
    }
    if (!r4.is_resource(type.id)) continue;
    for (const SearchParam& param : r4.search_params(type.id)) {
      if (param.expression.empty()) continue;
      EXPECT_NO_THROW(Expression::compile(param.expression, type.id)) << param.url;
      ++expressions;
    }
  }
  EXPECT_GT(expressions, 1800u);
}

}  // namespace
}  // namespace witmed::fhir
