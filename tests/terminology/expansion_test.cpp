// What an expansion lists is what validation calls a member, for every code; filters, versions, languages.
#include <gtest/gtest.h>

#include <set>

#include "terminology/service.h"

namespace witmed::terminology {
namespace {

using fhir::Value;

constexpr std::string_view kSystem = R"({"resourceType":"CodeSystem","url":"urn:s","version":"VERSION","status":"active","content":"complete","language":"en",
"hierarchyMeaning":"is-a","property":[{"code":"site","type":"code"},{"code":"note","type":"string"}],"concept":[
{"code":"a","display":"Diseases","designation":[{"language":"zh-CN","value":"疾病"}],"concept":[
 {"code":"b","display":"Hypertension","designation":[{"language":"zh-CN","value":"高血压"}],"property":[{"code":"site","valueCode":"heart"}],"concept":[
  {"code":"b1","display":"Essential hypertension","property":[{"code":"site","valueCode":"heart"},{"code":"note","valueString":"primary"}]},
  {"code":"b2","display":"Old name","property":[{"code":"inactive","valueBoolean":true}]}]},
 {"code":"c","display":"Diabetes","property":[{"code":"site","valueCode":"pancreas"}]}]},
{"code":"d","display":"Other","property":[{"code":"notSelectable","valueBoolean":true}]}]})";
const std::vector<std::string> kCodes = {"a", "b", "b1", "b2", "c", "d", "x", "A"};

struct Case {
  const char* what;
  const char* compose;  // of the value set
  const char* codes;    // expected, sorted
};
constexpr Case kCases[] = {
    {"whole", R"("include":[{"system":"urn:s"}])", "a b b1 b2 c d"},
    {"list", R"("include":[{"system":"urn:s","concept":[{"code":"b"},{"code":"c"}]}])", "b c"},
    {"is-a", R"("include":[{"system":"urn:s","filter":[{"property":"concept","op":"is-a","value":"b"}]}])", "b b1 b2"},
    {"descendent-of", R"("include":[{"system":"urn:s","filter":[{"property":"concept","op":"descendent-of","value":"b"}]}])", "b1 b2"},
    {"is-not-a", R"("include":[{"system":"urn:s","filter":[{"property":"concept","op":"is-not-a","value":"b"}]}])", "a c d"},
    {"child-of", R"("include":[{"system":"urn:s","filter":[{"property":"concept","op":"child-of","value":"a"}]}])", "b c"},
    {"generalizes", R"("include":[{"system":"urn:s","filter":[{"property":"concept","op":"generalizes","value":"b1"}]}])", "a b b1"},
    {"regex", R"("include":[{"system":"urn:s","filter":[{"property":"code","op":"regex","value":"b[0-9]?"}]}])", "b b1 b2"},
    {"in", R"("include":[{"system":"urn:s","filter":[{"property":"site","op":"in","value":"heart,liver"}]}])", "b b1"},
    {"not-in", R"("include":[{"system":"urn:s","filter":[{"property":"site","op":"not-in","value":"heart"}]}])", "a b2 c d"},
    {"equals", R"("include":[{"system":"urn:s","filter":[{"property":"site","op":"=","value":"pancreas"}]}])", "c"},
    {"exists", R"("include":[{"system":"urn:s","filter":[{"property":"note","op":"exists","value":"true"}]}])", "b1"},
    {"absent", R"("include":[{"system":"urn:s","filter":[{"property":"site","op":"exists","value":"false"}]}])", "a b2 d"},
    {"inactive", R"("include":[{"system":"urn:s","filter":[{"property":"inactive","op":"=","value":"true"}]}])", "b2"},
    {"parent", R"("include":[{"system":"urn:s","filter":[{"property":"parent","op":"=","value":"a"}]}])", "b c"},
    {"two filters", R"("include":[{"system":"urn:s","filter":[{"property":"concept","op":"is-a","value":"a"},{"property":"site","op":"=","value":"heart"}]}])", "b b1"},
    {"exclude", R"("include":[{"system":"urn:s"}],"exclude":[{"system":"urn:s","filter":[{"property":"concept","op":"is-a","value":"b"}]}])", "a c d"},
    {"active only", R"("inactive":false,"include":[{"system":"urn:s","filter":[{"property":"concept","op":"is-a","value":"b"}]}])", "b b1"},
    {"import", R"("include":[{"valueSet":["urn:hearts"]}])", "b b1"},
    {"import and list", R"("include":[{"system":"urn:s","concept":[{"code":"b"},{"code":"c"}],"valueSet":["urn:hearts"]}])", "b"},
    {"exclude an import", R"("include":[{"system":"urn:s"}],"exclude":[{"valueSet":["urn:hearts"]}])", "a b2 c d"},
    {"version", R"("include":[{"system":"urn:s","version":"1"}])", "a b b1 b2 c d"},
};

std::string replaced(std::string_view text, std::string_view what, std::string_view by) {
  std::string out(text);
  out.replace(out.find(what), what.size(), by);
  return out;
}

std::string value_set(std::string_view url, std::string_view compose) {
  return R"({"resourceType":"ValueSet","url":")" + std::string(url) + R"(","status":"active","compose":{)" + std::string(compose) + "}}";
}

class Expansion : public testing::Test {
 protected:
  Expansion() {
    auto shelf = std::make_shared<Shelf>();
    const auto put = [&](std::string text) { EXPECT_TRUE(shelf->put(std::make_shared<const std::string>(std::move(text)))); };
    put(replaced(kSystem, "VERSION", "1"));
    put(value_set("urn:hearts", R"("include":[{"system":"urn:s","filter":[{"property":"site","op":"=","value":"heart"}]}])"));
    for (const Case& each : kCases) put(value_set(std::string("urn:v:") + each.what, each.compose));
    service_.set_shelves({std::move(shelf)});
  }
  Value ask(Operation operation, std::initializer_list<std::pair<std::string_view, std::string_view>> parameters) {
    Question question{.operation = operation};
    for (const auto& [name, text] : parameters) question.input.add(name, text);
    return service_.answer(question).body;
  }
  static void list(const Value& contains, std::set<std::string>& out) {
    for (const Value& each : contains.items()) {
      if (!each.text("code").empty()) out.emplace(each.text("code"));
      list(each.at("contains"), out);
    }
  }
  static std::string joined(const Value& expanded) {
    std::set<std::string> codes;
    list(expanded.at("expansion").at("contains"), codes);
    std::string out;
    for (const std::string& each : codes) out += (out.empty() ? "" : " ") + each;
    return out;
  }
  static bool result(const Value& parameters) {
    for (const Value& each : parameters.at("parameter").items())
      if (each.text("name") == "result") return each.at("valueBoolean").is_true();
    return false;
  }
  Service service_;
};

TEST_F(Expansion, IsWhatValidationAndJudgingCallMembers) {
  const auto library = service_.library();
  for (const Case& each : kCases) {
    const std::string url = std::string("urn:v:") + each.what;
    const Value expanded = ask(Operation::expand, {{"url", url}});
    const std::string codes = joined(expanded);
    EXPECT_EQ(codes, each.codes) << each.what << expanded.json();
    for (const std::string& code : kCodes) {
      const bool listed = (" " + codes + " ").find(" " + code + " ") != std::string::npos;
      EXPECT_EQ(result(ask(Operation::validate_in_set, {{"url", url}, {"system", "urn:s"}, {"code", code}})), listed) << each.what << ": " << code;
      EXPECT_EQ(library->judge({"urn:s", {}, code, {}}, url).member == fhir::Known::yes, listed) << each.what << ": " << code;
    }
  }
}

TEST_F(Expansion, PagesAreTheWholeInTurn) {
  std::string whole;
  for (const char* offset : {"0", "2", "4"}) {
    const Value page = ask(Operation::expand, {{"url", "urn:v:whole"}, {"count", "2"}, {"offset", offset}, {"excludeNested", "true"}});
    EXPECT_EQ(page.at("expansion").text("total"), "6");
    for (const Value& each : page.at("expansion").at("contains").items()) whole += std::string(each.text("code")) + " ";
  }
  EXPECT_EQ(whole, "a b b1 b2 c d ");
}

TEST_F(Expansion, SpeaksTheLanguageThatIsAsked) {
  const auto display = [&](std::string_view language) {
    const Value expanded = ask(Operation::expand, {{"url", "urn:v:list"}, {"displayLanguage", language}});
    return std::string(expanded.at("expansion").at("contains").items().at(0).text("display"));
  };
  EXPECT_EQ(display("zh"), "高血压");
  EXPECT_EQ(display("en"), "Hypertension");
}

TEST_F(Expansion, FiltersAsOneTypes) {
  EXPECT_EQ(joined(ask(Operation::expand, {{"url", "urn:v:whole"}, {"filter", "hyper"}, {"excludeNested", "true"}})), "b b1");
  EXPECT_EQ(joined(ask(Operation::expand, {{"url", "urn:v:whole"}, {"filter", "高血"}, {"excludeNested", "true"}})), "b");
  EXPECT_EQ(joined(ask(Operation::expand, {{"url", "urn:v:whole"}, {"filter", "zzz"}})), "");
}

TEST_F(Expansion, LeavesOutWhatIsInactiveWhenAsked) {
  EXPECT_EQ(joined(ask(Operation::expand, {{"url", "urn:v:whole"}, {"activeOnly", "true"}})), "a b b1 c d");
}

TEST_F(Expansion, ValueSetsWithinEachOtherEnd) {
  auto shelf = std::make_shared<Shelf>();
  for (int i = 0; i < 3000; ++i)
    shelf->put(std::make_shared<const std::string>(value_set("urn:chain:" + std::to_string(i), R"("include":[{"valueSet":["urn:chain:)" + std::to_string(i + 1) + "\"]}]")));
  shelf->put(std::make_shared<const std::string>(value_set("urn:circle", R"("include":[{"valueSet":["urn:circle"]}])")));
  service_.set_shelves({std::move(shelf)});
  for (const char* url : {"urn:chain:0", "urn:circle"}) {
    EXPECT_EQ(ask(Operation::expand, {{"url", url}}).text("resourceType"), "OperationOutcome") << url;
    EXPECT_NE(service_.library()->judge({"urn:s", {}, "a", {}}, url).member, fhir::Known::yes) << url;
  }
}

TEST(TerminologyVersions, TheNewestUnlessOneIsAsked) {
  Service service;
  auto shelf = std::make_shared<Shelf>();
  for (const std::string version : {"1.9", "1.10", "1.2"})
    shelf->put(std::make_shared<const std::string>(R"({"resourceType":"CodeSystem","url":"urn:s","version":")" + version +
                                                   R"(","status":"active","content":"complete","concept":[{"code":"a","display":"of )" + version + "\"}]}"));
  service.set_shelves({std::move(shelf)});
  const auto display = [&](std::string_view version) {
    Question question{.operation = Operation::lookup};
    question.input.add("system", "urn:s");
    question.input.add("code", "a");
    if (!version.empty()) question.input.add("version", version);
    const Value body = service.answer(question).body;
    for (const Value& each : body.at("parameter").items())
      if (each.text("name") == "display") return std::string(each.text("valueString"));
    return std::string("none");
  };
  EXPECT_EQ(display(""), "of 1.10");
  EXPECT_EQ(display("1.9"), "of 1.9");
  EXPECT_EQ(display("3"), "none");
}

}  // namespace
}  // namespace witmed::terminology
