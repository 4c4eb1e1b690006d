// Addresses, wishes, dates, subsets, formats: the parts of REST that need no store.
#include <gtest/gtest.h>

#include "base/time.h"
#include "fhir/issue.h"
#include "rest/bundle_request.h"
#include "rest/call.h"
#include "rest/moment.h"
#include "rest/negotiate.h"
#include "rest/origin_policy.h"
#include "rest/outcome.h"
#include "rest/page_links.h"
#include "rest/params.h"
#include "rest/pretty.h"
#include "rest/route.h"
#include "rest/subset.h"

namespace witmed::rest {
namespace {

using fhir::Rejection;

template <typename Run>
int status_of(Run run) {
  try {
    run();
    return 0;
  } catch (const Rejection& rejection) {
    return rejection.status;
  }
}

std::string type_name(fhir::TypeId type) {
  return type == 0 ? "" : std::string(fhir::Definitions::r4().type(type).name);
}

TEST(Route, Shapes) {
  struct Case {
    const char* path;
    Shape shape;
    const char *type, *id;
  };
  const Case cases[] = {
      {"", Shape::system, "", ""},
      {"/", Shape::system, "", ""},
      {"/metadata", Shape::metadata, "", ""},
      {"/_history", Shape::system_history, "", ""},
      {"/_search", Shape::system_search, "", ""},
      {"/Patient", Shape::type, "Patient", ""},
      {"/Patient/", Shape::type, "Patient", ""},
      {"/Patient/_search", Shape::type_search, "Patient", ""},
      {"/Patient/_history", Shape::type_history, "Patient", ""},
      {"/Patient/p-1.x", Shape::instance, "Patient", "p-1.x"},
      {"/Patient/p%2D1", Shape::instance, "Patient", "p-1"},
      {"/Patient/p1/_history", Shape::instance_history, "Patient", "p1"},
      {"/Patient/p1/_history/3", Shape::version, "Patient", "p1"},
      {"/Patient/p1/Observation", Shape::compartment, "Observation", "p1"},
      {"/Patient/p1/*", Shape::compartment, "", "p1"},
      {"/Patient/p1/Observation/_search", Shape::compartment_search, "Observation", "p1"},
      {"/Patient/p1/$everything", Shape::operation, "Patient", "p1"},
      {"/Patient/$match", Shape::operation, "Patient", ""},
      {"/$x", Shape::operation, "", ""},
  };
  for (const Case& c : cases) {
    Route route = read_route(c.path);
    EXPECT_EQ(route.shape, c.shape) << c.path;
    EXPECT_EQ(type_name(route.type), c.type) << c.path;
    EXPECT_EQ(route.id, c.id) << c.path;
  }
}

TEST(Route, WhatIsNotThereIs404) {
  const std::string long_id(65, 'a');
  for (std::string path :
       {"/Patiant", "/patient", "/HumanName", "/DomainResource", "/Patient//x", "/Patient/a b",
        "/Patient/%zz", "/Patient/1/2/3/4", "/Patient/1/_history/1/2", "/Observation/1/Patient",
        "/Patient/1/Foo", "/Patient/张", "/Patient/..%2f..", "/\xff\xfe", "/Patient/1/Observation/x"})
    EXPECT_EQ(status_of([&] { read_route(path); }), 404) << path;
  EXPECT_EQ(status_of([&] { read_route("/Patient/" + long_id); }), 404);
}

TEST(Negotiate, Language) {
  EXPECT_EQ(read_language(""), Language::zh);
  EXPECT_EQ(read_language("en-US,en;q=0.9"), Language::en);
  EXPECT_EQ(read_language("zh-CN,zh;q=0.9,en;q=0.8"), Language::zh);
  EXPECT_EQ(read_language("de, en;q=0.3"), Language::en);
  EXPECT_EQ(read_language("en,zh"), Language::en);
  EXPECT_EQ(read_language("fr"), Language::zh);
  EXPECT_EQ(read_language("en;q=0"), Language::zh);
}

TEST(Negotiate, Formats) {
  for (const char* good :
       {"", "*/*", "application/fhir+json", "application/json", "text/html,application/xhtml+xml,*/*;q=0.8",
        "application/fhir+json; fhirVersion=4.0", "application/fhir+xml;q=0.1, application/fhir+json"})
    EXPECT_EQ(status_of([&] { check_accept(good); }), 0) << good;
  for (const char* bad :
       {"application/fhir+xml", "text/turtle", "application/fhir+json;fhirVersion=3.0", "*/*;q=0"})
    EXPECT_EQ(status_of([&] { check_accept(bad); }), 406) << bad;
  for (const char* good : {"", "json", "application/fhir+json", "application/fhir json", "application/json"})
    EXPECT_EQ(status_of([&] { check_format(good); }), 0) << good;
  for (const char* bad : {"xml", "ttl", "application/fhir+xml", "html"})
    EXPECT_EQ(status_of([&] { check_format(bad); }), 406) << bad;
  EXPECT_EQ(status_of([] { check_content_type("application/fhir+json; charset=UTF-8"); }), 0);
  EXPECT_EQ(status_of([] { check_content_type("text/plain"); }), 415);
  EXPECT_EQ(status_of([] { check_content_type("application/fhir+xml"); }), 415);
}

TEST(Negotiate, Prefer) {
  EXPECT_EQ(read_preferences("return=minimal").answer, Preferences::Return::minimal);
  EXPECT_EQ(read_preferences("handling=lenient, return=OperationOutcome").answer,
            Preferences::Return::outcome);
  EXPECT_TRUE(read_preferences("return=minimal; handling=lenient").lenient);
  EXPECT_FALSE(read_preferences("handling=strict").lenient);
}

TEST(Call, ETags) {
  EXPECT_EQ(read_etag("W/\"3\""), 3u);
  EXPECT_EQ(read_etag("\"3\""), 3u);
  for (const char* bad : {"", "3", "W/3", "W/\"x\"", "\"", "W/\"\"", "W/\"-1\""})
    EXPECT_FALSE(read_etag(bad)) << bad;
}

TEST(Params, DecodedAndEncoded) {
  Params params;
  read_params("name=%E5%BC%A0+a&code=http%3A%2F%2Fx%7C1&empty=&flag&&x=a%26b", params);
  ASSERT_EQ(params.size(), 5u);
  EXPECT_EQ(params[0].second, "张 a");
  EXPECT_EQ(params[1].second, "http://x|1");
  EXPECT_EQ(params[4].second, "a&b");
  std::string text;
  append_params(text, params);
  EXPECT_EQ(text, "name=%E5%BC%A0%20a&code=http://x|1&empty=&flag=&x=a%26b");
  EXPECT_EQ(status_of([&] { read_params("a=%", params); }), 400);
  EXPECT_EQ(status_of([&] { read_params("a=%ff", params); }), 400);
  EXPECT_EQ(status_of([&] { read_params("a=%00", params); }), 400);
  std::string many;
  for (int i = 0; i < 1000; ++i) many += "a=1&";
  EXPECT_EQ(status_of([&] { read_params(many, params); }), 400);
}

TEST(Params, Count) {
  EXPECT_EQ(read_count({}), 50u);
  EXPECT_EQ(read_count({{"_count", "7"}}), 7u);
  EXPECT_EQ(read_count({{"_count", "99999999999999999999999999"}}), 2000u);
  for (const char* bad : {"-1", "x", "", "1.5", " 1"})
    EXPECT_EQ(status_of([&] { read_count({{"_count", bad}}); }), 400) << bad;
}

TEST(Moment, PartialTextsSpanTheirPeriod) {
  struct Case {
    const char *text, *low, *high;
  };
  const Case cases[] = {
      {"2024", "2024-01-01T00:00:00+08:00", "2025-01-01T00:00:00+08:00"},
      {"2024-12", "2024-12-01T00:00:00+08:00", "2025-01-01T00:00:00+08:00"},
      {"2024-02-29", "2024-02-29T00:00:00+08:00", "2024-03-01T00:00:00+08:00"},
      {"2024-02-29T10:00", "2024-02-29T10:00:00+08:00", "2024-02-29T10:01:00+08:00"},
      {"2024-02-29T10:00:01", "2024-02-29T10:00:01+08:00", "2024-02-29T10:00:02+08:00"},
      {"2024-02-29T10:00:01Z", "2024-02-29T10:00:01Z", "2024-02-29T10:00:02Z"},
      {"2024-02-29T10:00:01.5 01:00", "2024-02-29T09:00:01.500Z", "2024-02-29T09:00:01.501Z"},
  };
  for (const Case& c : cases) {
    Moment moment = read_moment("_since", c.text, 480);
    EXPECT_EQ(moment.low, *parse_instant(c.low)) << c.text;
    EXPECT_EQ(moment.high, *parse_instant(c.high)) << c.text;
  }
  for (const char* bad :
       {"", "x", "20240101", "2024-13", "2024-02-30", "2024-02-29T", "2024-02-29T25:00", "99999", "-2024"})
    EXPECT_EQ(status_of([&] { read_moment("_since", bad, 0); }), 400) << bad;
}

TEST(Pretty, KeepsEveryCharacterOfStringsAndNumbers) {
  EXPECT_EQ(pretty_json(R"({"a":[1.00,{}],"b":"x,{}:\"\\","c":[]})"),
            "{\n  \"a\": [\n    1.00,\n    {}\n  ],\n  \"b\": \"x,{}:\\\"\\\\\",\n  \"c\": []\n}\n");
}

constexpr const char* kPatient =
    R"({"resourceType":"Patient","id":"p","meta":{"versionId":"1","tag":[{"code":"t"}]},"text":{"status":"empty"},)"
    R"("birthDate":"1950","_birthDate":{"id":"b"},"active":true,"photo":[{"title":"x"}],"contact":[{"gender":"male"}],)"
    R"("communication":[{"language":{"text":"zh"},"preferred":true}]})";

std::string subset(Subset::Summary summary, std::vector<std::string> elements = {}) {
  return apply_subset({summary, std::move(elements)}, kPatient);
}
constexpr const char* kSubsetted =
    R"({"system":"http://terminology.hl7.org/CodeSystem/v3-ObservationValue","code":"SUBSETTED","display":"subsetted"})";

TEST(Subset, SummaryKeepsWhatIsMarked) {
  std::string text = subset(Subset::Summary::on);
  EXPECT_EQ(text, std::string(R"({"resourceType":"Patient","id":"p","meta":{"versionId":"1","tag":[)") +
                      kSubsetted +
                      R"(,{"code":"t"}]},"birthDate":"1950","_birthDate":{"id":"b"},"active":true})");
}

TEST(Subset, DataTextElements) {
  EXPECT_EQ(subset(Subset::Summary::data).find("\"text\":{\"status\""), std::string::npos);
  EXPECT_NE(subset(Subset::Summary::data).find("photo"), std::string::npos);
  std::string text = subset(Subset::Summary::text);
  EXPECT_NE(text.find("\"text\":{\"status\""), std::string::npos);
  EXPECT_EQ(text.find("active"), std::string::npos);
  std::string elements = subset(Subset::Summary::off, {"Patient.birthDate", "photo"});
  EXPECT_NE(elements.find("\"_birthDate\""), std::string::npos);
  EXPECT_NE(elements.find("photo"), std::string::npos);
  EXPECT_EQ(elements.find("active"), std::string::npos);
}

TEST(Subset, ChoicesAndMandatoryElements) {
  const char* observation =
      R"({"resourceType":"Observation","id":"o","status":"final","code":{"text":"c"},"valueString":"v",)"
      R"("component":[{"code":{"text":"k"},"valueInteger":1,"interpretation":[{"text":"H"}]}],"note":[{"text":"n"}]})";
  std::string text = apply_subset({Subset::Summary::off, {"value"}}, observation);
  EXPECT_EQ(
      text,
      std::string(
          R"({"resourceType":"Observation","id":"o","status":"final","code":{"text":"c"},"valueString":"v","meta":{"tag":[)") +
          kSubsetted + "]}}");
  text = apply_subset({Subset::Summary::on, {}}, observation);
  EXPECT_NE(text.find(R"("component":[{"code":{"text":"k"},"valueInteger":1}])"), std::string::npos) << text;
  EXPECT_EQ(text.find("note"), std::string::npos);
}

TEST(Subset, UnknownSummaryIsRefused) {
  EXPECT_EQ(status_of([] { read_subset({{"_summary", "maybe"}}); }), 400);
}

TEST(Outcome, ChineseFirstWithEnglishBesideIt) {
  fhir::Issue issue{fhir::Severity::error, "value", "wrong", "不对", "Patient.name[0]", 3, 5};
  std::string zh = outcome_text({&issue, 1}, Language::zh), en = outcome_text({&issue, 1}, Language::en);
  EXPECT_NE(
      zh.find(
          R"("details":{"text":"不对"},"diagnostics":"wrong","location":["line 3, column 5"],"expression":["Patient.name[0]"])"),
      std::string::npos)
      << zh;
  EXPECT_NE(en.find(R"("details":{"text":"wrong"})"), std::string::npos);
  EXPECT_EQ(en.find("不对"), std::string::npos);
}

TEST(OriginPolicy, OnlyThisMachine) {
  OriginPolicy policy("loopback, https://a.example", false);
  for (const char* host : {"", "localhost", "LOCALHOST:8080", "127.0.0.1:1", "[::1]:80"})
    EXPECT_TRUE(policy.host_allowed(host)) << host;
  for (const char* host : {"evil.example", "localhost.evil.example", "127.0.0.1.evil.example:80", "10.0.0.1"})
    EXPECT_FALSE(policy.host_allowed(host)) << host;
  EXPECT_TRUE(policy.allowed("http://localhost:5173"));
  EXPECT_TRUE(policy.allowed("https://a.example"));
  EXPECT_FALSE(policy.allowed("https://a.example.evil"));
  EXPECT_FALSE(policy.allowed("null"));
  EXPECT_TRUE(OriginPolicy::same("http://127.0.0.1:8080", "127.0.0.1:8080"));
  EXPECT_FALSE(OriginPolicy::same("http://127.0.0.1:8081", "127.0.0.1:8080"));
}

BundleRequest bundle(const std::string& entries, const char* type = "transaction") {
  return read_bundle(
      R"({"resourceType":"Bundle","type":")" + std::string(type) + R"(","entry":[)" + entries + "]}",
      "http://h/fhir");
}

TEST(BundleRequest, EntriesAreRead) {
  auto request = bundle(
      R"({"fullUrl":"urn:uuid:1","resource":{"resourceType":"Patient", "active":true},"request":{"method":"POST","url":"Patient","ifNoneExist":"a=b"}},)"
      R"({"request":{"method":"DELETE","url":"http://h/fhir/Patient/1","ifMatch":"W/\"2\""}},)"
      R"({"request":{"method":"GET","url":"/Patient?name=x"}})");
  ASSERT_EQ(request.entries.size(), 3u);
  EXPECT_EQ(request.entries[0].body, R"({"resourceType":"Patient", "active":true})");
  EXPECT_EQ(request.entries[0].if_none_exist, "a=b");
  EXPECT_EQ(request.entries[0].full_url, "urn:uuid:1");
  EXPECT_EQ(request.entries[1].route.id, "1");
  EXPECT_EQ(request.entries[1].if_match, "W/\"2\"");
  EXPECT_EQ(request.entries[2].query, "name=x");
}

TEST(BundleRequest, FaultsSayWhere) {
  struct Case {
    const char *entry, *place;
  };
  const Case cases[] = {
      {R"({"resource":{"resourceType":"Patient"}})", "Bundle.entry[0].request"},
      {R"({"request":{"method":"POST","url":"Patient"}})", "Bundle.entry[0].resource"},
      {R"({"request":{"method":"BREW","url":"Patient"}})", "Bundle.entry[0].request.method"},
      {R"({"request":{"method":"GET","url":"Foo"}})", "Bundle.entry[0].request.url"},
      {R"({"request":{"method":"GET"}})", "Bundle.entry[0].request.url"},
      {R"({"resource":{},"request":{"method":"PUT","url":"Patient"}})", "Bundle.entry[0].request.url"},
      {R"({"resource":{},"request":{"method":"POST","url":"Patient/1"}})", "Bundle.entry[0].request.url"},
      {R"(7)", "Bundle.entry[0]"},
  };
  for (const Case& c : cases) {
    try {
      bundle(c.entry);
      ADD_FAILURE() << c.entry;
    } catch (const Rejection& rejection) {
      EXPECT_EQ(rejection.issues[0].expression, c.place) << c.entry;
    }
    auto batch = bundle(c.entry, "batch");
    EXPECT_TRUE(batch.entries[0].refused) << c.entry;
  }
  EXPECT_EQ(status_of([] { bundle("", "collection"); }), 400);
  EXPECT_EQ(status_of([] { read_bundle("[]", ""); }), 400);
  EXPECT_EQ(status_of([] { read_bundle("{", ""); }), 400);
}

}  // namespace
}  // namespace witmed::rest
