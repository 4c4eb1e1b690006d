// The official suite of terminology servers (HL7/fhir-tx-ecosystem-ig), its general cases, over HTTP.
#include "conformance/terminology_suite.h"

#include <gtest/gtest.h>

#include <map>

#include "conformance/shared_data.h"
#include "rest/serve.h"

namespace witmed::conformance {
namespace {

using fhir::Value;

constexpr std::pair<std::string_view, std::string_view> kOperations[] = {
    {"expand", "ValueSet/$expand"},
    {"validate-code", "ValueSet/$validate-code"},
    {"cs-validate-code", "CodeSystem/$validate-code"},
    {"lookup", "CodeSystem/$lookup"},
    {"translate", "ConceptMap/$translate"},
    {"batch-validate", "ValueSet/$batch-validate-code"},
};

std::string_view address(std::string_view operation) {
  for (const auto& [name, path] : kOperations)
    if (name == operation) return path;
  throw std::runtime_error("an operation that is not known: " + std::string(operation));
}

class Suite {
 public:
  explicit Suite(std::filesystem::path folder) : folder_(std::move(folder)), client_(serve_.port()) {}

  Value read(std::string_view file) const {
    std::string text = read_file(folder_ / file);
    if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
    return Value::parse(text);
  }

  // What is wrong with the answer; empty: nothing.
  std::string run(const Value& suite, const Value& test) {
    Value expected = read(test.text("response"));
    SuiteComparison::scrub(expected);
    const std::string_view operation = test.text("operation");
    if (operation == "metadata" || operation == "term-caps") {
      const auto response = client_.get(operation == "metadata" ? "/fhir/metadata" : "/fhir/metadata?mode=terminology");
      return SuiteComparison(true).difference(expected, Value::parse(response.body));
    }
    Value request = read(test.text("request"));
    Value& parameters = request.in("parameter");
    for (const Value& file : suite.at("setup").items())
      parameters.add(Value::object({{"name", "tx-resource"}, {"resource", read(file.text())}}));
    const std::string_view profile = test.text("profile");
    const Value shared = read(profile.empty() ? "parameters-default.json" : profile);
    for (const Value& each : shared.at("parameter").items()) parameters.add(each);
    std::string headers = "Accept: application/fhir+json\r\n";
    if (const std::string_view language = test.text("Accept-Language"); !language.empty())
      headers += "Accept-Language: " + std::string(language) + "\r\n";
    const auto response = client_.post("/fhir/" + std::string(address(operation)), request.json(), headers);
    const std::string_view code = test.text("http-code");
    if (std::to_string(response.status)[0] != (code.empty() ? '2' : code[0]))
      return "status " + std::to_string(response.status) + ": " + response.body.substr(0, 400);
    Value found = Value::parse(response.body);
    SuiteComparison::scrub(found);
    return SuiteComparison(false).difference(expected, found);
  }

 private:
  std::filesystem::path folder_;
  test::Serve serve_;
  test::FhirClient client_;
};

bool general(const Value& of) { return of.text("mode").empty() || of.text("mode") == "general"; }

TEST(TerminologySuite, GeneralCasesAreAnsweredAsExpected) {
  const auto unpacked_to = unpacked(shared_data() / "terminology/tx-ecosystem.tar.xz");
  if (unpacked_to.empty()) GTEST_SKIP() << "../shared/data/terminology is not here";
  Suite suite(unpacked_to / "tx-ecosystem/tests");
  std::map<std::string, std::string> excepted;
  for (auto& [name, why] : read_pairs("terminology_suite_exceptions.txt")) excepted[name] = why;
  size_t total = 0, passed = 0;
  const Value cases = suite.read("test-cases.json");
  for (const Value& each : cases.at("suites").items()) {
    if (!general(each)) continue;
    for (const Value& test : each.at("tests").items()) {
      if (!test.text("mode").empty()) continue;
      const std::string name = std::string(each.text("name")) + "/" + std::string(test.text("name"));
      const std::string wrong = suite.run(each, test);
      ++total;
      passed += wrong.empty();
      EXPECT_TRUE(wrong.empty() || excepted.contains(name)) << name << ": " << wrong;
      EXPECT_FALSE(wrong.empty() && excepted.contains(name)) << name << " passes: take it out of the exceptions";
    }
  }
  std::cout << "terminology suite: " << passed << " of " << total << " general cases\n";
  EXPECT_GT(total, 550u);
  EXPECT_GE(passed * 100, total * 95);
}

}  // namespace
}  // namespace witmed::conformance
