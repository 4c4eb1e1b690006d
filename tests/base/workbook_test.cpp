#include "base/workbook.h"

#include <gtest/gtest.h>

#include <random>

#include "base/error.h"
#include "base/zip.h"
#include "terminology/workbook_writer.h"

namespace witmed {
namespace {

std::string shown(std::string_view bytes, const std::string& sheet = {}) {
  std::string out;
  Workbook book(bytes, sheet);
  for (CsvRow row; book.next(row);) {
    out += std::to_string(row.line) + ":";
    for (const auto& field : row.fields) out += "[" + field + "]";
    out += " ";
  }
  return out;
}

std::string book_of(std::string_view sheet) {
  terminology::ZipWriter zip;
  zip.add("xl/workbook.xml", "<x:workbook xmlns:x=\"x\" xmlns:r=\"r\"><x:sheets><x:sheet name=\"a\" r:id=\"i1\"/><x:sheet name=\"b\" r:id=\"i2\"/></x:sheets></x:workbook>");
  zip.add("xl/_rels/workbook.xml.rels", "<R><Relationship Id=\"i1\" Target=\"one.xml\"/><Relationship Id=\"i2\" Target=\"/xl/two.xml\"/></R>");
  zip.add("xl/one.xml", sheet);
  zip.add("xl/two.xml", "<w><row><c><v>2</v></c></row></w>");
  return zip.finish();
}

TEST(Workbook, CellsOfEachKind) {
  EXPECT_EQ(shown(terminology::workbook({{"代码", "", "名称"}, {}, {" a ", "b"}})), "1:[代码][][名称] 3:[a][b] ");
  EXPECT_EQ(shown(book_of("<w><row r=\"2\"><c r=\"B2\"><v>1.50</v></c><c t=\"inlineStr\"><is><t>x</t><rPh><t>y</t></rPh></is></c></row>"
                          "<row r=\"5\"><c r=\"A5\" t=\"str\"><f>A1&amp;B1</f><v>sum</v></c><c r=\"ZZZZ5\"><v>far</v></c><c r=\"C5\" t=\"s\"><v>9</v></c></row><row r=\"6\"/></w>")),
            "2:[][1.50][x] 5:[sum][][] ");
  EXPECT_EQ(shown(book_of("<w/>"), "b"), "1:[2] ");
}

TEST(Workbook, WhatIsNoneIsRefused) {
  EXPECT_THROW(shown(""), Failure);
  EXPECT_THROW(shown("PK\x03\x04 and no more"), Failure);
  EXPECT_THROW(shown(book_of("<w/>"), "c"), Failure);
  EXPECT_THROW(shown(book_of("<w><row>")), Failure);
  EXPECT_THROW(shown(book_of("<!DOCTYPE a [<!ENTITY b \"b\"><!ENTITY c \"&b;&b;\">]><w>&undefined;")), Failure);
  const std::string good = terminology::workbook({{"a", "b"}, {"c", "d"}});
  std::mt19937 random(1);
  for (int round = 0; round < 2000; ++round) {
    std::string bad = good;
    for (int k = 0; k < 3; ++k) bad[random() % bad.size()] = static_cast<char>(random());
    try {
      shown(bad);
    } catch (const Failure&) {
    }
  }
}

TEST(Zip, UnfoldsNoMoreThanAllowed) {
  terminology::ZipWriter writer;
  writer.add("a", std::string(1000, 'x'));
  const std::string bytes = writer.finish();
  const Zip zip(bytes);
  EXPECT_EQ(zip.read(*zip.find("a"), 1000), std::string(1000, 'x'));
  EXPECT_THROW(zip.read(*zip.find("a"), 999), Failure);
  EXPECT_EQ(zip.find("b"), nullptr);
}

}  // namespace
}  // namespace witmed
