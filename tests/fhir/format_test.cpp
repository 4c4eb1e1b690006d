#include "fhir/validate/format.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "fhir/validate/xhtml.h"

namespace witmed::fhir {
namespace {

struct Case {
  const char* type;
  std::vector<std::string> good, bad;
};

const Case kCases[] = {
    {"integer",
     {"0", "-1", "2147483647", "-2147483648"},
     {"2147483648", "-2147483649", "1.0", "1e3", "01", "99999999999"}},
    {"positiveInt", {"1", "2147483647"}, {"0", "-1", "2147483648"}},
    {"unsignedInt", {"0", "2147483647"}, {"-1", "1.5"}},
    {"string",
     {"x", " x ", "\n", "中文　全角", std::string(1 << 20, 'a')},
     {"", "a\x01", "a\x0b", std::string((1 << 20) + 1, 'a')}},
    {"markdown", {"# 标题\n\n内容", " "}, {""}},
    {"code", {"a", "a b", "甲 乙"}, {"", " a", "a ", "a  b", "a\n b"}},
    {"id", {"a", "A-1.b", std::string(64, 'x')}, {"", "a_b", "a/b", "中", std::string(65, 'x')}},
    {"uri", {"http://a.b/c?d#e", "urn:oid:1.2", "x", "#y"}, {"", "a b", "a\tb"}},
    {"url", {"ftp://a"}, {"a b"}},
    {"canonical", {"http://a|1.0#x"}, {"a b"}},
    {"oid",
     {"urn:oid:1.2.3", "urn:oid:2.16.840.1.113883", "urn:oid:0.0"},
     {"1.2.3", "urn:oid:", "urn:oid:1", "urn:oid:3.1", "urn:oid:1.02", "urn:oid:1.2.", "urn:oid:1..2",
      "urn:oid:1.a"}},
    {"uuid",
     {"urn:uuid:c757873d-ec9a-4326-a141-556f43239520"},
     {"c757873d-ec9a-4326-a141-556f43239520", "urn:uuid:C757873D-ec9a-4326-a141-556f43239520",
      "urn:uuid:c757873dec9a-4326-a141-556f432395200"}},
    {"base64Binary",
     {"YWJj", "YQ==", "YWI=", "YWJj\r\nYWJj", " YWJj "},
     {"", "YWJ", "Y===", "=YWJ", "YQ==YQ==", "YW.j", "YWJj="}},
    {"date",
     {"2023", "2023-02", "2023-02-28", "2024-02-29", "2000-02-29", "0001-01-01", "9999-12-31"},
     {"", "23", "0000", "2023-2", "2023-13", "2023-00", "2023-02-29", "1900-02-29", "2023-04-31",
      "2023-01-00", "2023-02-28T", "2023/02/28", "2023-02-", "-023"}},
    {"dateTime",
     {"2023", "2023-02", "2023-02-28", "2023-02-28T23:59:59Z", "2023-02-28T00:00:00.123456789+08:00",
      "2016-12-31T23:59:60Z", "2023-02-28T00:00:00-14:00"},
     {"2023-02-28T10:00:00", "2023-02-28T10:00Z", "2023-02-28T24:00:00Z", "2023-02-28T10:60:00Z",
      "2023-02-28T10:00:61Z", "2023-02-28T10:00:00+14:01", "2023-02-28T10:00:00+15:00",
      "2023-02-28T10:00:00.Z", "2023-02-28 10:00:00Z", "2023-02-28t10:00:00Z", "2023-02-30T10:00:00Z",
      "2023-02-28T10:00:00z", "2023-02-28T"}},
    {"instant",
     {"2023-02-28T23:59:59Z", "2023-02-28T23:59:59.1+08:00"},
     {"2023", "2023-02-28", "2023-02-28T23:59:59"}},
    {"time",
     {"00:00:00", "23:59:59.999", "23:59:60"},
     {"24:00:00", "1:00:00", "10:00", "10:00:00Z", "10:00:00.", ""}},
};

TEST(Format, OfEveryPrimitive) {
  for (const Case& c : kCases) {
    const Format format = format_of(Definitions::r4().type_id(c.type));
    ASSERT_NE(format, Format::none) << c.type;
    for (const std::string& text : c.good)
      EXPECT_TRUE(well_formed(format, text)) << c.type << ": " << text.substr(0, 80);
    for (const std::string& text : c.bad)
      EXPECT_FALSE(well_formed(format, text)) << c.type << ": " << text.substr(0, 80);
  }
}

TEST(Format, LengthOfAStringIsInCharacters) {
  std::string text;
  for (int i = 0; i < 1 << 20; ++i) text += "字";
  EXPECT_TRUE(well_formed(Format::string, text));
  EXPECT_FALSE(well_formed(Format::string, text + "x"));
}

TEST(Format, EveryPrimitiveTypeHasOne) {
  for (const Type& type : Definitions::r4().types()) {
    EXPECT_EQ(format_of(type.id) != Format::none, type.kind == TypeKind::primitive) << type.name;
  }
}

TEST(Format, Narrative) {
  for (const char* good :
       {"<div>x</div>", "<div xmlns=\"http://www.w3.org/1999/xhtml\"><p>a<br/>b</p><!-- c --></div>",
        " <div>&lt;</div>\n", "<div/>", "<div><a href='x?a=1&amp;b=2'>x > y</a></div>"}) {
    EXPECT_TRUE(is_narrative(good)) << good;
  }
  for (const char* bad :
       {"", "x", "<p>x</p>", "<div>x", "<div><p>x</div>", "<div>x</div>y", "<div></div><div></div>",
        "<div><script>x</script></div>", "<div onclick=\"x\">y</div>", "<div a>y</div>", "<div a=x>y</div>",
        "<div><br></div>", "<div", "<div><", "<div a=\"", "<divx>y</divx>", "<!DOCTYPE html><div>x</div>",
        "<div><iframe src='x'/></div>", "<div><!-- x</div>"}) {
    EXPECT_FALSE(is_narrative(bad)) << bad;
  }
}

}  // namespace
}  // namespace witmed::fhir
