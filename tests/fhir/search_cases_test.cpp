// Search as readable cases: files of resources and queries under search_cases/. Lines:
//   resource {…}            a resource, on one line
//   zone +08:00             how dates without a zone are read from here on
//   now 2024-06-01T00:00:00Z   the moment of the query, for `ap`
//   Type?query => id id …   who is found, in any order; nothing = nobody
//   Type?query !! word      the query is refused, and says this word
//   Type?query ~~ word      accepted when lenient, with a warning that says this word
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "base/text.h"
#include "base/time.h"
#include "fhir/search/query.h"

namespace witmed::fhir {
namespace {

struct Stored {
  Document document;
  TypeId type;
  std::string id;
};

class Cases {
 public:
  void run(const std::filesystem::path& file) {
    std::ifstream in(file);
    for (std::string line; std::getline(in, line);) {
      ++number_;
      SCOPED_TRACE(file.filename().string() + ":" + std::to_string(number_) + ": " + line);
      this->line(line);
    }
  }
  size_t queries() const { return queries_; }

 private:
  void line(std::string_view line) {
    line = trim(line);
    if (line.empty() || line.starts_with('#')) return;
    if (line.starts_with("resource ")) return add(line.substr(9));
    if (line.starts_with("zone ")) return zone(line.substr(5));
    if (line.starts_with("now ")) {
      settings_.now = parse_instant(line.substr(4)).value();
      return;
    }
    ++queries_;
    for (std::string_view mark : {" =>", " !!", " ~~"}) {
      size_t at = line.find(mark);
      if (at == std::string_view::npos) continue;
      std::string_view rest = trim(line.substr(at + mark.size()));
      if (mark == " =>") return found(line.substr(0, at), rest);
      if (mark == " !!") return refused(line.substr(0, at), rest);
      return warned(line.substr(0, at), rest);
    }
    ADD_FAILURE() << "not a case";
  }

  void add(std::string_view json) {
    Stored stored{Document::parse(json), 0, {}};
    stored.type = stored.document.resource_type();
    ASSERT_NE(stored.type, 0);
    stored.id = stored.document.root()["id"].string();
    stored_.push_back(std::move(stored));
  }

  void zone(std::string_view text) {
    int sign = text[0] == '-' ? -1 : 1;
    settings_.values.zone_minutes =
        sign * (std::stoi(std::string(text.substr(1, 2))) * 60 + std::stoi(std::string(text.substr(4, 2))));
  }

  SearchQuery parse(std::string_view text) const {
    size_t mark = text.find('?');
    std::string_view type = text.substr(0, mark);
    std::vector<std::pair<std::string, std::string>> params;
    for (std::string_view pair : split(text.substr(mark + 1), '&')) {
      size_t equals = pair.find('=');
      std::string_view value = equals == std::string_view::npos ? "" : pair.substr(equals + 1);
      params.emplace_back(percent_decode(pair.substr(0, equals), false).value(),
                          percent_decode(value, false).value());
    }
    return parse_query(type.empty() ? TypeId(0) : Definitions::r4().type_id(type), params, settings_);
  }

  void found(std::string_view text, std::string_view expected) {
    std::set<std::string> want, have;
    for (std::string_view id : split(expected, ' '))
      if (!id.empty()) want.emplace(id);
    SearchQuery query;
    try {
      query = parse(text);
    } catch (const Rejection& rejection) {
      FAIL() << rejection.what();
    }
    for (const Stored& each : stored_) {
      if (query.type != 0 && each.type != query.type) continue;
      Extraction extraction;
      SearchIndex::r4().extract(each.document.root(), each.type, settings_.values, extraction);
      bool all = std::all_of(query.all.begin(), query.all.end(), [&](const Condition& condition) {
        return condition.kind == Condition::Kind::id
                   ? std::any_of(condition.any.begin(), condition.any.end(), [&](const auto& v) { return v.a == each.id; })
                   : matches(condition, extraction.entries);
      });
      if (all) have.insert(each.id);
    }
    EXPECT_EQ(have, want);
  }

  void refused(std::string_view text, std::string_view word) {
    try {
      parse(text);
      ADD_FAILURE() << "was accepted";
    } catch (const Rejection& rejection) {
      EXPECT_EQ(rejection.status, 400);
      EXPECT_NE(std::string(rejection.what()).find(word), std::string::npos) << rejection.what();
    }
  }

  void warned(std::string_view text, std::string_view word) {
    settings_.lenient = true;
    SearchQuery query = parse(text);
    settings_.lenient = false;
    ASSERT_FALSE(query.warnings.empty());
    EXPECT_NE(query.warnings.front().en.find(word), std::string::npos) << query.warnings.front().en;
    for (auto& [name, value] : query.used) EXPECT_EQ(name.find(word), std::string::npos) << name;
  }

  std::vector<Stored> stored_;
  ParseSettings settings_;
  size_t number_ = 0;
  size_t queries_ = 0;
};

TEST(SearchCases, AllFiles) {
  size_t queries = 0;
  for (auto& file : std::filesystem::directory_iterator(WITMED_SOURCE_DIR "/tests/fhir/search_cases")) {
    Cases cases;
    cases.run(file.path());
    queries += cases.queries();
  }
  EXPECT_GE(queries, 150u);
}

}  // namespace
}  // namespace witmed::fhir
