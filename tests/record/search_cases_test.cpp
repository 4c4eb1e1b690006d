// The cases of tests/fhir/search_cases, asked of a store: indexes and meaning must agree, folded and unfolded, in one page and
// in pages of one.
#include <gtest/gtest.h>

#include <fstream>
#include <set>

#include "base/text.h"
#include "base/time.h"
#include "record/test_record.h"

namespace witmed::record {
namespace {

class StoreCases {
 public:
  void run(const std::filesystem::path& file) {
    std::ifstream in(file);
    int number = 0;
    for (std::string line; std::getline(in, line);) {
      SCOPED_TRACE(file.filename().string() + ":" + std::to_string(++number) + ": " + line);
      take(std::string(trim(line)));
    }
    flush();
  }
  size_t queries = 0;

 private:
  void take(const std::string& line) {
    if (line.starts_with("resource ")) {
      flush();
      resources_.push_back(line.substr(9));
    } else if (line.starts_with("zone ")) {
      flush();
      const int sign = line[5] == '-' ? -1 : 1;
      settings_.values.zone_minutes = sign * (std::stoi(line.substr(6, 2)) * 60 + std::stoi(line.substr(9, 2)));
    } else if (line.starts_with("now ")) {
      settings_.now = parse_instant(line.substr(4)).value();
    } else if (const auto at = line.find(" =>"); at != std::string::npos && !line.starts_with('#')) {
      waiting_.push_back({line.substr(0, at), line.substr(at + 3), settings_.now});
    }
  }

  struct Case {
    std::string query, expected;
    int64_t now;
  };

  // Asks what gathered since the resources or the zone last changed.
  void flush() {
    if (waiting_.empty()) return;
    TestRecord record(settings_.values);
    for (const auto& json : resources_) record.add(json);
    for (const bool folded : {false, true}) {
      if (folded) record.store().fold_all();
      for (const auto& c : waiting_) {
        SCOPED_TRACE(c.query + (folded ? " (folded)" : " (not folded)"));
        ask(record, c);
      }
    }
    queries += waiting_.size();
    waiting_.clear();
  }

  void ask(TestRecord& record, const Case& c) {
    std::set<std::string> want;
    for (auto id : split(c.expected, ' '))
      if (!id.empty()) want.emplace(id);
    auto settings = settings_;
    settings.now = c.now;
    std::vector<std::pair<std::string, std::string>> params;
    const size_t mark = c.query.find('?');
    for (auto pair : split(std::string_view(c.query).substr(mark + 1), '&')) {
      const size_t equals = pair.find('=');
      params.emplace_back(percent_decode(pair.substr(0, equals), false).value(),
                          percent_decode(equals == std::string_view::npos ? "" : pair.substr(equals + 1), false).value());
    }
    const auto type = mark == 0 ? fhir::TypeId(0) : type_id(std::string_view(c.query).substr(0, mark));
    auto query = fhir::parse_query(type, params, settings);
    query.total = fhir::SearchQuery::Total::accurate;
    const auto page = record->search(AccessContext::open(), query);
    std::set<std::string> have;
    for (const auto& m : page.matches)
      if (m.mode == Page::Match::Mode::match) {
        EXPECT_TRUE(have.insert(m.version.id).second) << "twice: " << m.version.id;
      }
    if (query.count.value_or(1) != 0 && !query.count) {
      EXPECT_EQ(have, want);
      EXPECT_EQ(page.total, want.size());
      in_pages(record, query, want);
    }
  }

  void in_pages(TestRecord& record, fhir::SearchQuery query, const std::set<std::string>& want) {
    query.count = 1;
    std::set<std::string> have;
    for (size_t pages = 0; pages <= want.size() + 1; ++pages) {
      const auto page = record->search(AccessContext::open(), query);
      for (const auto& m : page.matches)
        if (m.mode == Page::Match::Mode::match) {
          EXPECT_TRUE(have.insert(m.version.id).second) << "in two pages: " << m.version.id;
        }
      if (page.next.empty()) break;
      query.cursor = page.next;
    }
    EXPECT_EQ(have, want) << "in pages of one";
  }

  std::vector<std::string> resources_;
  std::vector<Case> waiting_;
  fhir::ParseSettings settings_;
};

TEST(SearchCasesInStore, AllFiles) {
  size_t queries = 0;
  for (const auto& file : std::filesystem::directory_iterator(WITMED_SOURCE_DIR "/tests/fhir/search_cases")) {
    StoreCases cases;
    cases.run(file.path());
    queries += cases.queries;
  }
  EXPECT_GE(queries, 150u);
}

}  // namespace
}  // namespace witmed::record
