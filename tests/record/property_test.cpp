// Random lives of forty residents: whatever was written, folded, reopened or removed, a search finds what comparing every
// current resource finds; and `verify` finds whatever is changed behind the store's back.
#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>

#include "record/test_record.h"
#include "store/sqlite/backup.h"
#include "store/sqlite/database.h"

namespace witmed::record {
namespace {

const auto kAll = AccessContext::open();

class Lives {
 public:
  explicit Lives(uint64_t seed) : random_(seed) {}

  void step() {
    const std::string id = "p" + std::to_string(pick(40));
    if (pick(6) == 0) {
      record.commit({del("Patient", id)});
      current.erase(id);
    } else {
      const std::string members = patient();
      const auto outcome = record.commit({put("Patient", id, members)});
      ASSERT_FALSE(outcome.rejection) << outcome.rejection->what();
      current[id] = put("Patient", id, members).body;
    }
    if (pick(15) == 0) record.store().fold_all();
    if (pick(60) == 0) record.reopen();
  }

  void check(const std::string& text) {
    const auto query = fhir::parse_query(type_id("Patient"), decode_query(text), {});
    std::set<std::string> want, have;
    for (const auto& [id, body] : current) {
      const auto document = fhir::Document::parse(body);
      fhir::Extraction found;
      fhir::SearchIndex::r4().extract(document.root(), type_id("Patient"), {}, found);
      if (std::all_of(query.all.begin(), query.all.end(), [&](const auto& c) { return fhir::matches(c, found.entries); })) want.insert(id);
    }
    auto paged = query;
    paged.count = 7;
    for (int pages = 0; pages < 20; ++pages) {
      const auto page = record->search(kAll, paged);
      for (const auto& m : page.matches) {
        EXPECT_TRUE(have.insert(m.version.id).second) << text << ": twice " << m.version.id;
      }
      if (page.next.empty()) break;
      paged.cursor = page.next;
    }
    EXPECT_EQ(have, want) << text;
  }

  TestRecord record;
  std::map<std::string, std::string> current;

 private:
  uint64_t pick(uint64_t n) { return random_() % n; }
  std::string patient() {
    static constexpr const char* names[] = {"王小明", "王伟", "欧阳娜", "Ana Maria", "阿依古丽·买买提"};
    static constexpr const char* dates[] = {"1950", "1950-02", "1950-02-28", "1999-12-31", "2020-06-15"};
    std::string out = R"("gender":")" + std::string(pick(2) ? "male" : "female") + "\"";
    if (pick(4)) out += R"(,"name":[{"text":")" + std::string(names[pick(5)]) + "\"}]";
    if (pick(4)) out += R"(,"birthDate":")" + std::string(dates[pick(5)]) + "\"";
    if (pick(3)) out += R"(,"identifier":[{"system":"urn:)" + std::to_string(pick(2)) + R"(","value":")" + std::to_string(pick(8)) + "\"}]";
    if (pick(3) == 0) out += R"(,"generalPractitioner":[{"reference":"Practitioner/d)" + std::to_string(pick(3)) + "\"}]";
    return out;
  }
  std::mt19937_64 random_;
};

TEST(SearchProperty, IndexesAgreeWithComparing) {
  for (const uint64_t seed : {1, 2, 3}) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Lives lives(seed);
    for (int i = 0; i < 300; ++i) {
      lives.step();
      if (i % 25 != 24) continue;
      for (const char* query :
           {"gender=male", "gender:not=male", "name=王", "name:contains=小", "name:contains=伊古", "name:exact=王伟", "birthdate=1950", "birthdate=ge1950-02",
            "birthdate=lt1999", "birthdate:missing=true", "identifier=urn:1|3", "identifier=3", "identifier=urn:0|", "identifier:missing=false",
            "general-practitioner=Practitioner/d1", "general-practitioner:missing=true", "gender=male&birthdate=gt1950&_sort=-birthdate",
            "_sort=birthdate", "_sort=-birthdate&gender=female", "_sort=name", "_sort=-_lastUpdated&gender=male,female"})
        lives.check(query);
    }
    EXPECT_EQ(lives.record.store().verify({}).problems, 0u);
  }
}

TEST(Verify, FindsWhatIsChangedBehindTheStore) {
  const struct {
    const char* file;
    const char* sql;
    const char* says;
  } faults[] = {
      {"record.db", "UPDATE current SET body=(SELECT body FROM current WHERE id='p1') WHERE id='p2'", "not the one that was committed"},
      {"record.db", "UPDATE current SET time=time+1000 WHERE id='p3'", "not the one that was committed"},
      {"record.db", "DELETE FROM history", "version is missing"},
      {"record.db", "DELETE FROM feed WHERE sequence=3", "follows"},
      {"record.db", "UPDATE feed SET leaf=zeroblob(32) WHERE sequence=2", "not the one that was committed"},
      {"index.db", "DELETE FROM ordered", "is missing"},
      {"index.db", "DELETE FROM posting WHERE key=(SELECT min(key) FROM posting)", "is missing"},
      {"index.db", "INSERT INTO posting VALUES(1,1,x'')", "should not be there"},
      {"index.db", "DELETE FROM identity WHERE id='p1'", "is missing"},
  };
  for (const auto& fault : faults) {
    SCOPED_TRACE(fault.sql);
    TestRecord record;
    for (int i = 0; i < 5; ++i) record.commit({put("Patient", "p" + std::to_string(i), R"("birthDate":"195)" + std::to_string(i) + "\"")});
    record.commit({put("Patient", "p1", R"("birthDate":"1940")")});
    record.store().fold_all();
    store::Database(record.folder() + "/" + fault.file, SQLITE_OPEN_READWRITE).execute(fault.sql);
    std::string told;
    store::VerifyTold teller;
    teller.problem = [&](const std::string& what) { told += what + "\n"; };
    EXPECT_GT(record.store().verify(teller).problems, 0u);
    EXPECT_NE(told.find(fault.says), std::string::npos) << told;
  }
}

TEST(Backup, RestoresAnyCommitProvedByHashes) {
  TestRecord record;
  std::vector<std::string> heads;
  for (int i = 0; i < 12; ++i) {
    if (i % 4 == 3) record.commit({del("Patient", "p" + std::to_string(i % 3))});
    else record.commit({put("Patient", "p" + std::to_string(i % 3), R"("birthDate":"19)" + std::to_string(10 + i) + "\"")});
    heads.push_back(store::ledger_mark(record.folder() + "/record.db", INT64_MAX).head);
  }
  const std::string file = record.folder() + "/backup";
  EXPECT_EQ(store::backup_sqlite(record.folder(), file).head, heads.back());
  for (int to = 1; to <= 12; ++to) {
    const std::string folder = record.folder() + "/to" + std::to_string(to);
    const auto mark = store::restore_sqlite(file, folder, to);
    EXPECT_EQ(mark.sequence, to);
    EXPECT_EQ(mark.head, heads[static_cast<size_t>(to) - 1]);
    store::SqliteSettings settings;
    settings.folder = folder;
    const auto restored = store::open_sqlite(settings);
    const auto report = restored->verify({});
    EXPECT_EQ(report.problems, 0u);
    EXPECT_EQ(report.head, mark.head);
  }
}

}  // namespace
}  // namespace witmed::record
