// What a write is checked for, and what the record knows for it.
#include <gtest/gtest.h>

#include "record/test_record.h"

namespace witmed::record {
namespace {

using Level = CheckSettings::Level;

class CheckTest : public testing::Test {
 protected:
  int status(std::vector<Operation> operations, bool together = true) {
    const auto outcome = record_.commit(std::move(operations), together);
    if (outcome.rejection) {
      rule = outcome.rejection->issues[0].rule ? outcome.rejection->issues[0].rule : "";
      place = outcome.rejection->issues[0].expression;
      return outcome.rejection->status;
    }
    return outcome.results[0].status;
  }
  void check(Level level, bool references = false) {
    record_->impl().checks = {level, references};
  }
  TestRecord record_;
  std::string rule, place;
};

const std::string kLonely = R"("contact":[{"gender":"male"}])";

TEST_F(CheckTest, BaseRefusesWhatBreaksARule) {
  EXPECT_EQ(status({post("Patient", kLonely)}), 201) << "structure alone does not see it";
  check(Level::base);
  EXPECT_EQ(status({post("Patient", kLonely)}), 422);
  EXPECT_EQ(rule, "pat-1");
  EXPECT_EQ(place, "Patient.contact[0]");
  EXPECT_EQ(status({post("Patient", R"("birthdate":"2000")")}), 400) << "structure stays what it was";
}

TEST_F(CheckTest, WarningsRefuseNothing) {
  check(Level::profiles);
  EXPECT_EQ(status({post("Patient", R"("extension":[{"url":"urn:nobody","valueString":"x"}],"meta":{"profile":["urn:nowhere"]},"name":[{"text":"<b>x</b>"}])")}), 201);
}

TEST_F(CheckTest, ProfilesOfTheRecordAreKnownAtOnceAndAfterAStart) {
  check(Level::profiles);
  const std::string named = R"("url":"urn:named","name":"N","status":"draft","kind":"resource","abstract":false,"type":"Patient","derivation":"constraint",
    "baseDefinition":"http://hl7.org/fhir/StructureDefinition/Patient","differential":{"element":[{"id":"Patient","path":"Patient"},{"id":"Patient.name","path":"Patient.name","min":1}]})";
  const std::string claims = R"("meta":{"profile":["urn:named"]})";
  EXPECT_EQ(status({post("Patient", claims)}), 201) << "not known: nothing is said against it";
  ASSERT_EQ(status({put("StructureDefinition", "named", named)}), 201) << place;
  EXPECT_EQ(status({post("Patient", claims)}), 422);
  EXPECT_EQ(rule, "element-missing");
  check(Level::base);
  EXPECT_EQ(status({post("Patient", claims)}), 201) << "base does not ask for profiles";
  record_.reopen();
  check(Level::profiles);
  EXPECT_EQ(status({post("Patient", claims)}), 422);
  ASSERT_EQ(status({del("StructureDefinition", "named")}), 204);
  EXPECT_EQ(status({post("Patient", claims)}), 201);
}

TEST_F(CheckTest, ReferencesAreLookedForInTheRecordAndInTheCommit) {
  check(Level::base, true);
  const std::string about = R"("status":"final","code":{"text":"x"},"subject":{"reference":"Patient/a"})";
  EXPECT_EQ(status({post("Observation", about)}), 422);
  EXPECT_EQ(rule, "reference-missing");
  EXPECT_EQ(status({post("Observation", about), put("Patient", "a", "")}), 201) << "written together";
  EXPECT_EQ(status({post("Observation", about)}), 201);
  ASSERT_EQ(status({del("Patient", "a")}), 204);
  EXPECT_EQ(status({post("Observation", about)}), 422);
}

TEST_F(CheckTest, ReferencesByFullUrlAreLookedForInTheTransaction) {
  check(Level::base, true);
  const auto about = [](const std::string& reference) {
    return post("Observation", R"("status":"final","code":{"text":"x"},"subject":{"reference":")" + reference + "\"}");
  };
  const auto named = [](Operation operation, std::string full_url) {
    operation.full_url = std::move(full_url);
    return operation;
  };
  const std::string url = "urn:uuid:61ebe359-bfdc-4613-8bf2-c5e300945f0a";
  EXPECT_EQ(status({about(url), named(post("Patient", ""), url)}), 201);
  EXPECT_EQ(status({about(url), named(post("Medication", ""), url)}), 422) << "an Observation is not about a Medication";
  EXPECT_EQ(rule, "reference-type");
  EXPECT_EQ(status({about(url), post("Patient", "")}), 422) << "nothing in the transaction has it";
  EXPECT_EQ(rule, "reference-missing");
}

TEST_F(CheckTest, ResponsesAreJudgedByTheQuestionnaireOfTheRecord) {
  check(Level::base);
  const auto asks = [](const std::string& version, const std::string& type) {
    return R"("url":"urn:q","status":"active","version":")" + version + R"(","item":[{"linkId":"a","type":")" + type + R"("}])";
  };
  const auto answers = [](const std::string& canonical, const std::string& status = "completed") {
    return post("QuestionnaireResponse", R"("questionnaire":")" + canonical + R"(","status":")" + status + R"(","item":[{"linkId":"a","answer":[{"valueString":"x"}]}])");
  };
  EXPECT_EQ(status({answers("urn:q")}), 201) << "not known: nothing is said against it";
  ASSERT_EQ(status({put("Questionnaire", "q9", asks("1.9", "integer"))}), 201) << place;
  EXPECT_EQ(status({answers("urn:q")}), 422);
  EXPECT_EQ(rule, "answer-type");
  EXPECT_EQ(place, "QuestionnaireResponse.item[0].answer[0].value.ofType(string)");
  EXPECT_EQ(status({answers("urn:q", "in-progress")}), 201) << "a draft can always be stored";
  EXPECT_EQ(status({answers("urn:other")}), 201);
  ASSERT_EQ(status({put("Questionnaire", "q10", asks("1.10", "string"))}), 201);
  EXPECT_EQ(status({answers("urn:q")}), 201) << "the newest version";
  EXPECT_EQ(status({answers("urn:q|1.9")}), 422) << "the one that is named";
  EXPECT_EQ(status({answers("urn:q|1")}), 201) << "there is none of that version";
  ASSERT_EQ(status({del("Questionnaire", "q10")}), 204);
  EXPECT_EQ(status({answers("urn:q")}), 422);
  check(Level::structure);
  EXPECT_EQ(status({answers("urn:q")}), 201);
}

TEST_F(CheckTest, OrByTheOneThatIsWrittenWithThem) {
  check(Level::base);
  const auto asks = [](const std::string& type) {
    return put("Questionnaire", "q", R"("url":"urn:q","status":"active","item":[{"linkId":"a","type":")" + type + R"("}])");
  };
  const auto answers = post("QuestionnaireResponse", R"("questionnaire":"urn:q","status":"completed","item":[{"linkId":"a","answer":[{"valueString":"x"}]}])");
  EXPECT_EQ(status({asks("integer"), answers}), 422);
  EXPECT_EQ(rule, "answer-type");
  ASSERT_EQ(status({asks("integer")}), 201);
  EXPECT_EQ(status({asks("string"), answers}), 200) << "what is written goes before what is there";
  EXPECT_EQ(status({answers}), 201);
}

TEST_F(CheckTest, AQuestionnaireThatMayNotBeSeenIsNotFound) {
  ASSERT_EQ(status({put("Questionnaire", "q", R"("url":"urn:q","status":"active","item":[{"linkId":"a","type":"integer"}])")}), 201);
  const auto document = fhir::Document::parse(
      R"({"resourceType":"QuestionnaireResponse","questionnaire":"urn:q","status":"completed","item":[{"linkId":"a","answer":[{"valueString":"x"}]}]})");
  const auto found = [&](const AccessContext& access) {
    const auto issues = record_->validate(access, document, {});
    return issues.empty() ? std::string() : std::string(issues[0].rule);
  };
  EXPECT_EQ(found(AccessContext::open()), "answer-type");
  EXPECT_EQ(found(AccessContext::limited(store::Node::any({}))), "questionnaire-unknown");
}

TEST_F(CheckTest, OneOfABatchIsRefusedForItself) {
  check(Level::base);
  const auto outcome = record_.commit({post("Patient", kLonely), post("Patient", "")}, false);
  ASSERT_EQ(outcome.results.size(), 2u);
  EXPECT_EQ(outcome.results[0].status, 422);
  EXPECT_EQ(outcome.results[1].status, 201);
}

}  // namespace
}  // namespace witmed::record
