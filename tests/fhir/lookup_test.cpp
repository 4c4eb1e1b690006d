#include "fhir/search/lookup.h"

#include <gtest/gtest.h>

namespace witmed::fhir {
namespace {

std::string joined(std::string_view name) {
  std::string out;
  for (const auto& s : pinyin(name)) out += (out.empty() ? "" : " ") + s;
  return out;
}

TEST(Lookup, PinyinWithSurnamesAsTheyAreRead) {
  EXPECT_EQ(joined("张伟"), "zhang wei");
  EXPECT_EQ(joined("单小明"), "shan xiao ming");
  EXPECT_EQ(joined("解放"), "xie fang");
  EXPECT_EQ(joined("尉迟恭"), "yu chi gong");
  EXPECT_EQ(joined("阿依古丽·买买提").substr(0, 2), "a ");
  EXPECT_EQ(joined("Smith"), "");
}

TEST(Lookup, AsPeopleAskAtACounter) {
  LookupTerms t{{"张伟", "zhang wei"}, {"zhangwei", "zw"}, {"11010119500131001x", "13800001234"}};
  for (const char* q : {"张", "张伟", "伟", "zw", "ZW", "zhangw", "Zhang Wei", "11010119500131001X", "001x", "1234", "0001234"})
    EXPECT_EQ(lookup_matches(q, t), std::string(q) != "伟") << q;
  for (const char* q : {"", "  ", "李", "wz", "234", "1950", "0131", "%", "张三"}) EXPECT_FALSE(lookup_matches(q, t)) << q;
}

}  // namespace
}  // namespace witmed::fhir
