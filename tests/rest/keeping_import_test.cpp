// Tables of residents, institutions and staff: previewed, imported, taken back. And institutions kept by hand. Over HTTP.
#include "rest/keeping.h"

namespace witmed::test {
namespace {

class KeepingImport : public Keeping {
 protected:
  RawResponse import(const std::string& type, const std::string& csv, std::vector<std::string> more = {}) {
    std::string escaped;
    for (char c : csv) escaped += c == '\n' ? "\\n" : c == '"' ? "\\\"" : std::string(1, c);
    more.push_back(text("csv", escaped));
    return operate(type + "/$import", more);
  }
  static std::string statuses(const RawResponse& response) { return at(response.body, "parameter.where(name='line').part.where(name='status').value"); }
  static std::string line_rules(const RawResponse& response, int line) {
    return at(response.body, "parameter.where(name='line').skip(" + std::to_string(line) + ").first().part.where(name='finding').part.where(name='rule').value");
  }
};

constexpr const char* kTable =
    "姓名,性别,出生日期,身份证号,户号,过敏史,备注\n"
    "罗一,男,,470121198503070010,T-1,青霉素、磺胺,x\n"
    "罗二,女,1988-01-02,,T-1,无,\n"
    "罗三,男,,470121198503070011,,,\n"
    "\"罗四\",女,农历腊月初八,,T-2,,\n"
    "罗五,男,,4.70121E+17,,,\n"
    "罗六,男,,470121198503070010,,,\n";

TEST_F(KeepingImport, LineByLineThenStoredThenTakenBack) {
  const auto preview = import("Patient", kTable, {truth("preview"), truth("accept-warnings")});
  ASSERT_EQ(preview.status, 200) << preview.body;
  EXPECT_EQ(at(preview.body, "parameter.where(name='column-unknown').value"), "备注");
  EXPECT_EQ(statuses(preview), "good,good,faulty,good,faulty,faulty");
  EXPECT_EQ(line_rules(preview, 2), "document-number,birth-date-missing");
  EXPECT_EQ(line_rules(preview, 3), "birth-date-lunar,document-none");
  EXPECT_NE(line_rules(preview, 4).find("number-spoilt"), std::string::npos);
  EXPECT_NE(line_rules(preview, 5).find("number-twice"), std::string::npos);
  EXPECT_EQ(total("Patient?name=%E7%BD%97"), "0");
  EXPECT_EQ(statuses(import("Patient", kTable, {truth("preview")})), "good,faulty,faulty,faulty,faulty,faulty") << "a warning is a question";

  const auto stored = import("Patient", kTable, {truth("accept-warnings"), text("reason", "建档登记册 2026")});
  ASSERT_EQ(stored.status, 200) << stored.body;
  EXPECT_EQ(at(stored.body, "parameter.where(name='good').value"), "3");
  EXPECT_EQ(total("Patient?name=%E7%BD%97"), "3");
  EXPECT_EQ(total("AllergyIntolerance?_summary=count"), "3") << "two of one, one that says none";
  const std::string household = fhir.get("/fhir/Group?identifier=T-1").body;
  EXPECT_EQ(at(household, "entry.resource.member.entity.display"), "罗一,罗二") << "one household of two lines";
  EXPECT_EQ(statuses(import("Patient", kTable, {truth("accept-warnings"), truth("preview")})).substr(0, 13), "there-already") << "again: the number is known";

  const std::string number = at(stored.body, "parameter.where(name='import').value");
  const std::string acts = fhir.get("/fhir/Provenance?_tag=urn:witmed:import%7C" + number).body;
  ASSERT_EQ(at(acts, "total"), "1");
  EXPECT_EQ(at(acts, "entry.resource.reason.text"), "建档登记册 2026");
  const auto undone = operate("Provenance/" + at(acts, "entry.resource.id") + "/$undo", {text("reason", "文件拿错")});
  ASSERT_EQ(undone.status, 200) << undone.body;
  EXPECT_EQ(total("Patient?name=%E7%BD%97"), "0");
  EXPECT_EQ(total("Group?identifier=T-1"), "0");
}

TEST_F(KeepingImport, WhatIsNoTable) {
  EXPECT_EQ(import("Patient", "").status, 422);
  EXPECT_EQ(import("Patient", "a,b\n1,2\n").status, 422);
  EXPECT_EQ(import("Patient", "姓名\n\"未闭合\n").status, 422);
  std::string many = "姓名\n";
  for (int i = 0; i < 501; ++i) many += "王某\n";
  EXPECT_EQ(import("Patient", many).status, 422);
  const auto empty = import("Patient", "姓名,性别\n");
  EXPECT_EQ(empty.status, 200);
  EXPECT_EQ(at(empty.body, "parameter.where(name='lines').value"), "0");
}

TEST_F(KeepingImport, InstitutionsAndTheirStaff) {
  const std::string institutions =
      "机构名称,统一社会信用代码,登记号,机构类别,上级机构信用代码\n"
      "清禾县人民医院,91350100M000100Y43,PDY1,二级医院,\n"
      "青柳镇卫生院,91330100799655058B,,乡镇卫生院,91350100M000100Y43\n"
      "错码医院,91330100799655058C,,,\n"
      "孤儿诊所,9144030071526726XG,,,914403001922038216\n";
  const auto stored = import("Organization", institutions);
  EXPECT_EQ(statuses(stored), "good,good,faulty,faulty") << stored.body;
  EXPECT_EQ(line_rules(stored, 2), "credit-code");
  EXPECT_EQ(line_rules(stored, 3), "parent-unknown");
  const std::string hospital = at(fhir.get("/fhir/Organization?identifier=91350100M000100Y43").body, "entry.resource.id");
  EXPECT_EQ(total("Organization?partof=Organization/" + hospital), "1");
  EXPECT_EQ(statuses(import("Organization", institutions)).substr(0, 13), "there-already");

  const std::string staff =
      "姓名,性别,工号,执业类别,执业证书编号,有效期至,职称,机构信用代码,科室\n"
      "何医生,女,S001,临床,110350100001,2030-12-31,主治医师,91350100M000100Y43,内科\n"
      "吕过期,男,S002,护理,110350100002,2020-01-01,护师,91350100M000100Y43,内科\n"
      "施重号,男,S001,,,,,,\n"
      "张错日,男,S003,临床,110350100003,31/12/2030,,,\n";
  const auto people = import("Practitioner", staff);
  EXPECT_EQ(statuses(people), "good,faulty,faulty,faulty") << people.body;
  EXPECT_EQ(line_rules(people, 1), "licence-expired");
  EXPECT_EQ(line_rules(people, 2), "number-twice");
  EXPECT_EQ(line_rules(people, 3), "date");
  const std::string doctor = fhir.get("/fhir/Practitioner?identifier=S001").body;
  EXPECT_EQ(at(doctor, "entry.resource.qualification.period.end"), "2030-12-31");
  EXPECT_EQ(total("PractitionerRole?organization=Organization/" + hospital), "1");
}

TEST_F(KeepingImport, InstitutionsByHand) {
  const auto registered = [&](const std::string& type, const std::string& resource) { return operate(type + "/$register", {R"({"name":"resource","resource":)" + resource + "}"}); };
  const std::string code = R"("identifier":[{"system":"urn:witmed:id:uscc","value":"914403001922038216"}])";
  const auto made = registered("Organization", R"({"resourceType":"Organization","name":"河口镇卫生院",)" + code + "}");
  ASSERT_EQ(made.status, 200) << made.body;
  const std::string former = at(made.body, "parameter.where(name='resource').resource.id");
  EXPECT_EQ(registered("Organization", R"({"resourceType":"Organization","name":"另一家",)" + code + "}").status, 409);
  EXPECT_EQ(registered("Organization", R"({"resourceType":"Organization"})").status, 422);
  EXPECT_EQ(registered("Organization", R"({"resourceType":"Patient"})").status, 400);
  const std::string successor = at(registered("Organization", R"({"resourceType":"Organization","name":"河口中心卫生院","active":true})").body, "parameter.resource.id");
  const std::string owner = R"("managingOrganization":{"reference":"Organization/)" + former + "\"}";
  ASSERT_EQ(registered("Location", R"({"resourceType":"Location","name":"一病区",)" + owner + "}").status, 200);
  ASSERT_EQ(registered("Organization", R"({"resourceType":"Organization","name":"内科","partOf":{"reference":"Organization/)" + former + "\"}}").status, 200);
  ASSERT_EQ(operate("Practitioner/$register", {R"({"name":"resource","resource":{"resourceType":"Practitioner","name":[{"use":"official","text":"孔医生"}]}})",
                                               R"({"name":"role","resource":{"resourceType":"PractitionerRole","organization":{"reference":"Organization/)" + former + "\"}}}"}).status, 200);

  EXPECT_EQ(operate("Organization/" + former + "/$rename", {text("name", "河口镇医院")}).status, 422) << "say why";
  ASSERT_EQ(operate("Organization/" + former + "/$rename", {text("name", "河口镇医院"), text("reason", "批复")}).status, 200);
  EXPECT_EQ(at(fhir.get("/fhir/Organization?name=%E6%B2%B3%E5%8F%A3%E9%95%87%E5%8D%AB").body, "entry.resource.id"), former) << "found by its former name";

  const std::string into = R"({"name":"into","valueReference":{"reference":"Organization/)" + successor + "\"}}";
  const auto merged = operate("Organization/" + former + "/$merge", {into, text("reason", "机构改革")});
  ASSERT_EQ(merged.status, 200) << merged.body;
  EXPECT_EQ(at(fhir.get("/fhir/Organization/" + former).body, "active"), "false");
  for (const char* query : {"Location?organization=Organization/", "Organization?partof=Organization/", "PractitionerRole?organization=Organization/"}) {
    EXPECT_EQ(total(query + successor), "1") << query;
    EXPECT_EQ(total(query + former), "0") << query;
  }
  EXPECT_EQ(operate("Organization/" + successor + "/$merge", {R"({"name":"into","valueReference":{"reference":"Organization/)" + former + "\"}}", text("reason", "x")}).status, 409);
  const std::string act = at(merged.body, "parameter.where(name='provenance').value.reference");
  ASSERT_EQ(operate(act + "/$undo", {text("reason", "批复撤回")}).status, 200);
  EXPECT_EQ(total("Location?organization=Organization/" + former), "1");
}

}  // namespace
}  // namespace witmed::test
