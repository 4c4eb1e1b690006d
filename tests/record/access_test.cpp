// What an asker may not see is as if it were not there, by whatever way he asks. Here he may see the compartment of Patient/a and
// institutions, without what is labelled R.
#include <gtest/gtest.h>

#include <set>

#include "record/test_record.h"

namespace witmed::record {
namespace {

const auto kAll = AccessContext::open();
using Ids = std::set<std::string>;

class Access : public ::testing::Test {
 protected:
  void SetUp() override {
    record.commit({put("Organization", "org", R"("name":"Hill")"), put("Practitioner", "doc", R"("name":[{"family":"Zhao"}])")});
    for (const std::string p : {"a", "b"}) {
      record.commit({put("Patient", p, R"("name":[{"family":"Li"}],"managingOrganization":{"reference":"Organization/org"})")});
      for (int i = 1; i <= 3; ++i) record.commit({observation(p, p + std::to_string(i), i)});
    }
    record.commit({observation("a", "secret", 9, R"("meta":{"security":[{"system":"urn:label","code":"R"}]},)")});
    record.commit({put("List", "list", R"("status":"current","mode":"working","subject":{"reference":"Patient/a"},"entry":[)"
                                       R"({"item":{"reference":"Observation/a1"}},{"item":{"reference":"Observation/b1"}},{"item":{"reference":"Observation/secret"}}])")});
    record.commit({observation("a", "a1", 1, R"("language":"zh",)"), observation("b", "b1", 1, R"("language":"zh",)")});
    const auto& keys = record.store().keys();
    const auto label = fhir::SearchIndex::r4().parts(*fhir::Definitions::r4().search_param(type_id("Observation"), "_security")).front();
    limited = AccessContext::limited(store::Node::except(
        store::Node::any({store::Node::of(keys.compartment("a")), store::Node::of(keys.type(type_id("Organization")))}),
        store::Node::of(keys.token(fhir::SearchIndex::r4().part(label).identity, "urn:label", "R"))));
  }

  static Operation observation(const std::string& patient, const std::string& id, int value, const std::string& more = "") {
    return put("Observation", id, more + R"("status":"final","code":{"coding":[{"system":"http://loinc.org","code":"c)" + std::to_string(value) +
               R"("}]},"subject":{"reference":"Patient/)" + patient + R"("},"performer":[{"reference":"Practitioner/doc"}],"effectiveDateTime":"2020-01-0)" +
               std::to_string(value) + R"(","valueQuantity":{"value":)" + std::to_string(value) + "}");
  }

  static std::string name(const Version& version) { return std::string(fhir::Definitions::r4().type(version.type).name) + "/" + version.id; }
  static Ids names(const Page& page) {
    Ids out;
    for (const auto& match : page.matches) out.insert(name(match.version));
    return out;
  }
  Page ask(const AccessContext& asker, const std::string& type, const std::string& query) {
    fhir::ParseSettings settings;
    settings.values = record->settings();
    return record->search(asker, fhir::parse_query(type_id(type), decode_query(query), settings));
  }
  Ids seen(const std::string& type, const std::string& query) { return names(ask(limited, type, query)); }

  Record::Outcome change(std::vector<Operation> operations) {
    std::promise<Record::Outcome> promise;
    try {
      record->commit(limited, std::move(operations), [&](Record::Outcome outcome) { promise.set_value(std::move(outcome)); });
    } catch (const fhir::Rejection& r) {
      return {{}, r, nullptr};
    }
    return promise.get_future().get();
  }

  TestRecord record;
  AccessContext limited = AccessContext::open();
};

TEST_F(Access, ReadVreadAndHistory) {
  EXPECT_TRUE(record->read(limited, type_id("Patient"), "a").has_value());
  EXPECT_TRUE(record->read(limited, type_id("Organization"), "org").has_value());
  EXPECT_TRUE(record->vread(limited, type_id("Observation"), "a1", 1).has_value());
  for (const auto& [type, id] : std::vector<std::pair<std::string, std::string>>{{"Patient", "b"}, {"Observation", "b1"}, {"Observation", "secret"}, {"Practitioner", "doc"}}) {
    EXPECT_TRUE(record->read(kAll, type_id(type), id).has_value());
    EXPECT_FALSE(record->read(limited, type_id(type), id).has_value()) << id;
    EXPECT_FALSE(record->vread(limited, type_id(type), id, 1).has_value()) << id;
    EXPECT_THROW(record->history(limited, {type_id(type), id, {}, {}, 50, {}}), fhir::Rejection) << id;
  }
  EXPECT_EQ(record->history(limited, {type_id("Observation"), "a1", {}, {}, 50, {}}).matches.size(), 2u);
  EXPECT_EQ(names(record->history(limited, {type_id("Observation"), {}, {}, {}, 50, {}})), (Ids{"Observation/a1", "Observation/a2", "Observation/a3"}));
  const Ids everything{"Organization/org", "Patient/a", "Observation/a1", "Observation/a2", "Observation/a3", "List/list"};
  EXPECT_EQ(names(record->history(limited, {0, {}, {}, {}, 50, {}})), everything);
  Ids paged;  // pages of two hide the same
  HistoryQuery query{0, {}, {}, {}, 2, {}};
  do {
    auto page = record->history(limited, query);
    EXPECT_LE(page.matches.size(), 2u);
    paged.merge(names(page));
    query.cursor = page.next;
  } while (!query.cursor.empty());
  EXPECT_EQ(paged, everything);
}

// A question without links gives what it gives to everybody, as far as it may be seen.
TEST_F(Access, SearchTotalAndSort) {
  for (const std::string query : {"", "status=final", "code:not=c1", "code=c1,c2,c9", "date=ge2020-01-02", "_sort=date", "_sort=-date", "_sort=-_lastUpdated",
                                  "_sort=-_id", "_sort=code,-date", "_sort=value-quantity", "subject=Patient/a", "subject=Patient/b", "subject=Patient/a&_sort=-date",
                                  "subject=Patient/b&_sort=-date&_count=2", "patient=a&code=c9", "_security=urn:label|R", "_security:missing=true",
                                  "value-quantity=gt1", "_id=a1,b1,secret", "_lastUpdated=gt2000-01-01", "_filter=status eq final and date ge 2020-01-02",
                                  "_list=list", "_content=final", "category:missing=true", "performer=Practitioner/doc"}) {
    Ids want;
    for (const auto& id : names(ask(kAll, "Observation", query)))
      if (id.starts_with("Observation/a")) want.insert(id);
    const bool paged = query.find("_count") != std::string::npos;
    EXPECT_EQ(seen("Observation", query), want) << query;
    const auto counted = [&](const std::string& how) { return *ask(limited, "Observation", query + (query.empty() ? "" : "&") + how).total; };
    if (paged) continue;
    EXPECT_EQ(counted("_total=accurate"), want.size()) << query;
    EXPECT_EQ(counted("_total=estimate"), want.size()) << query;
    EXPECT_EQ(counted("_summary=count"), want.size()) << query;
    Ids found;  // a page at a time
    fhir::ParseSettings settings;
    settings.values = record->settings();
    auto asked = fhir::parse_query(type_id("Observation"), decode_query(query + (query.empty() ? "" : "&") + "_count=1"), settings);
    do {
      auto page = record->search(limited, asked);
      found.merge(names(page));
      asked.cursor = page.next;
    } while (!asked.cursor.empty());
    EXPECT_EQ(found, want) << query;
  }
  EXPECT_EQ(seen("Patient", "name=li"), (Ids{"Patient/a"}));
  EXPECT_EQ(seen("Patient", "name=li&_sort=name"), (Ids{"Patient/a"}));
}

TEST_F(Access, LinksEndAtWhatMayNotBeSeen) {
  EXPECT_FALSE(names(ask(kAll, "Observation", "performer:Practitioner.name=zhao")).empty());
  EXPECT_EQ(seen("Observation", "performer:Practitioner.name=zhao"), Ids());
  EXPECT_EQ(seen("Observation", "subject:Patient.name=li").size(), 3u);
  EXPECT_EQ(seen("Observation", "code=c1&subject:Patient.organization.name=hill"), (Ids{"Observation/a1"}));
  EXPECT_EQ(names(ask(kAll, "Patient", "_has:Observation:subject:code=c9")), (Ids{"Patient/a"}));
  EXPECT_EQ(seen("Patient", "_has:Observation:subject:code=c9"), Ids());
  EXPECT_EQ(seen("Patient", "name=li&_has:Observation:subject:code=c9"), Ids());
  EXPECT_EQ(seen("Patient", "_has:Observation:subject:code=c1"), (Ids{"Patient/a"}));
  EXPECT_EQ(seen("Organization", "_has:Patient:organization:name=li"), (Ids{"Organization/org"}));
  EXPECT_EQ(seen("Observation", "code=c1&_include=Observation:*"), (Ids{"Observation/a1", "Patient/a"}));
  EXPECT_EQ(seen("Patient", "_revinclude=Observation:subject"), (Ids{"Patient/a", "Observation/a1", "Observation/a2", "Observation/a3"}));
  EXPECT_EQ(seen("Organization", "_revinclude=Patient:organization&_revinclude:iterate=Observation:subject"),
            (Ids{"Organization/org", "Patient/a", "Observation/a1", "Observation/a2", "Observation/a3"}));
}

TEST_F(Access, EverythingLastnLookupEachCounts) {
  const Ids record_of_a{"Patient/a", "Observation/a1", "Observation/a2", "Observation/a3", "List/list"};
  EXPECT_EQ(names(record->everything(limited, {.patient = "a"})), record_of_a);
  EXPECT_EQ(record->everything(limited, {.patient = "a"}).total, record_of_a.size());
  EXPECT_THROW(record->everything(limited, {.patient = "b"}), fhir::Rejection);
  fhir::ParseSettings settings;
  settings.values = record->settings();
  EXPECT_EQ(names(record->lastn(limited, fhir::parse_query(type_id("Observation"), {}, settings), 1)), (Ids{"Observation/a1", "Observation/a2", "Observation/a3"}));
  EXPECT_EQ(names(record->lookup(limited, "li", 10)), (Ids{"Patient/a"}));
  EXPECT_EQ(record->lookup(limited, "li", 10).total, 1u);
  Ids visited;
  const std::vector<fhir::TypeId> types{type_id("Observation"), type_id("Patient"), type_id("Practitioner")};
  record->each(limited, types, [&](const Version& version) { return visited.insert(name(version)).second; });
  EXPECT_EQ(visited, (Ids{"Observation/a1", "Observation/a2", "Observation/a3", "Patient/a"}));
  std::map<std::string, uint64_t> counted;
  for (const auto& [type, n] : record->counts(limited)) counted[std::string(fhir::Definitions::r4().type(type).name)] = n;
  EXPECT_EQ(counted, (std::map<std::string, uint64_t>{{"Observation", 3}, {"Patient", 1}, {"Organization", 1}, {"List", 1}}));
}

TEST_F(Access, TheFeedTellsOfRemovalsOfWhatWasSeen) {
  const auto before = record->last_sequence();
  record.commit({del("Observation", "b2"), del("Observation", "a2"), del("Observation", "secret")});
  record.commit({del("Observation", "b3")});
  const auto told = record->changes(limited, before, 100);
  ASSERT_EQ(told.changes.size(), 1u);
  EXPECT_EQ(name(told.changes[0].version), "Observation/a2");
  EXPECT_TRUE(told.changes[0].version.removed());
  EXPECT_TRUE(told.changes[0].last_of_commit);  // what comes after it in its commit is not told
  EXPECT_EQ(told.position, record->last_sequence());
  EXPECT_TRUE(record->read(limited, type_id("Observation"), "a2")->removed());
  EXPECT_FALSE(record->read(limited, type_id("Observation"), "b2").has_value());
  EXPECT_FALSE(record->read(limited, type_id("Observation"), "secret").has_value());
  Ids all;
  for (const auto& told_from_the_start : record->changes(limited, 0, 100).changes) all.insert(name(told_from_the_start.version));
  EXPECT_EQ(all, (Ids{"Organization/org", "Patient/a", "Observation/a1", "Observation/a2", "Observation/a3", "List/list"}));
}

TEST_F(Access, ConditionsAndChanges) {
  // What may not be seen does not count as "there is one already", and is not named by the answer.
  const auto created = change({post("Observation", R"("status":"final","code":{"text":"x"})", "code=c9")});
  ASSERT_FALSE(created.rejection);
  EXPECT_EQ(created.results[0].status, 201);
  const auto known = change({post("Observation", R"("status":"final","code":{"text":"x"})", "code=c1")});
  ASSERT_FALSE(known.rejection);
  EXPECT_EQ(known.results[0].version.id, "a1");
  auto remove = del("Observation", "");
  remove.condition = "code=c9";
  EXPECT_EQ(change({remove}).results[0].version.version, 0u);
  EXPECT_TRUE(record->read(kAll, type_id("Observation"), "secret")->text != nullptr);
  const auto reference = change({put("Observation", "new", R"("status":"final","code":{"text":"x"},"performer":[{"reference":"Practitioner?name=zhao"}])")});
  ASSERT_TRUE(reference.rejection.has_value());
  EXPECT_EQ(reference.rejection->status, 412);
  for (auto operation : {observation("b", "b1", 5), observation("a", "secret", 5), del("Patient", "b")}) {
    const auto refused = change({operation});
    ASSERT_TRUE(refused.rejection.has_value());
    EXPECT_EQ(refused.rejection->status, 403);
  }
  EXPECT_FALSE(change({observation("a", "a1", 5)}).rejection);
}

}  // namespace
}  // namespace witmed::record
