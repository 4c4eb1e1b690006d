// Operations of keeping, asked over HTTP.
#pragma once
#include "rest/serve.h"

namespace witmed::test {

// {"resourceType":"Parameters","parameter":[…]} of already written items.
inline std::string params(const std::vector<std::string>& items) {
  std::string out = R"({"resourceType":"Parameters","parameter":[)";
  for (size_t i = 0; i < items.size(); ++i) out += (i > 0 ? "," : "") + items[i];
  return out + "]}";
}
inline std::string text(const std::string& name, const std::string& value) {
  return R"({"name":")" + name + R"(","valueString":")" + value + "\"}";
}
inline std::string truth(const std::string& name) { return R"({"name":")" + name + R"(","valueBoolean":true})"; }
inline std::string part(const std::string& name, const std::vector<std::pair<std::string, std::string>>& parts) {
  std::string out = R"({"name":")" + name + R"(","part":[)";
  for (size_t i = 0; i < parts.size(); ++i) out += (i > 0 ? "," : "") + text(parts[i].first, parts[i].second);
  return out + "]}";
}
inline std::string document(const std::string& number, const std::string& kind = "resident-id") {
  return part("document", {{"kind", kind}, {"number", number}});
}

// A server of the suite, and what its tests ask of it.
class Keeping : public testing::Test {
 protected:
  static void SetUpTestSuite() { serve_ = new Serve; }
  static void TearDownTestSuite() {
    EXPECT_EQ(serve_->stop(), 0) << serve_->log();
    delete serve_;
  }
  Keeping() : fhir(serve_->port()) {}

  RawResponse operate(const std::string& path, const std::vector<std::string>& items) { return fhir.post("/fhir/" + path, params(items)); }
  // Registers and returns the id.
  std::string registered(const std::vector<std::string>& items) {
    const auto response = operate("Patient/$register", items);
    EXPECT_EQ(response.status, 200) << response.body;
    return at(response.body, "parameter.where(name='resident').resource.id");
  }
  std::string total(const std::string& search) { return at(fhir.get("/fhir/" + search + "&_summary=count").body, "total"); }
  // What the rules found, in order: "name,sex-missing".
  static std::string rules(const RawResponse& response) { return at(response.body, "issue.details.coding.code"); }

  static inline Serve* serve_ = nullptr;
  FhirClient fhir;
};

}  // namespace witmed::test
