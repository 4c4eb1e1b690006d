// Patient/$register and $duplicates over HTTP: who is registered, who is refused, who is asked about.
#include <atomic>

#include "base/text.h"
#include "rest/keeping.h"

namespace witmed::test {
namespace {

class KeepingRegister : public Keeping {};

TEST_F(KeepingRegister, ARecordWithWhatBelongsToIt) {
  const auto response = operate(
      "Patient/$register",
      {text("name", "阿依古丽•买买提"), text("sex", "女"), document("110105491231002"),
       text("nationality", "维吾尔族"), text("phone", "139 1234 5678"), text("village", "柳湾村"),
       text("grid", "第三网格"), text("household", "H-001"), text("household-role", "户主"),
       part("contact", {{"name", "买买提"}, {"relationship", "丈夫"}, {"phone", "13912345679"}}),
       part("allergy", {{"substance", "青霉素"}, {"reaction", "皮疹"}}), text("past-diseases", "none"),
       text("consent", "given"), text("health-record", "47012100110100001"), text("by", "李建档")});
  ASSERT_EQ(response.status, 200) << response.body;
  const std::string patient = at(response.body, "parameter.where(name='resident').resource.id");
  const std::string kept = fhir.get("/fhir/Patient/" + patient).body;
  EXPECT_EQ(at(kept, "name.text"), "阿依古丽·买买提");
  EXPECT_EQ(at(kept, "birthDate"), "1949-12-31") << "from the number";
  EXPECT_EQ(at(kept, "gender"), "female");
  EXPECT_EQ(at(kept, "identifier.where(use='official').value"), "11010519491231002X");
  EXPECT_EQ(at(kept, "identifier.where(use='old').value"), "110105491231002")
      << "the old card stays findable";
  EXPECT_EQ(at(kept, "telecom.value"), "13912345678");
  EXPECT_EQ(at(kept, "address.extension.where(url='urn:witmed:ext:grid').value"), "第三网格");
  EXPECT_EQ(total("AllergyIntolerance?patient=" + patient), "1");
  EXPECT_EQ(total("Condition?patient=" + patient), "0");
  EXPECT_EQ(total("Consent?patient=" + patient + "&status=active"), "1");
  EXPECT_EQ(total("Group?identifier=urn:witmed:id:household%7CH-001&member=Patient/" + patient), "1");
  const std::string provenance = fhir.get("/fhir/Provenance?target=Patient/" + patient).body;
  EXPECT_EQ(at(provenance, "total"), "1") << provenance;
  EXPECT_EQ(at(provenance, "entry.resource.agent.who.display"), "李建档");
  // Found by the old number, by the name with another dot, by part of it.
  for (const char* query : {"identifier=110105491231002",
                            "name=%E9%98%BF%E4%BE%9D%E5%8F%A4%E4%B8%BD%E3%83%BB%E4%B9%B0%E4%B9%B0%E6%8F%90"})
    EXPECT_EQ(total(std::string("Patient?") + query), "1") << query;
}

TEST_F(KeepingRegister, TheHouseholdGrows) {
  registered({text("name", "周大"), text("sex", "男"), text("birth-date", "1950-01-02"),
              text("household", "H-9"), text("confirm", "document-none")});
  registered({text("name", "吴小妹"), text("sex", "女"), text("birth-date", "1952-06-07"),
              text("household", "H-9"), text("confirm", "document-none")});
  const std::string group = fhir.get("/fhir/Group?identifier=H-9").body;
  EXPECT_EQ(at(group, "total"), "1");
  EXPECT_EQ(at(group, "entry.resource.member.entity.display"), "周大,吴小妹");
}

TEST_F(KeepingRegister, NotAskedIsNotNone) {
  const auto asked = [&](const std::string& value, const std::string& name) {
    const std::string id = registered({text("name", name), text("sex", "1"), text("birth-date", "1971-02-03"),
                                       text("allergies", value), text("confirm", "document-none")});
    return at(fhir.get("/fhir/AllergyIntolerance?patient=" + id).body, "entry.resource.code.coding.code");
  };
  EXPECT_EQ(asked("not-asked", "郑未问"), "");
  EXPECT_EQ(asked("none", "冯皆无"), "716186003");
  EXPECT_EQ(rules(operate("Patient/$register",
                          {text("name", "郑乙"), text("sex", "1"), text("birth-date", "1971-02-03"),
                           text("allergies", "yes"), text("confirm", "document-none")})),
            "asked-empty");
}

TEST_F(KeepingRegister, ConsentRefusedKeepsNothingAboutHealth) {
  const std::vector<std::string> form = {
      text("name", "沈不愿"),           text("sex", "男"),
      text("birth-date", "1980-08-08"), part("allergy", {{"substance", "头孢"}}),
      text("consent", "refused"),       text("confirm", "document-none")};
  EXPECT_EQ(rules(operate("Patient/$register", form)), "consent-refused");
  auto confirmed = form;
  confirmed.push_back(text("confirm", "consent-refused"));
  const std::string id = registered(confirmed);
  EXPECT_EQ(total("AllergyIntolerance?patient=" + id), "0");
  EXPECT_EQ(total("Consent?patient=" + id + "&status=rejected"), "1");
}

struct Faulty {
  std::vector<std::string> items;
  const char* rules;
};
TEST_F(KeepingRegister, FaultsAreNamedWithTheirField) {
  const std::string name = text("name", "卫有误"), sex = text("sex", "男"),
                    birth = text("birth-date", "1980-08-08"), none = text("confirm", "document-none");
  const std::vector<Faulty> cases = {
      {{name, sex, document("110105194912310021")}, "document-number,birth-date-missing"},
      {{sex, birth, none}, "name"},
      {{name, birth, none}, "sex-missing"},
      {{name, text("sex", "5"), birth, none}, "sex"},
      {{name, sex, text("birth-date", "1980-02-30"), none}, "birth-date"},
      {{name, sex, text("birth-date", "8/3/1980"), none}, "birth-date-ambiguous"},
      {{name, sex, text("birth-date", "2999-01-01"), none}, "birth-date-future"},
      {{name, sex, text("birth-date", "1890-01-01"), none}, "birth-date-old"},
      {{name, sex, birth}, "document-none"},
      {{name, sex, birth, document("470121199001010020")}, "birth-date-differs,sex-differs"},
      {{name, sex, birth, none, text("nationality", "火星")}, "nationality"},
      {{name, sex, birth, none, text("phone", "123")}, "phone"},
      {{name, sex, birth, none, text("health-record", "47012100120000001")}, "health-record-village"},
      {{name, sex, birth, none, text("health-record", "123")}, "health-record-number"},
      {{name, sex, birth, none, text("county", "000000")}, "county-unknown"},
      {{name, sex, birth,
        part("document", {{"kind", "passport"}, {"number", "E12345678"}, {"valid-until", "2001-01-01"}})},
       "document-expired"},
      {{name, sex, birth, part("document", {{"kind", "军官证"}, {"number", "1"}}), none}, "document-kind"},
  };
  for (const Faulty& each : cases) {
    const auto response = operate("Patient/$register", each.items);
    EXPECT_EQ(response.status, 422) << response.body;
    EXPECT_EQ(rules(response), each.rules) << response.body;
    EXPECT_NE(at(response.body, "issue.expression"), "") << response.body;
  }
  EXPECT_EQ(total("Patient?name=%E5%8D%AB%E6%9C%89%E8%AF%AF"), "0") << "nothing was stored";
}

TEST_F(KeepingRegister, ALunarDateIsKeptAsTold) {
  const std::string id =
      registered({text("name", "蒋腊月"), text("sex", "女"), text("birth-date", "农历一九五〇年腊月初八"),
                  text("confirm", "document-none")});
  const std::string patient = fhir.get("/fhir/Patient/" + id).body;
  EXPECT_EQ(at(patient, "birthDate.exists()"), "true") << "the element is there for its extension";
  EXPECT_EQ(at(patient, "birthDate.hasValue()"), "false");
  EXPECT_EQ(at(patient, "birthDate.extension.where(url='urn:witmed:ext:date-as-told').value"),
            "农历一九五〇年腊月初八");
  // Marked as lunar by hand: the figures look like a date, and still are none.
  const std::string other =
      registered({text("name", "蒋正月"), text("sex", "女"), text("birth-date-told", "1950-01-08"),
                  text("confirm", "document-none")});
  EXPECT_EQ(at(fhir.get("/fhir/Patient/" + other).body, "birthDate.hasValue()"), "false");
}

TEST_F(KeepingRegister, ANumberIsOnePersons) {
  const std::vector<std::string> form = {text("name", "韩唯一"), text("sex", "男"),
                                         document("440524188001010014"), text("confirm", "birth-date-old")};
  const std::string id = registered(form);
  const auto again =
      operate("Patient/$register", {text("name", "别人"), text("sex", "男"), document("440524188001010014"),
                                    text("confirm", "birth-date-old"), text("different-from", id)});
  EXPECT_EQ(again.status, 409) << again.body;
  EXPECT_EQ(rules(again), "document-taken");
  EXPECT_NE(at(again.body, "issue.details.text").find(id), std::string::npos);
}

TEST_F(KeepingRegister, ANumberIsOnePersonsAlsoInARace) {
  std::vector<std::thread> threads;
  std::atomic<int> stored = 0, refused = 0;
  for (int i = 0; i < 8; ++i)
    threads.emplace_back([&] {
      FhirClient client(serve_->port());
      const auto response =
          client.post("/fhir/Patient/$register",
                      params({text("name", "杨同时"), text("sex", "男"), document("470121198503070010")}));
      (response.status == 200 ? stored : response.status == 409 ? refused : stored)++;
    });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(stored, 1);
  EXPECT_EQ(refused, 7);
  EXPECT_EQ(total("Patient?identifier=470121198503070010"), "1");
}

TEST_F(KeepingRegister, LikelyDuplicatesAreShownWithReasonsAndMustBeToldApart) {
  const std::string first =
      registered({text("name", "朱秀英"), text("sex", "女"), text("birth-date", "1962-03-04"),
                  text("phone", "13711112222"), text("confirm", "document-none")});
  // Another character of the same sound, day and month swapped, the same telephone.
  const std::vector<std::string> form = {text("name", "朱秀瑛"), text("sex", "女"),
                                         text("birth-date", "1962-04-03"), text("phone", "13711112222"),
                                         text("confirm", "document-none")};
  auto preview = form;
  preview.push_back(truth("preview"));
  const std::string seen = operate("Patient/$register", preview).body;
  const std::string candidate =
      "parameter.where(name='candidate' and part.where(name='resident').resource.id='" + first + "').part";
  EXPECT_EQ(at(seen, candidate + ".where(name='reason').value"), "name-sound,birth-date-swapped,sex,phone")
      << seen;
  EXPECT_EQ(at(seen, "parameter.where(name='finding').part.where(name='rule').value"),
            "document-none,duplicate-likely");
  EXPECT_EQ(at(seen, "parameter.where(name='age').value"), "64岁");
  EXPECT_EQ(total("Patient?name=%E6%9C%B1%E7%A7%80%E7%91%9B"), "0") << "a preview stores nothing";

  const auto refused = operate("Patient/$register", form);
  EXPECT_EQ(refused.status, 422);
  EXPECT_EQ(rules(refused), "duplicate-likely");
  auto told_apart = form;
  told_apart.push_back(R"({"name":"different-from","valueReference":{"reference":"Patient/)" + first +
                       "\"}}");
  const std::string second = registered(told_apart);
  EXPECT_NE(at(fhir.get("/fhir/Provenance?target=Patient/" + second).body, "entry.resource.reason.text")
                .find(first),
            std::string::npos)
      << "who was compared stands in the provenance";
}

TEST_F(KeepingRegister, DuplicatesWhileTyping) {
  const std::string id = registered({text("name", "秦未完"), text("sex", "男"),
                                     text("birth-date", "1993-09-09"), text("confirm", "document-none")});
  const auto seen = operate("Patient/$duplicates", {text("name", "秦未完")});
  EXPECT_EQ(seen.status, 200);
  EXPECT_NE(at(seen.body, "parameter.part.resource.id").find(id), std::string::npos) << "by the name alone";
  EXPECT_EQ(at(operate("Patient/$duplicates", {text("name", "秦")}).body, "parameter.count()"), "0")
      << "one character says nothing";
  EXPECT_EQ(at(operate("Patient/$duplicates", {text("name", "秦未完"), text("except", id)}).body,
               "parameter.count()"),
            "0");
}

TEST_F(KeepingRegister, RareCharactersAreStoredAndFound) {
  for (const char* name : {"王𠮷", "李𪚥", "赵\U00030000"}) {
    const std::string id =
        registered({text("name", name), text("sex", "男"), text("birth-date", "1990-05-05"),
                    text("confirm", "document-none"), text("confirm", "duplicate-likely")});
    std::string query;
    append_percent_encoded(query, name);
    EXPECT_EQ(at(fhir.get("/fhir/Patient?name=" + query).body, "entry.resource.id"), id) << name;
    EXPECT_EQ(at(fhir.get("/fhir/Patient?_query=lookup&q=" + query).body, "entry.resource.name.text"), name);
  }
}

TEST_F(KeepingRegister, AnUnknownPersonNeedsNothing) {
  const auto response =
      operate("Patient/$register",
              {truth("unknown-person"), text("description", "男，约六十岁，左腕有疤，由120送至县医院")});
  ASSERT_EQ(response.status, 200) << response.body;
  const std::string patient = at(response.body, "parameter.where(name='resident').resource.id");
  EXPECT_TRUE(at(response.body, "parameter.where(name='resident').resource.name.text").starts_with("无名氏"));
  EXPECT_EQ(at(response.body,
               "parameter.where(name='resident').resource.extension.where(url='urn:witmed:ext:identity-"
               "status').value"),
            "unknown");

  const auto known = operate("Patient/" + patient + "/$identify",
                             {text("name", "许有名"), text("sex", "男"), document("470121195001010013"),
                              text("reason", "家属认领")});
  EXPECT_EQ(known.status, 422) << "a slip in the number: " << known.body;
  const auto identified = operate("Patient/" + patient + "/$identify",
                                  {text("name", "许有名"), text("sex", "男"), document("470121195001010014"),
                                   text("reason", "家属认领")});
  ASSERT_EQ(identified.status, 200) << identified.body;
  const std::string kept = fhir.get("/fhir/Patient/" + patient).body;
  EXPECT_EQ(at(kept, "name.where(use='official').text"), "许有名");
  EXPECT_TRUE(at(kept, "name.where(use='old').text").starts_with("无名氏"));
  EXPECT_EQ(at(kept, "birthDate"), "1950-01-01");
  EXPECT_EQ(operate("Patient/" + patient + "/$identify", {text("name", "许有名")}).status, 409);
}

TEST_F(KeepingRegister, WhatIsNotAnOperationHere) {
  EXPECT_EQ(fhir.post("/fhir/Patient/$nothing", params({})).status, 501);
  EXPECT_EQ(fhir.post("/fhir/Observation/$register", params({})).status, 501);
  EXPECT_EQ(fhir.get("/fhir/Patient/$register").status, 405);
  EXPECT_EQ(fhir.post("/fhir/Patient/$register", "[]").status, 400);
  EXPECT_EQ(fhir.post("/fhir/Patient/$register", "").status, 422) << "an empty form has faults";
  const std::string capability = fhir.get("/fhir/metadata").body;
  const std::string offered = "," + at(capability, "rest.resource.where(type='Patient').operation.name") + ",";
  for (const char* name : {",everything,", ",register,", ",duplicates,"}) EXPECT_NE(offered.find(name), std::string::npos) << offered;
  EXPECT_NE(at(capability, "rest.operation.name").find("reassign"), std::string::npos);
}

}  // namespace
}  // namespace witmed::test
