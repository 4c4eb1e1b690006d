#include "services/keeping/csv.h"

#include <gtest/gtest.h>

#include "services/keeping/table.h"

namespace witmed::keeping {
namespace {

std::string shown(const Csv& csv) {
  std::string out;
  for (const auto& each : csv.columns) out += "<" + each + ">";
  for (const CsvRow& row : csv.rows) {
    out += " " + std::to_string(row.line) + ":";
    for (const auto& each : row.fields) out += "[" + each + "]";
  }
  return out;
}

TEST(Csv, QuotesLineEndsAndEmptyLines) {
  EXPECT_EQ(shown(read_csv("\xef\xbb\xbf a , b\r\n1,\"x,\"\"y\"\"\"\r\n\r\n , \n\"two\nlines\",3\n4", 10)), "<a><b> 2:[1][x,\"y\"] 5:[two\nlines][3] 7:[4]");
  EXPECT_EQ(shown(read_csv("a\r1\r2", 10)), "<a> 2:[1] 3:[2]");
}

TEST(Csv, SaysWhatIsWrong) {
  EXPECT_FALSE(read_csv("", 10).fault_en.empty());
  EXPECT_FALSE(read_csv("\n\n", 10).fault_en.empty());
  EXPECT_FALSE(read_csv("a\n\"b", 10).fault_en.empty());
  EXPECT_FALSE(read_csv("a\n1\n2\n3\n", 2).fault_en.empty());
  EXPECT_FALSE(read_csv("a\n\xff\n", 10).fault_en.empty());
  EXPECT_TRUE(read_csv("a\n1\n2\n", 2).fault_en.empty());
}

TEST(Csv, ColumnsByTheirNames) {
  EXPECT_EQ(column_of(resident_columns(), "身份证号")->field, "document.number");
  EXPECT_EQ(column_of(resident_columns(), "birth-date")->zh, "出生日期");
  EXPECT_EQ(column_of(resident_columns(), ""), nullptr);
  EXPECT_EQ(column_of(staff_columns(), "统一社会信用代码")->field, "institution");
}

}  // namespace
}  // namespace witmed::keeping
