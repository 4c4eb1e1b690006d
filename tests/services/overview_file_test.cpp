// The overview over restarts: it goes on from its file, however old that is, and counts when the file is
// none.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "services/changing_region.h"
#include "services/overview/tally_file.h"

namespace witmed::services {
namespace {

class OverviewFile : public testing::Test {
 protected:
  OverviewFile() : region(record) {
    for (int i = 0; i < 120; ++i) region.change();
  }
  OverviewSettings kept_in_a_file() {
    OverviewSettings settings = at_once();
    settings.file = record.folder() + "/overview.tally";
    return settings;
  }
  std::string counted_anew() {
    Overview anew(*record, at_once());
    return figures(anew);
  }
  // Looks at the figures after a restart; says how many resources that read.
  uint64_t reads_after_restart(const std::string& expected) {
    Overview overview(*record, kept_in_a_file());
    EXPECT_EQ(figures(overview), expected);
    return overview.resources_read();
  }
  std::string file() {
    std::ostringstream text;
    text << std::ifstream(kept_in_a_file().file, std::ios::binary).rdbuf();
    return text.str();
  }
  void set_file(const std::string& text) {
    std::ofstream(kept_in_a_file().file, std::ios::binary | std::ios::trunc) << text;
  }

  record::TestRecord record;
  ARegionThatChanges region;
};

TEST_F(OverviewFile, ARestartReadsOnlyWhatCameSince) {
  const std::string expected = counted_anew();
  EXPECT_GT(reads_after_restart(expected), 30u) << "the first count";
  record.reopen();
  EXPECT_EQ(reads_after_restart(expected), 0u);
  put(record, patient("new", "male", "1950-01-01", false));
  put(record, condition("c1", "new", "I10"));  // and the version before it, which is taken away
  EXPECT_EQ(reads_after_restart(counted_anew()), 3u);
}

TEST_F(OverviewFile, AKillAtAnyPositionLosesNothing) {
  std::vector<std::pair<std::string, uint64_t>> files;  // as a kill may find it, and of which position it is
  for (int i = 0; i < 40; ++i) {
    region.change();
    reads_after_restart(counted_anew());
    files.emplace_back(file(), record->last_sequence());
  }
  const std::string expected = counted_anew();
  for (const auto& [text, position] : files) {
    set_file(text);
    ASSERT_LE(reads_after_restart(expected), 2 * (record->last_sequence() - position)) << position;
  }
}

TEST_F(OverviewFile, ADamagedFileIsCounted) {
  const std::string expected = counted_anew();
  const uint64_t count = reads_after_restart(expected);
  const std::string whole = file();
  ASSERT_EQ(reads_after_restart(expected), 0u);
  for (size_t at = 0; at < whole.size(); at += 1 + whole.size() / 25) {
    std::string damaged = whole;
    damaged[at] = static_cast<char>(damaged[at] ^ 4);
    set_file(damaged);
    EXPECT_EQ(reads_after_restart(expected), count) << "a bit of byte " << at;
    EXPECT_EQ(file(), whole) << "it is written anew";
    set_file(whole.substr(0, at));
    EXPECT_EQ(reads_after_restart(expected), count) << "cut at " << at;
  }
}

// A backup of an earlier moment that went on differently, or a file that was copied from elsewhere.
TEST_F(OverviewFile, AFileOfAnotherRecordIsCounted) {
  record::TestRecord other;
  ARegionThatChanges of_the_other(other);
  for (int i = 0; i < 60; ++i) of_the_other.change();
  OverviewSettings settings = kept_in_a_file();
  Overview(*other, settings).text();
  ASSERT_LT(other->last_sequence(), record->last_sequence());
  EXPECT_GT(reads_after_restart(counted_anew()), 30u);
}

// To follow ten years of changes costs more than to count what is there.
TEST_F(OverviewFile, FarBehindItCounts) {
  const uint64_t count = reads_after_restart(counted_anew());
  for (int round = 0; round < 24; ++round) {
    std::vector<record::Operation> changes;
    for (int i = 0; i < 50; ++i)
      changes.push_back(record::put("Patient", "far" + std::to_string(i),
                                    R"("birthDate":"19)" + std::to_string(10 + round) + "\""));
    record.commit(changes);
  }
  EXPECT_EQ(reads_after_restart(counted_anew()), count + 50);
}

// A file of an older program must not be read as if it meant what this one counts. When this fails, what is
// kept or counted has changed: give kMeaning its next number, and this test what it says then.
TEST(TallyFile, AChangeOfMeaningNeedsANewNumber) {
  auto version = [](const std::string& json) {
    record::Version version;
    version.text = std::make_shared<const std::string>(json);
    return version;
  };
  Kept kept;
  kept.tally.resident("p", resident_facts(version(patient("p", "female", "1960-05-01", false))));
  kept.tally.resident("q", resident_facts(version(patient("q", "male", "1950", true))));
  kept.tally.diagnosis(diagnosis_facts(version(condition("c", "p", "E11.900"))).value(), 1);
  kept.tally.visit(visit_facts(version(visit("e", "p", "2025-02-28T23:30:00+08:00", "o1"))).value(), 1, 1);
  kept.tally.institution(
      "o1", institution_facts(
                version(R"({"resourceType":"Organization","id":"o1","name":"县医院","active":true})")));
  kept.tally.place(
      "l1", place_facts(version(
                R"({"resourceType":"Location","id":"l1","managingOrganization":)"
                R"({"reference":"Organization/o1"},"position":{"longitude":103.5,"latitude":25.5}})")));
  const std::string path = testing::TempDir() + "witmed-tally-" + std::to_string(getpid());
  write_tally(path, kept);
  std::ostringstream file;
  file << std::ifstream(path, std::ios::binary).rdbuf();
  std::filesystem::remove(path);
  EXPECT_EQ(int{kMeaning}, 1);
  EXPECT_EQ(fnv1a(file.view()), 14401942609199138203u);
}

}  // namespace
}  // namespace witmed::services
