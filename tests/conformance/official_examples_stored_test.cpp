// Every official example that is accepted is stored and read back equal in content.
#include <gtest/gtest.h>

#include "conformance/shared_data.h"
#include "record/test_record.h"

namespace witmed::conformance {
namespace {

using fhir::Document;
using record::AccessContext;

// Each member as written, white space aside; id and meta's version and time are the server's.
void expect_equal(const Document& sent, const Document& stored, const std::string& name) {
  size_t members = 0;
  for (const auto member : sent.root()) {
    ++members;
    if (member.key() == "meta" || member.key() == "id") continue;
    const auto same = stored.root()[member.key()];
    ASSERT_TRUE(same) << name << ": " << member.key() << " is lost";
    EXPECT_EQ(fhir::minify(same), fhir::minify(member)) << name;
  }
  if (const auto meta = sent.root()["meta"])
    for (const auto m : meta)
      if (m.key() != "versionId" && m.key() != "lastUpdated") {
        EXPECT_EQ(fhir::minify(stored.root()["meta"][m.key()]), fhir::minify(m)) << name;
      }
}

TEST(OfficialExamplesLong, AreReadBackEqual) {
  const auto folder = unpacked(shared_data() / "fhir-r4-examples/hl7.fhir.r4.examples-4.0.1.tar.xz");
  if (folder.empty()) GTEST_SKIP() << "no ../shared/data/fhir-r4-examples";
  record::TestRecord record;
  size_t files = 0, stored = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    const std::string name = entry.path().filename();
    if (!entry.is_regular_file() || entry.path().extension() != ".json" || name == "package.json" || name.starts_with(".")) continue;
    const std::string text = read_file(entry.path());
    record::Operation op;
    try {
      const auto document = Document::parse(text);
      if (document.resource_type() == 0) continue;
      op.type = document.resource_type();
      ++files;
    } catch (const fhir::Rejection&) {
      ++files;
      continue;  // listed in official_examples_exceptions.txt
    }
    op.body = text;  // a create: the server gives the id, so that examples of equal id do not meet
    const auto outcome = record.commit({op});
    if (outcome.rejection) continue;
    ++stored;
    const auto& v = outcome.results.at(0).version;
    const auto read = record->read(AccessContext::open(), v.type, v.id);
    ASSERT_TRUE(read && read->text);
    expect_equal(Document::parse(text), Document::parse(*read->text), name);
  }
  std::printf("%zu of %zu stored and read back equal\n", stored, files);
  EXPECT_GE(static_cast<double>(stored), 0.99 * static_cast<double>(files));
  EXPECT_GE(files, 5000u);
  EXPECT_EQ(record.store().verify({}).problems, 0u);
}

}  // namespace
}  // namespace witmed::conformance
