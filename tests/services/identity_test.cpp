// Numbers, names, dates and ages of people and institutions.
#include <gtest/gtest.h>

#include "services/identity/birth.h"
#include "services/identity/code_tables.h"
#include "services/identity/credit_code.h"
#include "services/identity/division.h"
#include "services/identity/document.h"
#include "services/identity/name.h"
#include "services/identity/resident_number.h"

namespace witmed::identity {
namespace {

TEST(ResidentNumber, OfTheStandardItself) {  // the two examples of GB 11643-1999
  const ResidentNumber woman = read_resident_number("11010519491231002x");
  EXPECT_TRUE(woman.valid());
  EXPECT_EQ(woman.number, "11010519491231002X");
  EXPECT_EQ(woman.birth_date, "1949-12-31");
  EXPECT_FALSE(woman.male);
  EXPECT_EQ(woman.region, "110105");
  const ResidentNumber man = read_resident_number("440524188001010014");
  EXPECT_TRUE(man.valid());
  EXPECT_EQ(man.birth_date, "1880-01-01");
  EXPECT_TRUE(man.male);
}

TEST(ResidentNumber, EverySingleSlipAndEverySwapOfNeighboursIsFound) {
  const std::string right = "11010519491231002X";
  for (size_t i = 0; i < 17; ++i) {
    for (char c = '0'; c <= '9'; ++c) {
      std::string wrong = right;
      wrong[i] = c;
      if (wrong == right) continue;
      EXPECT_FALSE(read_resident_number(wrong).valid()) << wrong;
    }
    std::string swapped = right;
    std::swap(swapped[i], swapped[i + 1]);
    EXPECT_FALSE(swapped != right && read_resident_number(swapped).valid()) << swapped;
  }
}

TEST(ResidentNumber, SaysWhatIsWrong) {
  EXPECT_EQ(read_resident_number("").fault, NumberFault::length);
  EXPECT_EQ(read_resident_number("1101051949123100").fault, NumberFault::length);
  EXPECT_EQ(read_resident_number("11010519491231X02X").fault, NumberFault::characters);
  EXPECT_EQ(read_resident_number("110105194902310021").fault, NumberFault::date);
  EXPECT_EQ(read_resident_number("110105194912310021").fault, NumberFault::check);
  EXPECT_EQ(read_resident_number("110105850231002").fault, NumberFault::date);
}

TEST(ResidentNumber, FullWidthAndSpacesAreReadAsMeant) {
  EXPECT_TRUE(read_resident_number("１１０１０５ 19491231 002Ｘ").valid());
  EXPECT_EQ(plain_document_number("　ｇ１２-３４５ "), "G12345");
}

TEST(ResidentNumber, FirstGeneration) {
  const ResidentNumber old = read_resident_number("110105491231002");
  EXPECT_TRUE(old.valid());
  EXPECT_TRUE(old.first_generation);
  EXPECT_EQ(old.number, "11010519491231002X");
  EXPECT_EQ(to_first_generation("11010519491231002X"), "110105491231002");
  // 996–999 were kept for those born before 1900.
  EXPECT_EQ(read_resident_number("470121560307997").birth_date, "1856-03-07");
  EXPECT_EQ(to_first_generation(from_first_generation("470121560307997")), "470121560307997");
  EXPECT_EQ(to_first_generation("440524188001010014"), std::nullopt) << "nobody born 1880 had this sequence";
}

TEST(CreditCode, PublishedCodes) {
  for (const char* code : {"91350100M000100Y43", "91330100799655058B", "9144030071526726XG", "914403001922038216"})
    EXPECT_TRUE(read_credit_code(code).valid()) << code;
  EXPECT_EQ(read_credit_code("91330100799655058B").region, "330100");
}

TEST(CreditCode, SlipsAreFound) {
  EXPECT_EQ(read_credit_code("91330100799655058C").fault, CreditCodeFault::check);
  EXPECT_EQ(read_credit_code("91330100799655085B").fault, CreditCodeFault::check);
  EXPECT_EQ(read_credit_code("9133010O799655058B").fault, CreditCodeFault::characters);
  EXPECT_EQ(read_credit_code("9133010079965505").fault, CreditCodeFault::length);
  std::string inner = "91330100799655048";  // the organisation code inside is wrong, the outer check agrees
  inner += credit_check_character(inner);
  EXPECT_EQ(read_credit_code(inner).fault, CreditCodeFault::organisation_check);
}

TEST(CodeTables, SexAndNationality) {
  EXPECT_EQ(sex_code("1")->gender, "male");
  EXPECT_EQ(sex_code("女")->code, "2");
  EXPECT_EQ(sex_code("unknown")->zh, "未知");
  EXPECT_EQ(sex_code("3"), nullptr);
  EXPECT_EQ(nationalities().size(), 58u);
  EXPECT_EQ(nationality("维吾尔")->code, "05");
  EXPECT_EQ(nationality("1")->zh, "汉族");
  EXPECT_EQ(nationality("57"), nullptr);
}

TEST(Division, CountiesOfToday) {
  EXPECT_EQ(division_name("11"), "北京市");
  EXPECT_EQ(division_path("110105"), "北京市朝阳区");
  EXPECT_EQ(division_path("330106"), "浙江省杭州市西湖区");
  EXPECT_EQ(division_name("470121"), std::nullopt) << "the fictional county";
  EXPECT_EQ(division_path("999999"), "");
  EXPECT_EQ(division_name(""), std::nullopt);
}

struct NumberCase {
  const char *kind, *number;
  bool good, certain;
};
class Documents : public testing::TestWithParam<NumberCase> {};
TEST_P(Documents, Number) {
  const NumberCase& c = GetParam();
  const DocumentNumber read = read_document_number(*document_kind(c.kind), c.number);
  EXPECT_EQ(read.good(), c.good) << c.kind << " " << c.number << " " << read.fault_zh;
  EXPECT_EQ(read.certain, c.certain) << c.kind << " " << c.number;
}
INSTANTIATE_TEST_SUITE_P(Kinds, Documents,
                         testing::Values(NumberCase{"resident-id", "11010519491231002X", true, false},
                                         NumberCase{"身份证", "110105194912310021", false, true},
                                         NumberCase{"resident-id", "810000199001010019", false, false},
                                         NumberCase{"hmt-residence", "810000199001010019", true, false},
                                         NumberCase{"hmt-residence", "11010519491231002X", false, true},
                                         NumberCase{"foreign-residence", "91115619900307101X", true, false},
                                         NumberCase{"foreign-residence", "FRA110085010112", true, false},
                                         NumberCase{"birth-certificate", "p470000123", true, false},
                                         NumberCase{"birth-certificate", "4700001234", false, false},
                                         NumberCase{"passport", "E 12345678", true, false},
                                         NumberCase{"passport", "12", false, false},
                                         NumberCase{"hk-macao-permit", "H12345678", true, false},
                                         NumberCase{"taiwan-permit", "12345678", true, false},
                                         NumberCase{"taiwan-permit", "T1234567", false, false},
                                         NumberCase{"household-book", "", false, true}));

TEST(Name, DotsAreOneAndSpacesGo) {
  for (const char* written : {"阿依古丽·买买提", "阿依古丽•买买提", "阿依古丽・买买提", "阿依古丽 ‧ 买买提", " 阿依古丽··买买提 "})
    EXPECT_EQ(read_name(written).text, "阿依古丽·买买提") << written;
  EXPECT_EQ(read_name("John　 Smith").text, "John Smith");
}

TEST(Name, FamilyWhereItCanBeTold) {
  EXPECT_EQ(read_name("欧阳修").family, "欧阳");
  EXPECT_EQ(read_name("王小明").given, "小明");
  EXPECT_EQ(read_name("司马").family, "司");
  EXPECT_EQ(read_name("阿依古丽·买买提").family, "");
}

TEST(Name, FiftyCharactersAndRareOnes) {
  std::string fifty;
  for (int i = 0; i < 50; ++i) fifty += "𠮷";
  EXPECT_TRUE(read_name(fifty).fault_en.empty());
  EXPECT_FALSE(read_name(fifty + "𠮷").fault_en.empty());
  for (const char* rare : {"𠮷", "𪚥", "𫝀", "𫠝", "𬺰", "\U00030000", "\U00031350"})  // CJK extensions B to H
    EXPECT_EQ(read_name(std::string("王") + rare).text, std::string("王") + rare);
  EXPECT_FALSE(read_name("王2").fault_en.empty());
  EXPECT_FALSE(read_name("\xff\xfe").fault_en.empty());
}

TEST(Name, Likeness) {
  EXPECT_EQ(name_likeness("阿依古丽·买买提", "阿依古丽•买买提"), 1);
  EXPECT_GE(name_likeness("王秀英", "王秀瑛"), 0.9) << "the same sound";
  EXPECT_GE(name_likeness("王秀英", "王秀兰"), 0.5);
  EXPECT_LT(name_likeness("王秀英", "李建国"), 0.5);
  EXPECT_EQ(name_likeness("", "李建国"), 0);
}

struct ToldCase {
  const char* told;
  ToldDate kind;
  const char* date;
};
class BirthDates : public testing::TestWithParam<ToldCase> {};
TEST_P(BirthDates, Read) {
  const ToldCase& c = GetParam();
  const BirthDate read = read_birth_date(c.told);
  EXPECT_EQ(static_cast<int>(read.kind), static_cast<int>(c.kind)) << c.told;
  EXPECT_EQ(read.date, c.date) << c.told;
}
INSTANTIATE_TEST_SUITE_P(
    Told, BirthDates,
    testing::Values(ToldCase{"1985-03-07", ToldDate::day, "1985-03-07"}, ToldCase{"1985/3/7", ToldDate::day, "1985-03-07"},
                    ToldCase{"1985.3.7", ToldDate::day, "1985-03-07"}, ToldCase{"1985年3月7日", ToldDate::day, "1985-03-07"},
                    ToldCase{"１９８５年３月７号", ToldDate::day, "1985-03-07"}, ToldCase{"19850307", ToldDate::day, "1985-03-07"},
                    ToldCase{"1985", ToldDate::partial, "1985"}, ToldCase{"1985年3月", ToldDate::partial, "1985-03"},
                    ToldCase{"1985-02-29", ToldDate::impossible, ""}, ToldCase{"1985-13", ToldDate::impossible, ""},
                    ToldCase{"3/7/1985", ToldDate::ambiguous, ""}, ToldCase{"850307", ToldDate::ambiguous, ""},
                    ToldCase{"农历1950年腊月初八", ToldDate::lunar, ""}, ToldCase{"1950年正月十五", ToldDate::lunar, ""},
                    ToldCase{"1950年闰四月", ToldDate::lunar, ""}, ToldCase{"", ToldDate::empty, ""},
                    ToldCase{"属猴", ToldDate::impossible, ""}));

struct AgeCase {
  const char *birth, *at, *text;
};
class Ages : public testing::TestWithParam<AgeCase> {};
TEST_P(Ages, AsSaid) { EXPECT_EQ(age_text_zh(age_on(GetParam().birth, GetParam().at)), GetParam().text) << GetParam().birth; }
INSTANTIATE_TEST_SUITE_P(
    Said, Ages,
    testing::Values(AgeCase{"2026-11-22", "2026-11-22", "0天"}, AgeCase{"2026-10-24", "2026-11-22", "29天"},
                    AgeCase{"2026-10-22", "2026-11-22", "1个月"}, AgeCase{"2026-01-31", "2026-03-01", "1个月"},
                    AgeCase{"2026-01-31", "2026-02-28", "28天"}, AgeCase{"2025-11-23", "2026-11-22", "11个月30天"},
                    AgeCase{"2025-11-22", "2026-11-22", "1岁"}, AgeCase{"2024-09-20", "2026-11-22", "2岁2个月"},
                    AgeCase{"2024-02-29", "2025-02-28", "11个月30天"}, AgeCase{"1926-11-23", "2026-11-22", "99岁"},
                    AgeCase{"2027-01-01", "2026-11-22", "年龄不详"}, AgeCase{"1950", "2026-11-22", "年龄不详"}));

TEST(AgeEnglish, Words) {
  EXPECT_EQ(age_text_en(age_on("2026-11-21", "2026-11-22")), "1 day");
  EXPECT_EQ(age_text_en(age_on("2024-09-20", "2026-11-22")), "2 years 2 months");
}

}  // namespace
}  // namespace witmed::identity
