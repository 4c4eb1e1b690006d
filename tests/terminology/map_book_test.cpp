// Books of concept maps: every pair is found from both sides.
#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>

#include "base/error.h"
#include "terminology/book/map_book.h"

namespace witmed::terminology {
namespace {

TEST(MapBook, SaysAgainWhatTheResourceSaid) {
  const auto document = fhir::Document::parse(R"({
    "resourceType": "ConceptMap", "url": "http://example.org/map", "version": "1", "status": "active",
    "sourceUri": "http://example.org/a", "group": [{
      "source": "urn:a", "sourceVersion": "3", "target": "urn:b",
      "element": [
        {"code": "x", "display": "X", "target": [{"code": "1", "equivalence": "wider", "comment": "so so"},
                                                 {"code": "2", "equivalence": "equal", "product": [{"property": "p", "value": "v"}]}]},
        {"code": "none"}],
      "unmapped": {"mode": "fixed", "code": "?"}}]})");
  const MapBook book(Image::keep(MapBookBuilder::from_resource(document.root()).finish()));
  EXPECT_EQ(book.url(), "http://example.org/map");
  EXPECT_NE(book.resource().find("sourceUri"), std::string_view::npos);
  EXPECT_EQ(book.resource().find("so so"), std::string_view::npos);
  ASSERT_EQ(book.groups(), 1u);
  EXPECT_EQ(book.group(0).source_version, "3");
  EXPECT_EQ(book.group(0).unmapped_mode, "fixed");
  const auto x = book.from(0, "x");
  ASSERT_EQ(x.size(), 2u);
  EXPECT_EQ(x[0].code, "1");
  EXPECT_EQ(x[0].equivalence, "wider");
  EXPECT_EQ(x[0].comment, "so so");
  EXPECT_EQ(x[1].extra, R"({"product":[{"property":"p","value":"v"}]})");
  ASSERT_EQ(book.to(0, "2").size(), 1u);
  EXPECT_EQ(book.to(0, "2")[0].source_code, "x");
  EXPECT_EQ(book.to(0, "2")[0].source_display, "X");
  ASSERT_EQ(book.from(0, "none").size(), 1u);
  EXPECT_TRUE(book.from(0, "none")[0].code.empty());
  EXPECT_TRUE(book.from(0, "y").empty());
  EXPECT_TRUE(book.from(7, "x").empty());
}

TEST(MapBookProperty, EveryPairFromBothSides) {
  for (uint32_t seed = 0; seed < 30; ++seed) {
    std::mt19937 random(seed);
    MapBookBuilder builder({"urn:map"});
    std::set<std::pair<std::string, std::string>> told[3];
    for (int g = 0; g < 3; ++g) builder.group({"urn:s", {}, "urn:t", {}, {}, {}, {}, {}});
    for (int i = 0; i < 200; ++i) {
      const uint32_t group = random() % 3;
      const std::string from = "s" + std::to_string(random() % 40), to = "t" + std::to_string(random() % 40);
      told[group].emplace(from, to);
      builder.add(group, {from, {}, to, {}, "equal", {}, {}});
    }
    const MapBook book(Image::keep(builder.finish()));
    for (uint32_t group = 0; group < 3; ++group) {
      std::set<std::pair<std::string, std::string>> from, to, all;
      for (int i = 0; i < 40; ++i) {
        for (const auto& p : book.from(group, "s" + std::to_string(i))) from.emplace(p.source_code, p.code);
        for (const auto& p : book.to(group, "t" + std::to_string(i))) to.emplace(p.source_code, p.code);
      }
      book.each(group, [&](const MapBookPair& p) { return all.emplace(p.source_code, p.code), true; });
      EXPECT_EQ(from, told[group]);
      EXPECT_EQ(to, told[group]);
      EXPECT_EQ(all, told[group]);
    }
    EXPECT_EQ(book.size(), told[0].size() + told[1].size() + told[2].size()) << "none twice";
  }
}

TEST(MapBook, DamageIsRefusedOrHarmless) {
  MapBookBuilder builder({"urn:map"});
  builder.group({"urn:s", {}, "urn:t", {}, {}, {}, {}, {}});
  for (int i = 0; i < 300; ++i) builder.add(0, {"s" + std::to_string(i), {}, "t" + std::to_string(i % 70), {}, "equal", {}, {}});
  const std::string bytes = builder.finish();
  std::mt19937 random(3);
  for (int round = 0; round < 300; ++round) {
    std::string damaged = bytes;
    for (int k = 0; k < 8; ++k) damaged[sizeof(Header) + 250 + random() % (damaged.size() - sizeof(Header) - 250)] = static_cast<char>(random());
    const MapBook book(Image::keep(std::move(damaged)));
    for (int i = 0; i < 300; i += 11) book.from(0, "s" + std::to_string(i)), book.to(0, "t" + std::to_string(i));
    int left = 1000;
    book.each(0, [&](const MapBookPair& p) { return p.code.size() < (1u << 20) && --left > 0; });
  }
  EXPECT_THROW(MapBook(Image::keep(bytes.substr(0, bytes.size() - 1))), Failure);
}

}  // namespace
}  // namespace witmed::terminology
