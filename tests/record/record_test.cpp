// The one door: what a commit promises, to one client and to many at once.
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "record/import/importer.h"
#include "record/test_record.h"

namespace witmed::record {
namespace {

const auto kAll = AccessContext::open();

TEST(Record, CreateReadUpdateRemove) {
  TestRecord record;
  auto created = record.commit({post("Patient", R"("birthDate":"1950-01-31")")});
  ASSERT_FALSE(created.rejection);
  const auto& v = created.results.at(0).version;
  EXPECT_EQ(created.results[0].status, 201);
  EXPECT_EQ(v.version, 1u);
  EXPECT_EQ(*record->read(kAll, v.type, v.id)->text, *v.text);

  auto changed = record.commit({put("Patient", v.id, R"("birthDate":"1950-02-01")")});
  EXPECT_EQ(changed.results.at(0).version.version, 2u);
  auto same = record.commit({put("Patient", v.id, R"("birthDate":"1950-02-01")")});
  EXPECT_FALSE(same.results.at(0).changed) << "an update equal to what is stored makes no version";
  EXPECT_EQ(same.results[0].version.version, 2u);
  EXPECT_NE(record->vread(kAll, v.type, v.id, 1)->text->find("1950-01-31"), std::string::npos);

  EXPECT_EQ(record.commit({del("Patient", v.id)}).results.at(0).status, 204);
  EXPECT_TRUE(record->read(kAll, v.type, v.id)->removed());
  auto again = record.commit({put("Patient", v.id, "")});
  EXPECT_EQ(again.results.at(0).status, 201) << "it comes back";
  EXPECT_EQ(again.results[0].version.version, 4u);
  HistoryQuery history;
  history.type = v.type;
  history.id = v.id;
  EXPECT_EQ(record->history(kAll, history).matches.size(), 4u);
}

TEST(Record, StringsAndNumbersKeepTheirCharacters) {
  TestRecord record;
  const std::string value = R"("status":"final","code":{"text":"\u5f20 \"x\""},"valueQuantity":{"value":1.00,"unit":"mg"})";
  const auto done = record.commit({put("Observation", "o", value)});
  ASSERT_FALSE(done.rejection) << done.rejection->what();
  EXPECT_NE(done.results[0].version.text->find(value), std::string::npos) << *done.results[0].version.text;
}

TEST(Record, TransactionResolvesReferencesAndIsAllOrNothing) {
  TestRecord record;
  auto patient = post("Patient", R"("active":true)");
  patient.full_url = "urn:uuid:11111111-1111-1111-1111-111111111111";
  auto result = record.commit({patient, post("Observation", R"("status":"final","code":{"text":"x"},"subject":{"reference":")" + patient.full_url + "\"}")});
  ASSERT_FALSE(result.rejection) << result.rejection->what();
  const auto reference = "Patient/" + result.results[0].version.id;
  EXPECT_NE(result.results[1].version.text->find(reference), std::string::npos);

  const auto before = record->last_sequence();
  auto bad = record.commit({put("Patient", "a", ""), put("Patient", "b", R"("birthDate":"1950-02-30")")});
  ASSERT_TRUE(bad.rejection);
  EXPECT_EQ(record->last_sequence(), before);
  EXPECT_FALSE(record->read(kAll, type_id("Patient"), "a"));
}

TEST(Record, ConditionalReferenceFindsExactlyOne) {
  TestRecord record;
  record.commit({put("Practitioner", "d", R"("identifier":[{"system":"urn:x","value":"7"}])")});
  const auto with = [](const char* value) {
    return post("Encounter", std::string(R"("status":"finished","class":{"code":"AMB"},"participant":[{"individual":{"reference":"Practitioner?identifier=urn:x|)") + value + "\"}}]");
  };
  const auto found = record.commit({with("7")});
  ASSERT_FALSE(found.rejection) << found.rejection->what();
  EXPECT_NE(found.results[0].version.text->find("Practitioner/d"), std::string::npos);
  EXPECT_EQ(record.commit({with("8")}).rejection->status, 412);
}

TEST(Record, VersionsAreChecked) {
  TestRecord record;
  record.commit({put("Patient", "a", "")});
  EXPECT_EQ(record.commit({put("Patient", "a", R"("active":true)", 7)}).rejection->status, 412);
  EXPECT_FALSE(record.commit({put("Patient", "a", R"("active":true)", 1)}).rejection);
  EXPECT_EQ(record.commit({put("Patient", "a", R"("active":false)", 1)}).rejection->status, 412);
}

TEST(Record, BatchEntriesStandAlone) {
  TestRecord record;
  auto batch = record.commit({put("Patient", "a", ""), put("Patient", "b", R"("birthDate":"x")"), put("Patient", "a", R"("active":true)"),
                              post("Patient", R"("identifier":[{"system":"u","value":"1"}])", "identifier=u|1"),
                              post("Patient", R"("identifier":[{"system":"u","value":"1"}])", "identifier=u|1")},
                             false);
  ASSERT_EQ(batch.results.size(), 5u);
  EXPECT_EQ(batch.results[0].status, 201);
  EXPECT_TRUE(batch.results[1].refused);
  EXPECT_EQ(batch.results[2].version.version, 2u) << "the second change of the same resource comes after the first";
  EXPECT_EQ(batch.results[3].status, 201);
  EXPECT_EQ(batch.results[4].status, 200) << "the second finds what the first made";
}

TEST(RecordRace, ConditionalCreatesMakeOne) {
  TestRecord record;
  record.fold_rows = 50;  // fold while they race
  record.reopen();
  std::atomic<int> created{0}, found{0};
  for (int round = 0; round < 10; ++round) {
    std::vector<std::thread> clients;
    for (int i = 0; i < 32; ++i)
      clients.emplace_back([&, round] {
        const std::string n = std::to_string(round);
        const auto outcome = record.commit({post("Patient", R"("identifier":[{"system":"urn:race","value":")" + n + "\"}]", "identifier=urn:race|" + n)});
        ASSERT_FALSE(outcome.rejection) << outcome.rejection->what();
        ++(outcome.results[0].status == 201 ? created : found);
      });
    for (auto& c : clients) c.join();
  }
  EXPECT_EQ(created, 10);
  EXPECT_EQ(found, 310);
}

TEST(RecordRace, VersionAwareUpdatesLoseNothing) {
  TestRecord record;
  record.commit({put("Basic", "counter", R"("code":{"text":"0"})")});
  constexpr int kClients = 32, kEach = 8;
  std::vector<std::thread> clients;
  for (int i = 0; i < kClients; ++i)
    clients.emplace_back([&] {
      for (int done = 0; done < kEach;) {
        const auto now = record->read(kAll, type_id("Basic"), "counter");
        const auto document = fhir::Document::parse(*now->text);
        const int n = std::stoi(document.root()["code"]["text"].string());
        const auto outcome = record.commit({put("Basic", "counter", R"("code":{"text":")" + std::to_string(n + 1) + "\"}", now->version)});
        if (!outcome.rejection) ++done;
        else {
          ASSERT_TRUE(outcome.rejection->status == 412 || outcome.rejection->status == 409) << outcome.rejection->what();
        }
      }
    });
  for (auto& c : clients) c.join();
  const auto last = record->read(kAll, type_id("Basic"), "counter");
  EXPECT_NE(last->text->find("\"" + std::to_string(kClients * kEach) + "\""), std::string::npos) << *last->text;
  EXPECT_EQ(last->version, 1u + kClients * kEach);
}

TEST(RecordRace, WritersWaitForTheFolderAndGoOn) {
  TestRecord record;
  record.fold_rows = 50;
  record.overlay_rows = 100;  // a commit or two: the writer meets the bound again and again
  record.reopen();
  constexpr int kClients = 8, kEach = 50;
  std::vector<std::thread> clients;
  for (int i = 0; i < kClients; ++i)
    clients.emplace_back([&] {
      for (int k = 0; k < kEach; ++k) {
        const auto outcome = record.commit({post("Patient", R"("gender":"male","birthDate":"1950-01-31")")});
        ASSERT_FALSE(outcome.rejection || outcome.failure);
      }
    });
  for (auto& c : clients) c.join();
  record.reopen();
  fhir::ParseSettings settings;
  auto query = fhir::parse_query(type_id("Patient"), {{"gender", "male"}}, settings);
  query.total = fhir::SearchQuery::Total::accurate;
  EXPECT_EQ(record->search(kAll, query).total, std::optional<uint64_t>(kClients * kEach));
  EXPECT_EQ(record.store().verify({}).problems, 0u);
}

TEST(RecordRace, ReadersSeeWholeCommits) {
  TestRecord record;
  record.fold_rows = 200;
  record.reopen();
  std::atomic<bool> stop{false};
  std::thread writer([&] {
    for (int i = 0; i < 300; ++i) {
      const std::string n = std::to_string(i);
      record.commit({put("Patient", "p" + n, R"("gender":"male")"), put("Patient", "q" + n, R"("gender":"male")")});
    }
    stop = true;
  });
  fhir::ParseSettings settings;
  auto query = fhir::parse_query(type_id("Patient"), {{"gender", "male"}}, settings);
  query.total = fhir::SearchQuery::Total::accurate;
  uint64_t last = 0;
  while (!stop) {
    const auto page = record->search(kAll, query);
    EXPECT_EQ(*page.total % 2, 0u) << "half a transaction";
    EXPECT_GE(*page.total, last) << "the past came back";
    last = *page.total;
  }
  writer.join();
  EXPECT_EQ(*record->search(kAll, query).total, 600u);
}

TEST(Record, OwnWritesAreReadWhileUnfoldedAndAfterwards) {
  TestRecord record;
  const auto find = [&](const char* gender) {
    return record->search(kAll, fhir::parse_query(type_id("Patient"), {{"gender", gender}}, {})).matches.size();
  };
  record.commit({put("Patient", "a", R"("gender":"male")")});
  EXPECT_EQ(find("male"), 1u);
  record.store().fold_all();
  record.commit({put("Patient", "a", R"("gender":"female")")});
  EXPECT_EQ(find("male"), 0u);
  EXPECT_EQ(find("female"), 1u);
  record.reopen();
  EXPECT_EQ(find("male"), 0u);
  EXPECT_EQ(find("female"), 1u);
  record.store().fold_all();
  record.commit({del("Patient", "a")});
  EXPECT_EQ(find("female"), 0u);
  record.store().fold_all();
  EXPECT_EQ(find("female"), 0u);
  EXPECT_EQ(record.store().verify({}).problems, 0u);
}

TEST(Record, FeedHasNoGapsAndMarksCommits) {
  TestRecord record;
  record.commit({put("Patient", "a", ""), put("Patient", "b", "")});
  record.commit({put("Patient", "a", R"("active":true)")});
  const auto changes = record->changes(kAll, 0, 10).changes;
  ASSERT_EQ(changes.size(), 3u);
  for (size_t i = 0; i < 3; ++i) EXPECT_EQ(changes[i].sequence, i + 1);
  EXPECT_FALSE(changes[0].last_of_commit);
  EXPECT_TRUE(changes[1].last_of_commit);
  EXPECT_TRUE(changes[2].last_of_commit);
  EXPECT_LE(changes[1].version.time, changes[2].version.time);
  EXPECT_EQ(record->changes(kAll, 2, 10).changes.size(), 1u);
}

TEST(Record, EverythingSinceIsPagedAndCounted) {
  TestRecord record;
  const auto observation = [](const std::string& id) { return put("Observation", id, R"("status":"final","code":{"text":"x"},"subject":{"reference":"Patient/p"})"); };
  const auto before = record.commit({put("Patient", "p", ""), observation("o1"), observation("o2")}).results[0].version.time;
  int64_t since = before;  // commits of one millisecond have one time
  while (since == before) {
    record.commit({del("Observation", "o3"), del("Observation", "o4")});
    since = record.commit({observation("o3"), observation("o4")}).results[0].version.time;
  }
  EverythingQuery query{.patient = "p", .since = since, .count = 1};
  std::vector<std::string> found;
  do {
    const auto page = record->everything(kAll, query);
    EXPECT_EQ(page.total, 2u);
    ASSERT_EQ(page.matches.size(), 1u);
    found.push_back(page.matches[0].version.id);
    query.cursor = page.next;
  } while (!query.cursor.empty());
  EXPECT_EQ(found, (std::vector<std::string>{"o3", "o4"}));
}

TEST(Record, PagesArePinnedToTheFirst) {
  TestRecord record;
  for (int i = 0; i < 10; ++i) record.commit({put("Patient", "p" + std::to_string(i), R"("gender":"male")")});
  for (const char* sort : {"", "birthdate", "-_lastUpdated", "_id"}) {
    std::vector<std::pair<std::string, std::string>> params{{"gender", "male"}, {"_count", "3"}};
    if (*sort) params.emplace_back("_sort", sort);
    auto query = fhir::parse_query(type_id("Patient"), params, {});
    std::map<std::string, int> seen;
    for (int pages = 0; pages < 10; ++pages) {
      const auto page = record->search(kAll, query);
      for (const auto& m : page.matches) ++seen[m.version.id];
      if (page.next.empty()) break;
      query.cursor = page.next;
      if (pages == 0) {
        record.commit({put("Patient", std::string("new") + (*sort ? sort + 1 : "x"), R"("gender":"male","birthDate":"1900-01-01")")});
        record.commit({put("Patient", "p5", std::string(R"("gender":"male","active":true,"language":")") + (*sort ? "zh" : "en") + "\"")});
      }
    }
    for (int i = 0; i < 10; ++i)
      if (i != 5) {
        EXPECT_EQ(seen["p" + std::to_string(i)], 1) << sort << " p" << i;
      }
    EXPECT_LE(seen["p5"], 1) << sort;
  }
}

TEST(Import, AgainMakesNothingNewAndRefusalsAreTold) {
  TestRecord record;
  const std::string file = record.folder() + "/in.ndjson";
  {
    FILE* f = std::fopen(file.c_str(), "wb");
    std::fputs("{\"resourceType\":\"Patient\",\"id\":\"a\"}\n{\"resourceType\":\"Patient\",\"id\":\"b\",\"birthDate\":\"x\"}\nnonsense\n"
               "{\"resourceType\":\"Observation\",\"status\":\"final\",\"code\":{\"text\":\"no id\"}}\n{\"resourceType\":\"Patient\",\"id\":\"a\",\"active\":true}\n", f);
    std::fclose(f);
  }
  std::vector<uint64_t> lines;
  ImportSettings settings;
  settings.problem = [&](const ImportProblem& p) { lines.push_back(p.line); };
  const auto first = import_into(*record, {file}, settings);
  EXPECT_EQ(first.read, 5u);
  EXPECT_EQ(first.created, 2u);
  EXPECT_EQ(first.updated, 1u) << "the later line of the same id is its next version";
  EXPECT_EQ(first.refused, 2u);
  std::sort(lines.begin(), lines.end());
  EXPECT_EQ(lines, (std::vector<uint64_t>{2, 3}));
  const auto counts = record->counts(kAll);
  EXPECT_EQ(record.store().verify({}).problems, 0u);
  record.reopen();
  EXPECT_EQ(record->counts(kAll), counts);
}

}  // namespace
}  // namespace witmed::record
