// Published tables into books: layouts, encodings, workbooks, faults told by line, and never half a book.
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "base/error.h"
#include "base/workbook.h"
#include "conformance/shared_data.h"
#include "terminology/book/code_system.h"
#include "terminology/book/map_book.h"
#include "terminology/load/loader.h"
#include "terminology/workbook_writer.h"

namespace witmed::terminology {
namespace {

namespace fs = std::filesystem;

class Load : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("witmed-load-" + std::to_string(getpid()) + "-" + ::testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    settings_.folder = (folder_ / "terminology").string();
    settings_.fault = [this](const LoadFault& fault) { faults_.push_back(fs::path(fault.file).filename().string() + ":" + std::to_string(fault.line)); said_ += fault.en + "\n"; };
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::string write(const std::string& name, std::string_view text) {
    const fs::path path = folder_ / name;
    fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
    return path.string();
  }
  CodeSystem load(const std::string& path) { return CodeSystem(Image::map(load_file(path, settings_).at(0).path)); }
  std::string failure(const std::string& path) {
    try {
      load_file(path, settings_);
    } catch (const Failure& failure) {
      return failure.what();
    }
    return {};
  }
  static std::string parent(const CodeSystem& system, std::string_view code) {
    const auto parents = system.parents(system.find(code));
    return parents.empty() ? "" : std::string(system.code(parents.front()));
  }

  fs::path folder_;
  LoadSettings settings_;
  std::vector<std::string> faults_;
  std::string said_;  // all of them
};

TEST_F(Load, EveryLayoutOfTheProjectReads) {
  EXPECT_GE(layouts().size(), 15u);
  for (const Layout& each : layouts()) {
    EXPECT_FALSE(each.title_zh.empty()) << each.id;
    EXPECT_FALSE(each.title_en.empty()) << each.id;
    EXPECT_EQ(layout(each.id), &each);
  }
  EXPECT_EQ(layout_of("/x/ICD-10医保版2.0.XLSX")->id, "icd-10-insurance");
  EXPECT_EQ(layout_of("国家临床版2.0疾病诊断编码（ICD-10）.xlsx")->id, "icd-10-clinical");
  EXPECT_EQ(layout_of("手术操作分类代码国家临床版3.0.xlsx")->id, "icd-9-cm-3-clinical");
  EXPECT_EQ(layout_of("nothing.txt"), nullptr);
}

TEST_F(Load, AWordThatIsNoneIsSaid) {
  for (const std::string_view bad : {"id = \"x\"\nkinds = \"y\"", "id = 3", "id = \"x\"\n[[table]]\nfiles=[\"a\"]", "id = \"x\"", "id = ", "kind = \"shelf\"\nid=\"x\"",
                                     "id = \"x\"\n[[parent]]\npattern = \"(\"\ngives = \"\"", "id = \"x\"\n[?x]\n", "id = \"x\"\n[[\n[head]\n"})
    EXPECT_THROW(read_layout(bad, "own.toml"), Failure) << bad;
}

TEST_F(Load, WorkbookWithLevels) {
  const std::string path = write("医保版疾病诊断.xlsx", workbook({{"章", "章代码范围", "章的名称", "节代码范围", "节名称", "类目代码", "类目名称", "亚目代码", "亚目名称", "诊断代码", "诊断名称"},
                                                                 {"1", "A00-B99", "某些传染病和寄生虫病", "A00-A09", "肠道传染病", "A00", "霍乱", "A00.0", "霍乱，由于01群霍乱弧菌", "A00.000", "古典霍乱"},
                                                                 {"1", "A00-B99", "某些传染病和寄生虫病", "A00-A09", "肠道传染病", "A00", "霍乱", "A00.0", "霍乱，由于01群霍乱弧菌", "A00.000x001", "古典生物型霍乱"},
                                                                 {"1", "A00-B99", "某些传染病和寄生虫病", "A00-A09", "肠道传染病", "A01", "伤寒", "", "", "A01.000", "伤寒"}}));
  const CodeSystem system = load(path);
  EXPECT_TRUE(faults_.empty()) << said_;
  EXPECT_EQ(system.version(), "insurance-2.0");
  EXPECT_EQ(system.size(), 8u);
  EXPECT_EQ(parent(system, "A00.000"), "A00.0");
  EXPECT_EQ(parent(system, "A00.0"), "A00");
  EXPECT_EQ(parent(system, "A01.000"), "A01");
  EXPECT_EQ(parent(system, "A00-A09"), "A00-B99");
  EXPECT_EQ(system.display(system.find("A00-B99")), "某些传染病和寄生虫病");
  EXPECT_TRUE(system.is_above(system.find("A00-B99"), system.find("A00.000x001")));
}

TEST_F(Load, Gb18030AndQuotesAndDays) {
  settings_.valid_from = "2024-01-01";
  settings_.layout = layout("his-department");
  const CodeSystem system = load(write("sms_dept.csv", "id,code,cat_id,name,type,status\r\n1,XXGNK,11,\"\xD0\xC4\xD1\xAA\xB9\xDC\xC4\xDA\xBF\xC6\",0,1\r\n2,SJNK,11,\xC9\xF1\xBE\xAD\xC4\xDA\xBF\xC6,0,0\r\n"));
  EXPECT_EQ(system.valid_from(), "2024-01-01");
  EXPECT_EQ(system.display(system.find("XXGNK")), "心血管内科");
  EXPECT_TRUE(system.inactive(system.find("SJNK")));
  EXPECT_FALSE(system.inactive(system.find("XXGNK")));
}

TEST_F(Load, LoincWithItsChineseNames) {
  write("Loinc_2.78/AccessoryFiles/LinguisticVariants/zhCN5LinguisticVariant.csv",
        "\"LOINC_NUM\",\"COMPONENT\",\"LONG_COMMON_NAME\",\"LinguisticVariantDisplayName\"\n\"2345-7\",\"葡萄糖\",\"\",\"血糖\"\n\"9999-9\",\"没有\",\"\",\"\"\n");
  const CodeSystem system = load(write("Loinc_2.78/LoincTable/Loinc.csv",
                                       "\"LOINC_NUM\",\"COMPONENT\",\"CLASS\",\"STATUS\",\"SHORTNAME\",\"LONG_COMMON_NAME\",\"COMMON_TEST_RANK\"\n"
                                       "\"2339-0\",\"Glucose\",\"CHEM\",\"ACTIVE\",\"Glucose Bld-mCnc\",\"Glucose [Mass/volume] in Blood\",\"8\"\n"
                                       "\"2345-7\",\"Glucose\",\"CHEM\",\"ACTIVE\",\"Glucose SerPl-mCnc\",\"Glucose [Mass/volume] in Serum or Plasma\",\"1\"\n"
                                       "\"1-8\",\"Old\",\"CHEM\",\"DEPRECATED\",\"\",\"Old\",\"0\"\n"));
  EXPECT_EQ(system.version(), "2.78");
  EXPECT_TRUE(system.inactive(system.find("1-8")));
  const std::string_view zh[] = {"zh-CN"};
  EXPECT_EQ(system.display(system.find("2345-7"), zh), "血糖");
  const auto matches = system.search("xuetang", {}, 5);
  ASSERT_EQ(matches.size(), 1u);
  EXPECT_EQ(system.code(matches[0].id), "2345-7");
  EXPECT_EQ(system.values(system.find("2339-0")).size(), 4u);
}

TEST_F(Load, AtcHasItsLevelsAndManyDoses) {
  const CodeSystem system = load(write("WHO ATC-DDD.csv", "atc_code,atc_name,ddd,uom,adm_r,note\nA,ALIMENTARY TRACT,,,,\nA10,DRUGS USED IN DIABETES,,,,\nA10B,ORAL,,,,\nA10BA,Biguanides,,,,\n"
                                                          "A10BA02,metformin,2,g,O,\nA10BA02,metformin,1,g,P,\n"));
  EXPECT_TRUE(faults_.empty()) << said_;
  EXPECT_EQ(system.size(), 5u);
  EXPECT_EQ(parent(system, "A10BA02"), "A10BA");
  EXPECT_EQ(parent(system, "A10"), "A");
  EXPECT_EQ(system.values(system.find("A10BA02")).size(), 6u);
}

TEST_F(Load, FaultsAreToldByLine) {
  settings_.layout = layout("his-dosage-form");
  const CodeSystem system = load(write("dms_dosage.csv", "id,code,name,status\n1,ZJ,针剂,1\n\n2,,片剂,1\n3,ZJ,针,1\n4,PJ,片剂,1\n"));
  EXPECT_EQ(system.size(), 2u);
  EXPECT_EQ(faults_, (std::vector<std::string>{"dms_dosage.csv:4", "dms_dosage.csv:5"}));
}

TEST_F(Load, WhatCannotBeReadSaysWhereAndReplacesNothing) {
  const std::string good = write("dms_dosage.csv", "id,code,name,status\n1,ZJ,针剂,1\n");
  const std::string book = load_file(good, settings_).at(0).path;
  std::string many = "id,code,name,status\n";
  for (int i = 0; i < 100; ++i) many += "1,ZJ,针剂,1\n";
  const std::pair<std::string, std::string> bad[] = {
      {"id,kode,name,status\n1,a,b,c\n", "kode"},        // lists the headings there are
      {"id,code,name,status\n", "没有读到"},
      {"", "空的"},
      {"id,code,name,status\n1,\xff\xff\xff,b,c\n", ":2:"},
      {many, "--force"},
  };
  for (const auto& [text, said] : bad) {
    const std::string told = failure(write("dms_dosage.csv", text));
    EXPECT_NE(told.find(said), std::string::npos) << told;
    EXPECT_NE(told.find("dms_dosage.csv"), std::string::npos) << told;
    EXPECT_EQ(CodeSystem(Image::map(book)).size(), 1u);
  }
  EXPECT_NE(failure(write("other.xls", "\xD0\xCF\x11\xE0")).find("--layout"), std::string::npos);
  settings_.layout = layout("his-dosage-form");
  EXPECT_NE(failure(write("other.xls", "\xD0\xCF\x11\xE0")).find("xlsx"), std::string::npos);
  EXPECT_NE(failure(write("cut.xlsx", workbook({{"code", "name"}}).substr(0, 200))).find("zip"), std::string::npos);
}

TEST_F(Load, ResourcesOfABundle) {
  const auto books = load_file(write("terms.json", R"({"resourceType":"Bundle","type":"collection","entry":[
      {"resource":{"resourceType":"CodeSystem","url":"urn:c","version":"1","content":"complete","concept":[{"code":"a","display":"A"}]}},
      {"resource":{"resourceType":"ValueSet","url":"urn:v","compose":{"include":[{"system":"urn:c"}]}}},
      {"resource":{"resourceType":"Patient"}},
      {"resource":{"resourceType":"ConceptMap","url":"urn:m","group":[{"source":"urn:c","target":"urn:d","element":[{"code":"a","target":[{"code":"b","equivalence":"equal"}]}]}]}}]})"),
                               settings_);
  ASSERT_EQ(books.size(), 3u);
  EXPECT_EQ(CodeSystem(Image::map(books[0].path)).display(0), "A");
  EXPECT_NE(Image::map(books[1].path).head(HeadText::resource).find("compose"), std::string_view::npos);
  EXPECT_EQ(MapBook(Image::map(books[2].path)).from(0, "a").at(0).code, "b");
}

TEST_F(Load, TheIcdTablesLoadAndMap) {
  const fs::path tables = conformance::shared_data() / "cn/icd";
  if (!fs::exists(tables)) GTEST_SKIP() << "no " << tables;
  const CodeSystem diagnoses = load((tables / "ybb_ZD_INFO.dat").string()), operations = load((tables / "ybb_SS_INFO.dat").string());
  EXPECT_TRUE(faults_.empty()) << said_;
  EXPECT_GE(diagnoses.size(), 33303u);
  EXPECT_GE(operations.size(), 13685u);
  EXPECT_EQ(parent(diagnoses, "A00.000x001"), "A00.000");
  EXPECT_EQ(parent(diagnoses, "A00.000"), "A00");
  EXPECT_EQ(parent(diagnoses, "A00"), "A00-A09");
  EXPECT_EQ(parent(diagnoses, "A00-A09"), "A00-B99");
  EXPECT_EQ(parent(diagnoses, "I10.x00x002"), "I10.x00");
  EXPECT_EQ(parent(diagnoses, "A01.000x005+J17.0*"), "A01.000");
  for (ConceptId id = 0; id < diagnoses.size(); ++id)  // the table of chapters ends with T98
    if (diagnoses.code(id) < "U" && diagnoses.code(id).find('-') == std::string_view::npos) {
      EXPECT_FALSE(diagnoses.parents(id).empty()) << diagnoses.code(id);
    }
  const auto found = diagnoses.search("gxy", {}, 3);
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(diagnoses.display(found.front().id), "高血压");
  for (const auto& [file, from, to] : {std::tuple{"ybb_ZD_MAP.dat", "A01.000x002", "A01.003"}, std::tuple{"ybb_SS_MAP.dat", "37.8300x002", "00.5000x004"}}) {
    const MapBook map(Image::map(load_file((tables / file).string(), settings_).at(0).path));
    ASSERT_EQ(map.from(0, from).size(), 1u);
    EXPECT_EQ(map.from(0, from)[0].code, to);
    const CodeSystem& target = file[4] == 'Z' ? diagnoses : operations;
    uint32_t unknown = 0;
    map.each(0, [&](const MapBookPair& pair) { return unknown += target.find(pair.code) == kNoConcept, true; });
    EXPECT_EQ(unknown, 0u) << "targets that the edition has not";
  }
}

TEST_F(Load, TheHospitalDictionaryLoads) {
  const fs::path tables = conformance::shared_data() / "cn/his_dict";
  if (!fs::exists(tables)) GTEST_SKIP() << "no " << tables;
  size_t books = 0;
  for (const std::string& file : loadable_files(tables.string())) books += load_file(file, settings_).size();
  EXPECT_EQ(books, 5u);
}

}  // namespace
}  // namespace witmed::terminology
