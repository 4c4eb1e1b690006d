#include "fhir/json/document.h"

#include <gtest/gtest.h>

#include <optional>

namespace witmed::fhir {
namespace {

struct Refused {
  int status;
  std::string code;
  uint32_t line, column;
};

std::optional<Refused> refusal(std::string_view text, ParseLimits limits = {1 << 20, 64}) {
  try {
    Document::parse(text, limits);
    return {};
  } catch (const Rejection& r) {
    return Refused{r.status, r.issues[0].code, r.issues[0].line, r.issues[0].column};
  }
}

TEST(Document, KeepsEveryCharacterOfScalars) {
  const Document d =
      Document::parse(R"({"a": 1.00, "b": "x\u00e9\n", "c": -0.1E+2, "d": [true, false, null]})");
  EXPECT_EQ(d.root()["a"].raw(), "1.00");
  EXPECT_EQ(d.root()["b"].raw(), R"("x\u00e9\n")");
  EXPECT_EQ(d.root()["b"].string(), "xé\n");
  EXPECT_EQ(d.root()["c"].string(), "-0.1E+2");
  EXPECT_TRUE((*d.root()["d"].begin()).is_true());
  EXPECT_EQ(d.root()["d"].size(), 3u);
  EXPECT_FALSE(d.root()["e"]);
}

TEST(Document, ViewCopiesOnlyWhatIsEscaped) {
  const Document d = Document::parse(R"(["plain", "a\"b", "😀", "\ud83d\ude00"])");
  std::string scratch;
  auto it = d.root().begin();
  EXPECT_EQ((*it).view(scratch), "plain");
  EXPECT_TRUE(scratch.empty());
  EXPECT_EQ((*++it).view(scratch), "a\"b");
  EXPECT_EQ((*++it).view(scratch), "😀");
  EXPECT_EQ((*++it).view(scratch), "😀");
}

TEST(Document, KnowsTheNamesOfR4) {
  const Document d =
      Document::parse(R"({"birthDate": "2000-01-01", "ex\u0074ension": [], "x": 1, "\u0078y": 2})");
  const Definitions& r4 = Definitions::r4();
  EXPECT_EQ(d.root()[r4.name("birthDate")].string(), "2000-01-01");
  EXPECT_EQ(d.root()["extension"].kind(), Kind::array);  // the escaped key is the same name
  EXPECT_EQ(d.root()["extension"].key(), "ex\\u0074ension");
  EXPECT_EQ(d.root()["x"].name(), 0);
  EXPECT_EQ(d.root()["xy"].string(), "2");
}

TEST(Document, WalksChildrenAndParents) {
  const Document d = Document::parse(R"({"name": [{"given": ["A", "B"]}, {"family": "C"}], "id": "x"})");
  const Node names = d.root()["name"];
  EXPECT_EQ(names.size(), 2u);
  const Node family = (*++names.begin())["family"];
  EXPECT_EQ(family.string(), "C");
  EXPECT_EQ(family.parent().parent(), names);
  EXPECT_EQ(d.root()["id"].parent(), d.root());
  EXPECT_FALSE(d.root().parent());
}

TEST(Document, PathsAreFhirPath) {
  const Document d =
      Document::parse(R"({"resourceType": "Bundle", "entry": [{"resource": {"resourceType": "Observation",
    "valueQuantity": {"value": 1}, "code": {"coding": [{"code": "a"}, {"_code": {"id": "x"}}]}, "odd": [1]}}]})");
  const Node o = (*d.root()["entry"].begin())["resource"];
  EXPECT_EQ(d.path(d.root()), "Bundle");
  EXPECT_EQ(d.path(o), "Bundle.entry[0].resource");
  EXPECT_EQ(d.path(o["valueQuantity"]["value"]), "Bundle.entry[0].resource.value.ofType(Quantity).value");
  EXPECT_EQ(d.path((*++o["code"]["coding"].begin())["_code"]["id"]),
            "Bundle.entry[0].resource.code.coding[1].code.id");
  EXPECT_EQ(d.path(*o["odd"].begin()), "Bundle.entry[0].resource.odd[0]");
}

TEST(Document, KnowsItsResourceType) {
  EXPECT_EQ(Document::parse(R"({"resourceType":"Patient"})").resource_type(),
            Definitions::r4().type_id("Patient"));
  EXPECT_EQ(Document::parse(R"({"resourceType":"HumanName"})").resource_type(), 0);
  EXPECT_EQ(Document::parse(R"({"resourceType":1})").resource_type(), 0);
  EXPECT_EQ(Document::parse(R"([])").resource_type(), 0);
}

TEST(Document, PlacesCountCharacters) {
  const Document d = Document::parse("{\n  \"a\": \"中文\", \"b\": 1}");
  const auto place = d.place(d.root()["b"].offset());
  EXPECT_EQ(place.line, 2u);
  EXPECT_EQ(place.column, 19u);
}

TEST(Document, RefusesWhatIsNoJsonAndSaysWhere) {
  struct Case {
    std::string_view text;
    uint32_t line, column;
  };
  const Case cases[] = {
      {"", 1, 1},
      {"  ", 1, 1},
      {"{", 1, 2},
      {"[1", 1, 3},
      {"}", 1, 1},
      {"{\"a\"}", 1, 5},
      {"{\"a\" 1}", 1, 6},
      {"{\"a\":}", 1, 6},
      {"{\"a\":1,}", 1, 8},
      {"{,}", 1, 2},
      {"[1,]", 1, 4},
      {"[1 2]", 1, 4},
      {"[,1]", 1, 2},
      {"{\"a\":1}}", 1, 8},
      {"{} {}", 1, 4},
      {"{a:1}", 1, 2},
      {"{1:1}", 1, 2},
      {"[1}", 1, 3},
      {"[tru]", 1, 2},
      {"[truex]", 1, 6},
      {"[true x]", 1, 7},
      {"nul", 1, 1},
      {"\n\n[01]", 3, 3},
      {"[1.]", 1, 2},
      {"[.5]", 1, 2},
      {"[-]", 1, 2},
      {"[+1]", 1, 2},
      {"[1e]", 1, 2},
      {"[1.0.0]", 1, 5},
      {"[0x1]", 1, 3},
      {"[NaN]", 1, 2},
      {"\"abc", 1, 1},
      {"[\"a", 1, 2},
      {"[\"a\"b]", 1, 5},
      {"[\"a\\\"]", 1, 2},
      {"['a']", 1, 2},
      {R"(["\x"])", 1, 3},
      {R"(["\u12g4"])", 1, 3},
      {R"(["\ud800"])", 1, 3},
      {R"(["ab\udc00"])", 1, 5},
      {R"(["\ud800\u0041"])", 1, 3},
      {R"(["\u12"])", 1, 3},
      {"[\"a\tb\"]", 1, 4},
      {"[\"a\nb\"]", 1, 4},
      {"[1\x01]", 1, 3},
      {"[\"\xff\"]", 1, 3},
      {"[\"\xc0\xaf\"]", 1, 3},
      {"[\"\xed\xa0\x80\"]", 1, 3},
      {"[\"中\xe4\xb8\"]", 1, 4},
      {"/* c */ {}", 1, 1},
  };
  for (const Case& c : cases) {
    const auto refused = refusal(c.text);
    ASSERT_TRUE(refused) << c.text;
    EXPECT_EQ(refused->status, 400) << c.text;
    EXPECT_EQ(refused->line, c.line) << c.text;
    EXPECT_EQ(refused->column, c.column) << c.text;
  }
}

TEST(Document, RefusesNulBytes) {
  EXPECT_TRUE(refusal(std::string_view("{}\0", 3)));
  EXPECT_TRUE(refusal(std::string_view("\0{}", 3)));
  EXPECT_TRUE(refusal(std::string_view("[\"a\0b\"]", 7)));
}

TEST(Document, AByteOrderMarkIsPassedOver) {
  EXPECT_EQ(Document::parse("\xEF\xBB\xBF{\"id\":\"a\"}").text(), "{\"id\":\"a\"}");
  EXPECT_TRUE(refusal("\xEF\xBB\xBF")) << "nothing is no document";
  EXPECT_TRUE(refusal("{\"id\":\xEF\xBB\xBF\"a\"}")) << "in front only";
}

TEST(Document, WhereATextBreaksIsSaidInTheResourcesOwnTerms) {
  const auto place = [](std::string_view text) -> std::string {
    try {
      Document::parse(text);
    } catch (const Rejection& r) {
      return r.issues.at(0).expression;
    }
    return "parsed";
  };
  EXPECT_EQ(place(R"({"resourceType":"Patient","name":[{"given":["a"] "family":"b"}]})"), "Patient.name[0]");
  EXPECT_EQ(place(R"({"resourceType":"Patient","name":[{"given":["a","b",]}]})"), "Patient.name[0]");
  EXPECT_EQ(place(R"({"resourceType":"Patient","name":[{},{"text":x}]})"), "Patient.name[1]");
  EXPECT_EQ(place(R"({resourceType:"Patient"})"), "Patient");
  EXPECT_EQ(place(R"(// c
{"resourceType":"Patient"})"), "Patient");
  EXPECT_EQ(place(R"({"resourceType":"Patient","text":{"div":"a\"}{,"]}})"), "Patient.text");
  EXPECT_EQ(place(R"({"x":[})"), "") << "nothing says what it is";
  EXPECT_EQ(place("{\"resourceType\":\""), "");
}

TEST(Document, RefusesDuplicateKeysHoweverWritten) {
  struct Case {
    std::string_view text;
    uint32_t column;
  };
  const Case cases[] = {{R"({"id":1,"id":2})", 9},
                        {R"({"id":1,"\u0069d":2})", 9},
                        {R"({"x":1,"y":{"x":1},"x":2})", 20},
                        {R"({"x":1,"\u0078":2})", 8},
                        {R"([{"id":{"id":1},"id":2}])", 17}};
  for (const Case& c : cases) {
    const auto refused = refusal(c.text);
    ASSERT_TRUE(refused) << c.text;
    EXPECT_EQ(refused->column, c.column) << c.text;
  }
  EXPECT_FALSE(refusal(R"([{"id":1},{"id":2,"x":{"id":3,"x":4}}])"));
}

TEST(Document, FindsADuplicateAmongAllNamesOfR4) {
  std::string members;
  for (NameId name = 1; !Definitions::r4().text(name).empty(); ++name) {
    members += (name == 1 ? "\"" : ",\"") + std::string(Definitions::r4().text(name)) + "\":1";
  }
  EXPECT_FALSE(refusal("{" + members + "}"));
  EXPECT_TRUE(refusal("{" + members + ",\"id\":1}"));
}

TEST(Document, LimitsDepthAndLength) {
  EXPECT_FALSE(refusal("[[[1]]]", {100, 3}));
  EXPECT_EQ(refusal("[[[[1]]]]", {100, 3})->code, "too-costly");
  EXPECT_EQ(refusal(std::string(100'000, '['))->code, "too-costly");
  EXPECT_EQ(refusal("[1,2,3]", {6, 3})->status, 413);
  std::string many = "[0";
  for (int i = 0; i < 4'000'000; ++i) many += ",0";
  EXPECT_EQ(refusal(many + "]", {16 << 20, 3})->code, "too-costly");
}

TEST(Minify, DropsWhiteSpaceAndNothingElse) {
  const Document d = Document::parse("{ \"a\" : [ 1.00 ,\n\t\"x  y\" ] , \"b\" : { } }");
  EXPECT_EQ(minify(d.root()), R"({"a":[1.00,"x  y"],"b":{}})");
  EXPECT_EQ(minify(d.root()["a"]), R"([1.00,"x  y"])");
}

class Edits : public testing::Test {
 protected:
  const Document d = Document::parse(R"({ "a": 1, "b": [ 2, {"c": 3} ], "d": "e" })");
  static Edit replace(Node node, std::string text) {
    return {node.offset(), static_cast<uint32_t>(node.offset() + node.raw().size()), std::move(text)};
  }
};

TEST_F(Edits, ReplaceValues) {
  const Node c = (*++d.root()["b"].begin())["c"];
  EXPECT_EQ(minify(d.root(), {replace(c, "33")}), R"({"a":1,"b":[2,{"c":33}],"d":"e"})");
  EXPECT_EQ(minify(d.root(), {replace(d.root()["a"], "9"), replace(d.root()["d"], "\"f\",\"g\":1")}),
            R"({"a":9,"b":[2,{"c":3}],"d":"f","g":1})");
  EXPECT_EQ(minify(d.root()["b"], {replace(d.root()["a"], "9"), replace(c, "33")}), R"([2,{"c":33}])");
}

TEST_F(Edits, EmptyTextRemovesTheMemberAndItsComma) {
  const Node a = d.root()["a"], b = d.root()["b"], e = d.root()["d"], two = *b.begin();
  EXPECT_EQ(minify(d.root(), {replace(a, "")}), R"({"b":[2,{"c":3}],"d":"e"})");
  EXPECT_EQ(minify(d.root(), {replace(e, "")}), R"({"a":1,"b":[2,{"c":3}]})");
  EXPECT_EQ(minify(d.root(), {replace(b, ""), replace(e, "")}), R"({"a":1})");
  EXPECT_EQ(minify(d.root(), {replace(a, ""), replace(b, ""), replace(e, "")}), "{}");
  EXPECT_EQ(minify(d.root(), {replace(two, "")}), R"({"a":1,"b":[{"c":3}],"d":"e"})");
}

TEST(Quote, EscapesOnlyWhatMustBe) {
  EXPECT_EQ(quote("a\"b\\c/é\n\x01"), "\"a\\\"b\\\\c/é\\n\\u0001\"");
  EXPECT_EQ(Document::parse(quote("\x1f\t\r 中")).root().string(), "\x1f\t\r 中");
}

}  // namespace
}  // namespace witmed::fhir
