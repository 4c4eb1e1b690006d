// The public validator suite: is there an error, and where? Cases that need what is not here (contents of LOINC and SNOMED CT) stand in
// validator_exceptions.txt with their reasons; docs/conformance.md explains each.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "conformance/shared_data.h"
#include "fhir/validate/profile/registry.h"
#include "fhir/validate/validator.h"

namespace witmed::conformance {
namespace {

using fhir::Document;
using fhir::Node;

// Java's validator writes the type and id of resources into its paths: "Bundle.entry[0].resource/*Patient/p1*/.name".
std::string plain(std::string place) {
  for (size_t begin; (begin = place.find("/*")) != place.npos;) {
    const size_t end = place.find("*/", begin);
    place.erase(begin, end == place.npos ? place.npos : end + 2 - begin);
  }
  return place;
}

std::set<std::string> errors(const std::string& text, const fhir::World& world, const fhir::ValidateOptions& options) {
  std::set<std::string> out;
  try {
    for (const fhir::Issue& issue : fhir::validate(Document::parse(text), world, options)) {
      if (issue.severity >= fhir::Severity::error) out.insert(issue.expression);
    }
  } catch (const fhir::Rejection&) {
    out.insert("");
  }
  return out;
}

bool near(const std::string& a, const std::string& b) { return a == b || a.starts_with(b + ".") || b.starts_with(a + "."); }

// Does some error stand where the suite has one? It names none for texts that are no JSON.
bool placed(const Node& expressions, const std::set<std::string>& found) {
  if (expressions.size() == 0) return true;
  for (Node expected : expressions) {
    const std::string place = plain(expected.string());
    if (std::any_of(found.begin(), found.end(), [&](const std::string& f) { return near(f, place); })) return true;
  }
  return false;
}

TEST(ValidatorSuite, FindsErrorsWhereTheyAre) {
  const auto folder = shared_data() / "validator";
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << "../shared/data/validator is not here";
  std::map<std::string, std::string> exceptions, settings;
  for (auto& [name, why] : read_pairs("validator_exceptions.txt")) exceptions[name] = why;
  for (auto& [name, setting] : read_pairs("validator_settings.txt")) settings[name] = setting;
  const fhir::ProfileRegistry registry;
  const Document cases = Document::parse(read_file(folder / "cases.json"));
  size_t total = 0, right = 0;
  for (Node c : cases.root()) {
    const std::string name = c["name"].string();
    fhir::ValidateOptions options;
    options.contained = settings[name] != "contained=off";
    const auto found = errors(read_file(folder / std::filesystem::path(c["file"].string()).filename()), {nullptr, &registry, nullptr}, options);
    const bool expected = c["javaErrors"].string() != "0";
    const bool agrees = expected == !found.empty() && (!expected || placed(c["expressions"], found));
    ++total;
    right += agrees;
    EXPECT_EQ(agrees, !exceptions.contains(name)) << name << (found.empty() ? "" : ": " + *found.begin());
  }
  std::cout << "validator suite: " << right << " of " << total << " right on error and place\n";
  EXPECT_GE(right * 100, total * 98);
}

}  // namespace
}  // namespace witmed::conformance
