// The public validator suite, as far as structure decides: whether there is an error, and where.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "conformance/shared_data.h"
#include "fhir/validate/validate.h"

namespace witmed::conformance {
namespace {

using fhir::Document;
using fhir::Node;

std::vector<std::string> places(const std::string& text) {
  std::vector<std::string> out;
  try {
    const Document document = Document::parse(text);
    for (const fhir::Issue& issue : validate_structure(document)) out.push_back(issue.expression);
  } catch (const fhir::Rejection&) {
    out.emplace_back("json");
  }
  return out;
}

TEST(ValidatorSuite, StructuralErrorsAreFoundWhereTheyAre) {
  const auto folder = shared_data() / "validator";
  if (!std::filesystem::exists(folder)) GTEST_SKIP() << "../shared/data/validator is not here";
  std::map<std::string, std::string> structural;
  for (auto& [name, place] : read_pairs("validator_structural_cases.txt")) structural[name] = place;
  const Document cases = Document::parse(read_file(folder / "cases.json"));
  size_t total = 0, agree = 0;
  for (Node c : cases.root()) {
    const std::string name = c["name"].string();
    const auto file = folder / std::filesystem::path(c["file"].string()).filename();
    const std::vector<std::string> found = places(read_file(file));
    ++total;
    agree += found.empty() == (c["javaErrors"].string() == "0");
    if (!structural.contains(name)) {
      EXPECT_TRUE(found.empty()) << name << ": " << found[0];
    } else {
      EXPECT_TRUE(std::find(found.begin(), found.end(), structural[name]) != found.end()) << name;
    }
  }
  std::cout << "validator suite: " << structural.size()
            << " cases with structural errors found; whether there is an error at all: " << agree << " of "
            << total << " agree (the rest need invariants, terminology or profiles)\n";
  EXPECT_GT(total, 40u);
}

}  // namespace
}  // namespace witmed::conformance
