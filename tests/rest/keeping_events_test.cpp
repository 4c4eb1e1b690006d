// What happens to a resident after the record was made: moves, death, newborns, corrections, entries of the
// wrong person, and taking an act back. Over HTTP.
#include "rest/keeping.h"

namespace witmed::test {
namespace {

class KeepingEvents : public Keeping {
 protected:
  std::string person(const std::string& name, const std::string& sex, const std::string& birth,
                     std::vector<std::string> more = {}) {
    std::vector<std::string> items = {text("name", name), text("sex", sex), text("birth-date", birth),
                                      text("confirm", "document-none"), text("confirm", "duplicate-likely")};
    items.insert(items.end(), more.begin(), more.end());
    return registered(items);
  }
  std::string put(const std::string& type, const std::string& id, const std::string& rest) {
    const auto response = fhir.put("/fhir/" + type + "/" + id,
                                   R"({"resourceType":")" + type + R"(","id":")" + id + "\"," + rest + "}");
    EXPECT_LT(response.status, 300) << response.body;
    return id;
  }
  std::string read(const std::string& reference) { return fhir.get("/fhir/" + reference).body; }
  static std::string patient_ref(const std::string& name, const std::string& id) {
    return "\"" + name + R"(":{"reference":"Patient/)" + id + "\"}";
  }
};

TEST_F(KeepingEvents, MovesKeepTheFormerAddress) {
  const std::string id = person("孔搬家", "男", "1970-01-01",
                                {text("address", "清禾县青柳镇柳湾村 1 号"), text("village", "柳湾村")});
  ASSERT_EQ(operate("Patient/" + id + "/$move-out", {text("date", "2025-06-01"), text("to", "外省")}).status,
            200);
  std::string now = read("Patient/" + id);
  EXPECT_EQ(at(now, "active"), "false");
  EXPECT_EQ(at(now, "extension.where(url='urn:witmed:ext:residency').value"), "moved-out");
  EXPECT_EQ(at(now, "address.period.end"), "2025-06-01");
  ASSERT_EQ(
      operate("Patient/" + id + "/$move-in",
              {text("date", "2026-01-15"), text("address", "清禾县河口镇 2 号"), text("village", "河口村")})
          .status,
      200);
  now = read("Patient/" + id);
  EXPECT_EQ(at(now, "active"), "true");
  EXPECT_EQ(at(now, "address.text"), "清禾县河口镇 2 号,清禾县青柳镇柳湾村 1 号");
  EXPECT_EQ(at(now, "address.use"), "home,old");
  EXPECT_EQ(operate("Patient/" + id + "/$move-out", {text("date", "2999-01-01")}).status, 422);
  EXPECT_EQ(operate("Patient/nobody/$move-out", {}).status, 404);
  EXPECT_EQ(operate("Patient/" + id + "/$lost", {}).status, 422) << "say how it was tried";
  EXPECT_EQ(operate("Patient/" + id + "/$lost", {text("reason", "三次电话未接，入户无人")}).status, 200);
}

TEST_F(KeepingEvents, DeathClosesWhatIsOpenAndCanBeTakenBack) {
  const std::string id = person("曹去世", "女", "1940-02-02");
  const std::string subject = patient_ref("subject", id);
  put("CarePlan", "plan-open", R"("status":"active","intent":"plan",)" + subject);
  put("CarePlan", "plan-done", R"("status":"completed","intent":"plan",)" + subject);
  put("CareTeam", "team-open", R"("status":"active",)" + subject);
  put("MedicationRequest", "drug-open",
      R"("status":"active","intent":"order","medicationCodeableConcept":{"text":"x"},)" + subject);
  put("Appointment", "slot-open",
      R"("status":"booked","start":"2026-12-01T09:00:00+08:00","end":"2026-12-01T09:15:00+08:00","participant":[{"actor":{"reference":"Patient/)" + id +
          R"("},"status":"accepted"}])");
  put("Task", "task-open", R"("status":"requested","intent":"order",)" + patient_ref("for", id));
  EXPECT_EQ(operate("Patient/" + id + "/$deceased", {text("date", "2026-03-03")}).status, 422)
      << "on what ground";
  EXPECT_EQ(
      operate("Patient/" + id + "/$deceased", {text("date", "1930-01-01"), text("reason", "证明")}).status,
      422)
      << "before birth";
  const auto died =
      operate("Patient/" + id + "/$deceased", {text("date", "2026-03-03"), text("reason", "死亡医学证明")});
  ASSERT_EQ(died.status, 200) << died.body;
  const std::pair<const char*, const char*> closed[] = {
      {"CarePlan/plan-open", "completed"},    {"CarePlan/plan-done", "completed"},
      {"CareTeam/team-open", "inactive"},     {"MedicationRequest/drug-open", "stopped"},
      {"Appointment/slot-open", "cancelled"}, {"Task/task-open", "cancelled"}};
  for (const auto& [reference, status] : closed)
    EXPECT_EQ(at(read(reference), "status"), status) << reference;
  EXPECT_EQ(at(read("CarePlan/plan-done"), "meta.versionId"), "1") << "what was closed is not touched";
  EXPECT_EQ(operate("Patient/" + id + "/$move-out", {}).status, 409);

  const std::string act = at(died.body, "parameter.where(name='provenance').value.reference");
  EXPECT_EQ(operate(act + "/$undo", {}).status, 422) << "say why";
  const auto undone = operate(act + "/$undo", {text("reason", "同名误登")});
  ASSERT_EQ(undone.status, 200) << undone.body;
  EXPECT_EQ(at(read("Patient/" + id), "deceased.exists()"), "false");
  EXPECT_EQ(at(read("CareTeam/team-open"), "status"), "active");
  EXPECT_EQ(at(read("Patient/" + id + "/_history/2"), "deceased"), "2026-03-03") << "the history keeps it";
  EXPECT_EQ(operate(act + "/$undo", {text("reason", "再来")}).status, 409) << "once only";
}

TEST_F(KeepingEvents, UndoIsRefusedWhenSomethingChangedSince) {
  const auto response = operate("Patient/$register",
                                {text("name", "严已用"), text("sex", "男"), text("birth-date", "1960-06-06"),
                                 text("confirm", "document-none"), part("allergy", {{"substance", "花粉"}})});
  const std::string id = at(response.body, "parameter.where(name='resident').resource.id"),
                    act = at(response.body, "parameter.where(name='provenance').value.reference");
  put("Observation", "since", R"("status":"final","code":{"text":"x"},)" + patient_ref("subject", id));
  EXPECT_EQ(operate(act + "/$undo", {text("reason", "重复")}).status, 409);
  fhir.remove("/fhir/Observation/since");
  EXPECT_EQ(operate(act + "/$undo", {text("reason", "重复")}).status, 200);
  EXPECT_EQ(fhir.get("/fhir/Patient/" + id).status, 410);
  EXPECT_EQ(total("AllergyIntolerance?patient=" + id), "0");
}

TEST_F(KeepingEvents, NewbornsOfOneMother) {
  const std::string mother = person("华母亲", "女", "1996-04-05", {text("address", "柳湾村 8 号")});
  EXPECT_EQ(operate("Patient/" + mother + "/$register-newborn", {text("sex", "女")}).status, 422)
      << "a newborn has a day of birth";
  const auto first = operate("Patient/" + mother + "/$register-newborn",
                             {text("sex", "女"), text("birth-date", "2026-11-01"), text("birth-order", "1")});
  ASSERT_EQ(first.status, 200) << first.body;
  const std::string child = at(first.body, "parameter.where(name='resident').resource.id");
  EXPECT_EQ(at(read("Patient/" + child), "name.text"), "华母亲之女一");
  EXPECT_EQ(at(read("Patient/" + child), "multipleBirth"), "1");
  EXPECT_EQ(at(read("Patient/" + child), "address.text"), "柳湾村 8 号");
  EXPECT_EQ(total("RelatedPerson?patient=" + child + "&relationship=MTH"), "1");
  // The second twin is somebody else, and is not taken for the first.
  EXPECT_EQ(operate("Patient/" + mother + "/$register-newborn",
                    {text("sex", "女"), text("birth-date", "2026-11-01")})
                .status,
            409);
  EXPECT_EQ(operate("Patient/" + mother + "/$register-newborn",
                    {text("sex", "女"), text("birth-date", "2026-11-01"), text("birth-order", "1")})
                .status,
            409);
  EXPECT_EQ(operate("Patient/" + mother + "/$register-newborn",
                    {text("sex", "女"), text("birth-date", "2026-11-01"), text("birth-order", "2")})
                .status,
            200);
  EXPECT_EQ(at(read("Patient/" + mother), "link.count()"), "2");
  EXPECT_EQ(operate("Patient/" + person("华父亲", "男", "1995-01-01") + "/$register-newborn",
                    {text("sex", "女"), text("birth-date", "2026-11-01")})
                .status,
            422);
  // Later: a name and a certificate of birth.
  const auto named = operate("Patient/" + child + "/$identify",
                             {text("name", "华小满"), text("sex", "女"), text("birth-date", "2026-11-01"),
                              document("P470000123", "birth-certificate"),
                              text("confirm", "duplicate-likely"), text("reason", "出生医学证明")});
  ASSERT_EQ(named.status, 200) << named.body;
  EXPECT_EQ(at(read("Patient/" + child), "name.where(use='official').text"), "华小满");
  EXPECT_EQ(at(read("Patient/" + child), "name.where(use='old').text"), "华母亲之女一");
}

TEST_F(KeepingEvents, CorrectionsSayWhy) {
  const std::string id = person("金更正", "男", "1988-08-08");
  const std::string now = read("Patient/" + id);
  const auto corrected = [&](std::string resource, std::vector<std::string> more) {
    more.push_back(R"({"name":"resource","resource":)" + resource + "}");
    return operate("Patient/" + id + "/$correct", more);
  };
  std::string right = now;
  right.replace(right.find("1988-08-08"), 10, "1988-08-18");
  EXPECT_EQ(corrected(right, {}).status, 422);
  ASSERT_EQ(corrected(right, {text("reason", "看错身份证")}).status, 200);
  EXPECT_EQ(at(read("Patient/" + id), "birthDate"), "1988-08-18");
  EXPECT_EQ(corrected(right, {text("reason", "旧版本")}).status, 412) << "read before the first correction";
  std::string number = read("Patient/" + id);
  number.insert(number.size() - 1,
                R"(,"identifier":[{"system":"urn:oid:2.16.156.10011.1.3","value":"110105194912310021"}])");
  EXPECT_EQ(rules(corrected(number, {text("reason", "补证件")})), "document-number");
  // Another institution's record of the same person has the number too, as the counties' data does: both stay
  // correctable.
  const std::string own =
      R"("identifier":[{"system":"urn:oid:2.16.156.10011.1.3","value":"470121198503070010"}])";
  put("Patient", "elsewhere", own), put("Patient", "here", own);
  std::string here = read("Patient/here");
  here.insert(here.size() - 1, R"(,"gender":"male")");
  EXPECT_EQ(operate("Patient/here/$correct",
                    {R"({"name":"resource","resource":)" + here + "}", text("reason", "补性别")})
                .status,
            200);
  std::string third = read("Patient/" + id);
  third.insert(third.size() - 1, "," + own);
  EXPECT_EQ(rules(corrected(third, {text("reason", "补证件")})), "number-taken") << "but nobody else gets it";
  EXPECT_EQ(at(read("Patient/" + id + "/_history/1"), "birthDate"), "1988-08-08");
  std::string ahead = read("Patient/" + id);
  ahead.replace(ahead.find("1988-08-18"), 10, "2999-08-18");
  EXPECT_EQ(rules(corrected(ahead, {text("reason", "x")})), "birth-date-future");
  EXPECT_EQ(corrected(R"({"resourceType":"Patient","id":"other"})", {text("reason", "x")}).status, 400);
}

TEST_F(KeepingEvents, AnEntryOfTheWrongPersonMovesWithWhatHangsOnIt) {
  const std::string wrong = person("魏张冠", "男", "1975-05-05"),
                    right = person("陶李戴", "男", "1975-05-06");
  const std::string subject = patient_ref("subject", wrong);
  put("Encounter", "visit-1", R"("status":"finished","class":{"code":"AMB"},)" + subject);
  put("Observation", "result-1",
      R"("status":"final","code":{"text":"血糖"},"valueQuantity":{"value":5.60},"encounter":{"reference":"Encounter/visit-1"},)" +
          subject);
  put("DiagnosticReport", "report-1",
      R"("status":"final","code":{"text":"检验"},"result":[{"reference":"Observation/result-1"}],"encounter":{"reference":"Encounter/visit-1"},)" +
          subject);
  put("Condition", "problem-1",
      R"("clinicalStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/condition-clinical","code":"active"}]},"code":{"text":"感冒"},"encounter":{"reference":"Encounter/visit-1"},)" +
          subject);
  put("Observation", "other-1", R"("status":"final","code":{"text":"身高"},)" + subject);
  const std::string to = R"({"name":"to","valueReference":{"reference":"Patient/)" + right + "\"}}";
  EXPECT_EQ(operate("Encounter/visit-1/$reassign", {to}).status, 422) << "say why";
  EXPECT_EQ(operate("Encounter/visit-1/$reassign",
                    {text("reason", "x"), R"({"name":"to","valueReference":{"reference":"Patient/nobody"}})"})
                .status,
            404);
  const auto moved = operate("Encounter/visit-1/$reassign", {to, text("reason", "刷错健康卡")});
  ASSERT_EQ(moved.status, 200) << moved.body;
  for (const char* reference : {"Encounter/visit-1", "Observation/result-1", "DiagnosticReport/report-1"}) {
    EXPECT_EQ(at(read(reference), "status"), "entered-in-error") << reference;
    EXPECT_NE(at(read(reference), "extension.where(url='urn:witmed:ext:moved-to').value.reference"), "")
        << reference;
  }
  EXPECT_EQ(at(read("Condition/problem-1"), "verificationStatus.coding.code"), "entered-in-error");
  EXPECT_EQ(at(read("Observation/other-1"), "status"), "final") << "what does not belong to the visit stays";
  const std::string observation = fhir.get("/fhir/Observation?subject=Patient/" + right).body;
  EXPECT_EQ(at(observation, "total"), "1");
  EXPECT_NE(observation.find("\"value\":5.60"), std::string::npos) << "every digit";
  const std::string visit = at(moved.body, "parameter.where(name='resource').resource.id");
  EXPECT_EQ(at(observation, "entry.resource.encounter.reference"), "Encounter/" + visit);
  EXPECT_EQ(
      at(fhir.get("/fhir/DiagnosticReport?subject=Patient/" + right).body, "entry.resource.result.reference"),
      "Observation/" + at(observation, "entry.resource.id"));
  EXPECT_EQ(operate("Encounter/visit-1/$reassign", {to, text("reason", "再来")}).status, 409);
  EXPECT_EQ(operate("Patient/" + wrong + "/$reassign", {to, text("reason", "x")}).status, 422);
}

TEST_F(KeepingEvents, EnteredInError) {
  const std::string id = person("姜录错", "男", "1975-05-07");
  put("AllergyIntolerance", "wrong-allergy",
      R"("clinicalStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical","code":"active"}]},"code":{"text":"x"},)" +
          patient_ref("patient", id));
  EXPECT_EQ(operate("AllergyIntolerance/wrong-allergy/$entered-in-error", {}).status, 422);
  EXPECT_EQ(operate("AllergyIntolerance/wrong-allergy/$entered-in-error", {text("reason", "问错人")}).status,
            200);
  const std::string now = read("AllergyIntolerance/wrong-allergy");
  EXPECT_EQ(at(now, "verificationStatus.coding.code"), "entered-in-error");
  EXPECT_EQ(at(now, "clinicalStatus.exists()"), "false");
  EXPECT_EQ(operate("AllergyIntolerance/wrong-allergy/$entered-in-error", {text("reason", "再来")}).status,
            409);
  EXPECT_EQ(operate("Patient/" + id + "/$entered-in-error", {text("reason", "x")}).status, 422);
}

}  // namespace
}  // namespace witmed::test
