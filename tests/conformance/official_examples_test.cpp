// Every official example of R4 is valid as a write is judged (structure, invariants, references, extensions, Bundles), or stands in
// official_examples_exceptions.txt with rule and reason; and its minified text holds the same content.
#include <gtest/gtest.h>

#include <map>

#include "conformance/shared_data.h"
#include "fhir/validate/profile/registry.h"
#include "fhir/validate/validator.h"

namespace witmed::conformance {
namespace {

using fhir::Document;
using fhir::Kind;
using fhir::Node;

Document parse(const std::string& text) { return Document::parse(text, {64u << 20, 64}); }

bool same(Node a, Node b) {
  if (a.kind() != b.kind() || a.key() != b.key()) return false;
  if (a.kind() != Kind::object && a.kind() != Kind::array) return a.raw() == b.raw();
  auto x = a.begin(), y = b.begin();
  for (; x != a.end() && y != b.end(); ++x, ++y) {
    if (!same(*x, *y)) return false;
  }
  return !(x != a.end()) && !(y != b.end());
}

TEST(OfficialExamples, AreAcceptedAndKeepTheirContent) {
  const auto folder = unpacked(shared_data() / "fhir-r4-examples/hl7.fhir.r4.examples-4.0.1.tar.xz");
  if (folder.empty()) GTEST_SKIP() << "../shared/data/fhir-r4-examples is not here";
  std::map<std::string, std::string> exceptions;
  for (auto& [file, reason] : read_pairs("official_examples_exceptions.txt")) exceptions[file] = reason;
  const fhir::ProfileRegistry registry;
  fhir::ValidateOptions options;
  options.warnings = options.publishing = options.profiles = false;
  size_t files = 0, accepted = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.path().extension() != ".json") continue;
    ++files;
    const std::string name = entry.path().filename();
    const Document document = parse(read_file(entry.path()));
    EXPECT_TRUE(same(document.root(), parse(minify(document.root())).root())) << name;
    auto issues = fhir::validate(document, {nullptr, &registry, nullptr}, options);
    std::erase_if(issues, [](const fhir::Issue& issue) { return issue.severity < fhir::Severity::error; });
    accepted += issues.empty();
    if (issues.empty()) {
      EXPECT_FALSE(exceptions.contains(name)) << name << " is accepted: take it off the list";
    } else {
      EXPECT_TRUE(exceptions.contains(name)) << name << ": " << issues[0].rule << " at " << issues[0].expression << ": " << issues[0].en;
    }
  }
  std::cout << accepted << " of " << files << " official examples accepted, " << exceptions.size()
            << " exceptions\n";
  EXPECT_GE(accepted * 100, files * 99);
}

}  // namespace
}  // namespace witmed::conformance
