// The printed summary, through the real server, read back with pdftotext and drawn with pdftoppm.
#include <cstdio>
#include <fstream>

#include "rest/serve.h"

namespace witmed {
namespace {

using test::FhirClient;
using test::Serve;

std::string run(const std::string& command) {
  std::string out;
  FILE* pipe = popen(command.c_str(), "r");
  if (pipe == nullptr) return out;
  char part[4096];
  for (size_t got; (got = fread(part, 1, sizeof part, pipe)) > 0;) out.append(part, got);
  pclose(pipe);
  return out;
}

class SummaryPdf : public testing::Test {
 protected:
  void SetUp() override {
    if (run("command -v pdftotext").empty())
      GTEST_SKIP() << "poppler-utils is not installed: the PDF cannot be read back";
  }
  void put(const std::string& json) {
    auto document = fhir::Document::parse(json);
    std::string address =
        "/fhir/" + document.root()["resourceType"].string() + "/" + document.root()["id"].string();
    auto response = fhir_.put(address, json);
    ASSERT_EQ(response.status, 201) << response.body << json;
  }
  // The text of the PDF, without spaces and line ends: cells wrap where they like.
  std::string print(const std::string& id, int* pages = nullptr) {
    auto response = fhir_.get("/fhir/Patient/" + id + "/$summary-pdf", "Accept: application/pdf\r\n");
    EXPECT_EQ(response.status, 200) << response.body;
    EXPECT_TRUE(response.has("Content-Type: application/pdf")) << response.head;
    path_ = testing::TempDir() + "summary_" + std::to_string(getpid()) + ".pdf";
    std::ofstream(path_, std::ios::binary) << response.body;
    if (pages != nullptr) *pages = std::stoi("0" + run("pdfinfo " + path_ + " | sed -n 's/^Pages: *//p'"));
    std::string text = run("pdftotext -layout " + path_ + " -"), out;
    for (char c : text)
      if (c != ' ' && c != '\n' && c != '\f') out += c;
    return out;
  }
  void TearDown() override { std::remove(path_.c_str()); }

  Serve serve_;
  FhirClient fhir_{serve_.port()};
  std::string path_;
};

std::string patient(const std::string& id, const std::string& name, bool synthetic = true) {
  return R"({"resourceType":"Patient","id":")" + id + "\"" +
         (synthetic ? R"(,"meta":{"tag":[{"system":"urn:witmed:tag","code":"synthetic"}]})" : "") +
         R"(,"identifier":[{"system":"urn:oid:2.16.156.10011.1.3","value":"470121195001310011"}],"name":[{"text":")" +
         name +
         R"("}],"gender":"female","birthDate":"1950-01-31","managingOrganization":{"reference":"Organization/o1","display":"柳湾村卫生室"}})";
}

TEST_F(SummaryPdf, HasWhatADoctorElsewhereMustKnow) {
  put(patient("p1", "王秀英"));
  put(R"({"resourceType":"AllergyIntolerance","id":"a1","clinicalStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical","code":"active"}]},"criticality":"high","patient":{"reference":"Patient/p1"},"code":{"text":"青霉素"},"reaction":[{"manifestation":[{"text":"皮疹"}]}]})");
  put(R"({"resourceType":"Encounter","id":"e1","status":"finished","class":{"code":"AMB"},"subject":{"reference":"Patient/p1"},"period":{"start":"2025-03-01T09:00:00+08:00"},"serviceProvider":{"reference":"Organization/h1","display":"清禾县人民医院"},"reasonCode":[{"text":"头晕"}]})");
  put(R"({"resourceType":"Condition","id":"c1","subject":{"reference":"Patient/p1"},"encounter":{"reference":"Encounter/e1"},"code":{"coding":[{"code":"I10.x00"}],"text":"高血压"},"onsetDateTime":"2011-04-05"})");
  put(R"({"resourceType":"MedicationRequest","id":"m1","status":"active","intent":"order","subject":{"reference":"Patient/p1"},"authoredOn":"2025-03-01","medicationCodeableConcept":{"text":"氨氯地平片"},"dosageInstruction":[{"text":"每日一次，每次 5 mg"}],"dispenseRequest":{"expectedSupplyDuration":{"value":28,"system":"http://unitsofmeasure.org","code":"d"}}})");
  put(R"({"resourceType":"Observation","id":"o1","status":"final","subject":{"reference":"Patient/p1"},"encounter":{"reference":"Encounter/e1"},"code":{"text":"空腹血糖"},"effectiveDateTime":"2025-03-01","valueQuantity":{"value":9.10,"unit":"mmol/L"},"referenceRange":[{"low":{"value":3.9},"high":{"value":6.1}}]})");
  put(R"({"resourceType":"Observation","id":"o2","status":"entered-in-error","subject":{"reference":"Patient/p1"},"code":{"text":"误录项目"},"valueString":"x"})");
  int pages = 0;
  const std::string text = print("p1", &pages);
  EXPECT_EQ(pages, 1);
  for (const char* piece :
       {"居民健康档案摘要", "王秀英", "470121********0011", "1950-01-31", "青霉素（高风险）：皮疹", "高血压",
        "I10.x00", "2011-04-05", "氨氯地平片", "2025-03-29", "9.10mmol/L", "↑偏高", "3.9–6.1",
        "清禾县人民医院", "头晕", "柳湾村卫生室", "演示数据", "第1页/共1页", "打印时间"})
    EXPECT_NE(text.find(piece), std::string::npos) << piece << " in " << text;
  EXPECT_EQ(text.find("误录项目"), std::string::npos);
  EXPECT_EQ(text.find("470121195001310011"), std::string::npos) << "the whole identity number";
}

TEST_F(SummaryPdf, UnknownIsSaidAndRealDataHasNoWatermark) {
  put(patient("p2", "李 明", false));
  const std::string text = print("p2");
  EXPECT_NE(text.find("未记录（不等于没有过敏）"), std::string::npos) << text;
  EXPECT_EQ(text.find("演示数据"), std::string::npos) << text;
  EXPECT_EQ(text.find("SYNTHETIC"), std::string::npos) << text;
}

TEST_F(SummaryPdf, RareCharactersAreShownOrSaidByCodePoint) {
  // 㛃 (extension A), 𠅤 (B), 𬎆 (E), 𮥶 (F), and two that hardly any font has: U+30EDE (G), U+323AF
  // (H).
  put(patient("p3", "王㛃𠅤·古丽𰻞\xF0\xB2\x8E\xAF"));
  const std::string text = print("p3");
  EXPECT_NE(text.find("王㛃"), std::string::npos) << text;
  EXPECT_NE(text.find("·古丽"), std::string::npos) << text;
  for (const auto& [letter, code] : {std::pair<std::string, std::string>{"𠅤", "〔U+20164〕"},
                                     {"𰻞", "〔U+30EDE〕"},
                                     {"\xF0\xB2\x8E\xAF", "〔U+323AF〕"}}) {
    const bool shown = text.find(letter) != std::string::npos, said = text.find(code) != std::string::npos;
    EXPECT_NE(shown, said) << code << " in " << text;
  }
}

TEST_F(SummaryPdf, ALongLifeHasNumberedPagesAndInkOnEach) {
  put(patient("p4", "赵长寿"));
  for (int i = 0; i < 60; ++i) {
    const std::string n = std::to_string(i),
                      day = "2024-0" + std::to_string(1 + i % 9) + "-1" + std::to_string(i % 10);
    put(R"({"resourceType":"Condition","id":"c)" + n +
        R"(","subject":{"reference":"Patient/p4"},"code":{"text":"诊断第)" + n +
        R"(号，名称较长以便折行"},"recordedDate":")" + day + "\"}");
    put(R"({"resourceType":"Observation","id":"o)" + n +
        R"(","status":"final","subject":{"reference":"Patient/p4"},"code":{"text":"检验第)" + n +
        R"(号"},"effectiveDateTime":")" + day + R"(","valueQuantity":{"value":)" + n + R"(,"unit":"g/L"}})");
  }
  int pages = 0;
  const std::string text = print("p4", &pages);
  ASSERT_GE(pages, 3);
  for (int page = 1; page <= pages; ++page)
    EXPECT_NE(text.find("第" + std::to_string(page) + "页/共" + std::to_string(pages) + "页"),
              std::string::npos)
        << text;
  EXPECT_NE(text.find("共60项，此处列最近30项"), std::string::npos) << text;
  // Drawn: no page is blank, none is black.
  for (int page = 1; page <= pages; ++page) {
    const std::string pixels =
        run("pdftoppm -r 30 -gray -f " + std::to_string(page) + " -l " + std::to_string(page) + " " + path_);
    ASSERT_GT(pixels.size(), 10'000u);
    const auto dark = std::count_if(pixels.begin() + 15, pixels.end(),
                                    [](char c) { return static_cast<unsigned char>(c) < 128; });
    EXPECT_GT(dark, 80) << page;
    EXPECT_LT(dark, static_cast<ptrdiff_t>(pixels.size() / 4)) << page;
  }
}

TEST_F(SummaryPdf, OfNobodyIsRefused) {
  EXPECT_EQ(fhir_.get("/fhir/Patient/nobody/$summary-pdf").status, 404);
  put(patient("p5", "钱"));
  EXPECT_EQ(fhir_.get("/fhir/Patient/p5/$summary-pdf?x=1").status, 400);
  EXPECT_EQ(fhir_.remove("/fhir/Patient/p5").status, 204);
  EXPECT_EQ(fhir_.get("/fhir/Patient/p5/$summary-pdf").status, 410);
}

}  // namespace
}  // namespace witmed
