// SearchParameters that are added, changed and removed while others write: whatever the state, a search finds what comparing
// every current resource finds, and in the end the index holds exactly the rows that it should.
#include <gtest/gtest.h>

#include <chrono>
#include <fstream>
#include <set>
#include <thread>

#include "record/import/importer.h"
#include "record/test_record.h"

namespace witmed::record {
namespace {

const auto kAll = AccessContext::open();

std::string parameter(const std::string& code, const std::string& type, const std::string& expression, const std::string& more = "") {
  return R"("url":"http://example.org/SearchParameter/)" + code + R"(","name":")" + code + R"(","status":"active","description":"x","code":")" + code +
         R"(","base":["Patient"],"type":")" + type + R"(","expression":")" + expression + "\"" + more;
}

std::set<std::string> found(TestRecord& record, const std::string& query) {
  fhir::ParseSettings settings;
  settings.values = record->settings();
  std::set<std::string> out;
  for (const auto& m : record->search(kAll, fhir::parse_query(type_id("Patient"), decode_query(query), settings)).matches) out.insert(m.version.id);
  return out;
}

void wait_ready(TestRecord& record, const std::string& id) {
  for (int i = 0; i < 400; ++i) {
    if (record->search_parameter_status(kAll, id)->state != "indexing") break;
    std::this_thread::sleep_for(std::chrono::milliseconds(25));
  }
  EXPECT_EQ(record->search_parameter_status(kAll, id)->state, "ready");
}

void wait_idle(TestRecord& record) {
  for (int i = 0; i < 400 && record->indexing_left() > 0; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(25));
  EXPECT_EQ(record->indexing_left(), 0u);
}

std::string village(const std::string& name) {
  return R"("extension":[{"url":"urn:village","valueString":")" + name + R"("}],"multipleBirthInteger":)" + std::to_string(name.size());
}

using Ids = std::set<std::string>;

TEST(CustomSearch, FoundAtOnceIndexedLaterKeptOverRestart) {
  TestRecord record;
  for (int i = 0; i < 30; ++i) record.commit({put("Patient", "p" + std::to_string(i), village(i % 10 == 0 ? "刘家村" : "王家村"))});
  EXPECT_THROW(found(record, "village=刘"), fhir::Rejection);
  const std::string expression = "Patient.extension.where(url = 'urn:village').value";
  ASSERT_FALSE(record.commit({put("SearchParameter", "village", parameter("village", "string", expression))}).rejection);
  EXPECT_EQ(found(record, "village=刘"), (Ids{"p0", "p10", "p20"}));
  wait_ready(record, "village");
  EXPECT_EQ(found(record, "village=刘"), (Ids{"p0", "p10", "p20"}));
  EXPECT_EQ(found(record, "village:exact=刘家村&_id=p10"), (Ids{"p10"}));
  EXPECT_EQ(found(record, "village:missing=true"), Ids());
  record.commit({put("Patient", "p10", village("王家村"))});
  record.commit({put("Patient", "new", village("刘家湾"))});
  record.commit({del("Patient", "p20")});
  EXPECT_EQ(found(record, "village=刘"), (Ids{"p0", "new"}));
  EXPECT_EQ(record.store().verify({}).problems, 0u);
  record.reopen();
  EXPECT_EQ(record->search_parameter_status(kAll, "village")->state, "ready");
  EXPECT_EQ(found(record, "village=刘"), (Ids{"p0", "new"}));
  EXPECT_EQ(record.store().verify({}).problems, 0u);
}

TEST(CustomSearchRace, ComesAndGoesWhileOthersWrite) {
  TestRecord record;
  for (int i = 0; i < 300; ++i) record.commit({put("Patient", "p" + std::to_string(i), village(std::string(static_cast<size_t>(i % 7 + 1), 'a')))});
  std::atomic<bool> stop{false};
  std::thread writer([&] {
    for (int i = 0; !stop; ++i) record.commit({put("Patient", "p" + std::to_string(i % 300), village(std::string(static_cast<size_t>(i % 5 + 1), 'b')))});
  });
  const auto births = parameter("births", "number", "Patient.multipleBirth.ofType(integer)");
  for (int round = 0; round < 3; ++round) {
    ASSERT_FALSE(record.commit({put("SearchParameter", "births", births)}).rejection);
    if (round != 1) wait_ready(record, "births");
    record.commit({del("SearchParameter", "births")});
    if (round == 2) wait_idle(record);
  }
  ASSERT_FALSE(record.commit({put("SearchParameter", "births", births)}).rejection);
  wait_ready(record, "births");
  stop = true;
  writer.join();
  Ids want;
  for (int i = 0; i < 300; ++i) {
    const auto version = record->read(kAll, type_id("Patient"), "p" + std::to_string(i));
    ASSERT_TRUE(version.has_value());
    if (version->text->find("\"multipleBirthInteger\":3") != std::string::npos) want.insert(version->id);
  }
  fhir::ParseSettings settings;
  settings.values = record->settings();
  auto query = fhir::parse_query(type_id("Patient"), {{"births", "3"}, {"_count", "500"}}, settings);
  Ids have;
  for (const auto& m : record->search(kAll, query).matches) have.insert(m.version.id);
  EXPECT_EQ(have, want);
  EXPECT_EQ(record.store().verify({}).problems, 0u);
  record.commit({del("SearchParameter", "births")});
  EXPECT_THROW(found(record, "births=3"), fhir::Rejection);
  wait_idle(record);
  record.reopen();
  EXPECT_EQ(record.store().verify({}).problems, 0u);
}

// However long a writer stalls between making its rows and handing them over.
TEST(CustomSearch, RowsMadeBeforeAChangeAreMadeAgain) {
  TestRecord record;
  record.commit({put("Patient", "early", village("刘家村"))});
  auto& impl = record->impl();
  auto late = prepare(impl, kAll, {put("Patient", "late", village("刘家湾"))});
  const std::string expression = "Patient.extension.where(url = 'urn:village').value";
  ASSERT_FALSE(record.commit({put("SearchParameter", "village", parameter("village", "string", expression))}).rejection);
  wait_ready(record, "village");
  std::promise<store::Commit::Status> status;
  late.commit.done = [&](auto s, auto, auto) { status.set_value(s); };
  record.store().submit(std::move(late.commit));
  EXPECT_EQ(status.get_future().get(), store::Commit::Status::conflict);
  record.commit({put("Patient", "late", village("刘家湾"))});
  EXPECT_EQ(found(record, "village=刘"), (Ids{"early", "late"}));
  EXPECT_EQ(record.store().verify({}).problems, 0u);
}

TEST(CustomSearch, ComesWithAFirstLoad) {
  TestRecord record;
  const std::string file = record.folder() + "/in.ndjson", expression = "Patient.extension.where(url = 'urn:village').value";
  std::ofstream(file) << R"({"resourceType":"Patient","id":"p",)" << village("刘家村") << "}\n"
                      << R"({"resourceType":"SearchParameter","id":"village",)" << parameter("village", "string", expression) << "}\n";
  EXPECT_EQ(import_into(*record, {file}, {}).created, 2u);
  EXPECT_EQ(found(record, "village=刘"), (Ids{"p"}));
  wait_ready(record, "village");
  EXPECT_EQ(found(record, "village=刘"), (Ids{"p"}));
  EXPECT_EQ(record.store().verify({}).problems, 0u);
}

TEST(CustomSearch, EveryTypeOfParameter) {
  TestRecord record;
  record.commit({put("Organization", "o1", R"("name":"Hill")")});
  record.commit({put("Patient", "a", R"("maritalStatus":{"coding":[{"system":"urn:m","code":"M"}]},"photo":[{"url":"http://p.org/a"}],)"
                                     R"("contact":[{"period":{"start":"2020-01-01"},"organization":{"reference":"Organization/o1"}}])")});
  record.commit({put("Patient", "b", R"("maritalStatus":{"coding":[{"system":"urn:m","code":"S"}]})")});
  record.commit({put("SearchParameter", "marital", parameter("marital", "token", "Patient.maritalStatus"))});
  record.commit({put("SearchParameter", "photo", parameter("photo", "uri", "Patient.photo.url"))});
  record.commit({put("SearchParameter", "since", parameter("since", "date", "Patient.contact.period"))});
  record.commit({put("SearchParameter", "employer", parameter("employer", "reference", "Patient.contact.organization", R"(,"target":["Organization"])"))});
  record.commit({put("SearchParameter", "photographed", parameter("photographed", "token", "Patient.photo.exists()"))});
  for (const bool ready : {false, true}) {
    if (ready) for (const char* id : {"marital", "photo", "since", "employer", "photographed"}) wait_ready(record, id);
    EXPECT_EQ(found(record, "marital=urn:m|M"), (Ids{"a"}));
    EXPECT_EQ(found(record, "marital:not=M"), (Ids{"b"}));
    EXPECT_EQ(found(record, "marital:missing=false"), (Ids{"a", "b"}));
    EXPECT_EQ(found(record, "photo=http://p.org/a"), (Ids{"a"}));
    EXPECT_EQ(found(record, "since=ge2020"), (Ids{"a"}));
    EXPECT_EQ(found(record, "employer=Organization/o1"), (Ids{"a"}));
    EXPECT_EQ(found(record, "employer.name=hill"), (Ids{"a"}));
    EXPECT_EQ(found(record, "photographed=true"), (Ids{"a"}));
    EXPECT_EQ(found(record, "_sort=since&marital=M,S"), (Ids{"a", "b"}));
  }
  // what cannot be indexed is kept, and says why
  ASSERT_FALSE(record.commit({put("SearchParameter", "odd", parameter("odd", "special", "Patient.name"))}).rejection);
  EXPECT_EQ(record->search_parameter_status(kAll, "odd")->state, "not-indexed");
  EXPECT_FALSE(record->search_parameter_status(kAll, "odd")->reason.empty());
  ASSERT_FALSE(record.commit({put("SearchParameter", "name", parameter("name", "string", "Patient.name.text"))}).rejection);
  EXPECT_EQ(record->search_parameter_status(kAll, "name")->state, "not-indexed");
  EXPECT_FALSE(record->search_parameter_status(kAll, "none").has_value());
  EXPECT_EQ(record.store().verify({}).problems, 0u);
}

}  // namespace
}  // namespace witmed::record
