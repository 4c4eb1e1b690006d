// 120 Synthea patients in a store: totals, searches and $everything exactly as samply/blaze counts them. Dates judged in UTC.
#include <gtest/gtest.h>

#include <map>

#include "conformance/shared_data.h"
#include "record/import/importer.h"
#include "record/test_record.h"

namespace witmed::conformance {
namespace {

using fhir::Document;
using record::AccessContext;

uint64_t total(record::TestRecord& record, const std::string& type, const std::string& query) {
  fhir::ParseSettings settings;
  settings.values.zone_minutes = 0;
  auto parsed = fhir::parse_query(record::type_id(type), record::decode_query(query), settings);
  parsed.summary = fhir::SearchQuery::Summary::count;
  return record->search(AccessContext::open(), parsed).total.value_or(UINT64_MAX);
}

void check_searches(record::TestRecord& record, const Document& expected) {
  size_t asked = 0;
  for (const auto s : expected.root()["searches"]) {
    const std::string query = s["query"].string();
    ++asked;
    const std::string sort = s["sort"] ? "&_sort=" + s["sort"].string() : "";
    EXPECT_EQ(std::to_string(total(record, s["type"].string(), query + sort)), s["total"].string()) << s["name"].string();
  }
  EXPECT_EQ(asked, 45u);
  const auto found = record->search(AccessContext::open(),
                                    fhir::parse_query(record::type_id("Patient"), {{"identifier", "http://hl7.org/fhir/sid/us-ssn|999-82-5655"}}, {}));
  ASSERT_EQ(found.matches.size(), 1u);
  fhir::SearchQuery compartment = fhir::parse_query(record::type_id("Observation"), {{"_summary", "count"}}, {});
  compartment.compartment.emplace("Patient", found.matches[0].version.id);
  EXPECT_EQ(record->search(AccessContext::open(), compartment).total, 1277u);
  EXPECT_EQ(total(record, "Observation", "_profile:below=http://hl7.org/fhir/us/core/StructureDefinition/us-core-observation-lab"), 27218u);
  EXPECT_EQ(total(record, "Observation", "code=http://loinc.org|17861-6"), 299u);
  EXPECT_EQ(total(record, "Observation", "code=http://loinc.org|8310-5"), 512u);
}

// Everything of one patient, through pages of 500, by type.
void check_everything(record::TestRecord& record, const std::filesystem::path& counts) {
  const auto found = record->search(AccessContext::open(), fhir::parse_query(record::type_id("Patient"), {{"identifier", "X79746011X"}}, {}));
  ASSERT_EQ(found.matches.size(), 1u);
  std::map<std::string, int> have, want;
  std::string cursor;
  do {
    const auto page = record->everything(AccessContext::open(), {.patient = found.matches[0].version.id, .count = 500, .cursor = cursor});
    EXPECT_EQ(page.total, 3419u);
    for (const auto& m : page.matches) ++have[std::string(fhir::Definitions::r4().type(m.version.type).name)];
    cursor = page.next;
  } while (!cursor.empty());
  std::ifstream in(counts);
  for (std::string line; std::getline(in, line);) {
    const size_t end = line.find('"', 1);
    if (end != line.npos) want[line.substr(1, end - 1)] = std::stoi(line.substr(end + 2));
  }
  EXPECT_EQ(have, want);
}

TEST(SyntheaLong, AsBlazeCounts) {
  const auto folder = shared_data() / "synthea";
  if (!std::filesystem::exists(folder / "blaze-120")) GTEST_SKIP() << "no ../shared/data/synthea";
  fhir::ExtractSettings utc;
  utc.zone_minutes = 0;
  record::TestRecord record(utc);
  record::ImportSettings settings;
  settings.problem = [](const record::ImportProblem& p) { ADD_FAILURE() << p.file << ": " << p.issues.at(0).en; };
  const auto report = record::import_into(*record, record::import_files({(folder / "blaze-120").string()}), settings);
  EXPECT_EQ(report.created, 92114u);
  const auto expected = Document::parse(read_file(folder / "blaze-synthea120-expectations.json"));
  for (const auto t : expected.root()["totals"])
    EXPECT_EQ(std::to_string(total(record, std::string(t.key()), "")), t.raw()) << t.key();
  for (const bool folded : {false, true}) {
    if (folded) record.store().fold_all();
    check_searches(record, expected);
  }
  check_everything(record, folder / "blaze-X79746011X-type-counts.csv");
}

}  // namespace
}  // namespace witmed::conformance
