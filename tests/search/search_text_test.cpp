// Search as readable cases, asked of a real record: files of resources and queries in this folder. Lines:
//   resource {…}                  a resource, on one line; stored before the queries that follow
//   update {…}                    another version of one, which must be valid
//   remove Type/id                one goes
//   zone +08:00                   how dates without a zone are read (before the first resource)
//   base http://host/fhir         the address of this server (before the first resource)
//   now 2024-06-01T00:00:00Z      the moment of the queries that follow, for `ap`
//   Type?query => id id           who is found, in any order; nothing = nobody. Ids may be written Type/id
//   Type?query => id + id id      … and what is included beside the matches
//   Type?query -> id id           who is found, in this order
//   Type?query !! word            the query is refused with 400, and says this word
//   Type/id/Type?query => …       in a compartment; Type/id/*?query: all types of it; ?query: the whole system
// Every query is asked with rows still in memory and folded into the tables, in one page and in pages of one.
#include <gtest/gtest.h>

#include <fstream>
#include <set>

#include "base/text.h"
#include "base/time.h"
#include "record/test_record.h"

namespace witmed::record {
namespace {

struct Case {
  std::string where, query, mark, expected;
  int64_t now;
};

std::vector<std::string> words(std::string_view text) {
  std::vector<std::string> out;
  for (const auto word : split(text, ' '))
    if (!word.empty()) out.emplace_back(word);
  return out;
}

class TextCases {
 public:
  void run(const std::filesystem::path& file) {
    std::ifstream in(file);
    int number = 0;
    for (std::string line; std::getline(in, line);) take(file.filename().string() + ":" + std::to_string(++number), std::string(trim(line)));
    flush();
  }
  size_t queries = 0;

 private:
  void take(const std::string& where, const std::string& line) {
    if (line.empty() || line.starts_with('#')) return;
    if (line.starts_with("zone ")) {
      const int sign = line[5] == '-' ? -1 : 1;
      settings_.values.zone_minutes = sign * (std::stoi(line.substr(6, 2)) * 60 + std::stoi(line.substr(9, 2)));
    } else if (line.starts_with("base ")) {
      settings_.values.base_url = line.substr(5);
    } else if (line.starts_with("now ")) {
      settings_.now = parse_instant(line.substr(4)).value();
    } else if (line.starts_with("resource ")) {
      flush();
      record().add(line.substr(9));
    } else if (line.starts_with("update ")) {
      flush();
      update(line.substr(7));
    } else if (line.starts_with("remove ")) {
      flush();
      const auto slash = line.find('/');
      record().commit({del(line.substr(7, slash - 7), line.substr(slash + 1))});
    } else {
      question(where, line);
    }
  }

  void question(const std::string& where, const std::string& line) {
    for (const std::string mark : {" => ", " -> ", " !! "}) {
      const auto at = (line + " ").find(mark);
      if (at == std::string::npos) continue;
      waiting_.push_back({where + ": " + line, line.substr(0, at), mark, std::string(trim((line + " ").substr(at + 4))), settings_.now});
      return;
    }
    ADD_FAILURE() << where << ": not a case: " << line;
  }

  void update(const std::string& json) {
    const auto document = fhir::Document::parse(json);
    Operation op;
    op.verb = Operation::Verb::update;
    op.type = document.resource_type();
    op.id = document.root()["id"].string();
    op.body = json;
    const auto outcome = record().commit({op});
    ASSERT_FALSE(outcome.rejection) << outcome.rejection->what();
  }

  TestRecord& record() {
    if (!record_) record_ = std::make_unique<TestRecord>(settings_.values);
    return *record_;
  }

  void flush() {
    for (const bool folded : {false, true}) {
      if (waiting_.empty()) return;
      if (folded) record().store().fold_all();
      for (const auto& c : waiting_) {
        SCOPED_TRACE(c.where + (folded ? " (folded)" : ""));
        ask(c);
      }
    }
    queries += waiting_.size();
    waiting_.clear();
  }

  fhir::SearchQuery parse(const Case& c) const {
    auto settings = settings_;
    settings.now = c.now;
    const size_t mark = std::min(c.query.find('?'), c.query.size());
    const auto path = split(std::string_view(c.query).substr(0, mark), '/');
    std::vector<std::pair<std::string, std::string>> params;
    if (mark < c.query.size()) params = decode_query(replaced(c.query.substr(mark + 1)));
    auto query = fhir::parse_query(path.back() == "*" ? fhir::TypeId(0) : type_id(path.back()), params, settings);
    if (path.size() == 3) query.compartment.emplace(path[0], path[1]);
    return query;
  }
  // "+" of a time zone stands for itself here, as "%2B" does on the wire.
  static std::string replaced(std::string text) {
    for (size_t at = 0; (at = text.find('+', at)) != std::string::npos;) text.replace(at, 1, "%2B");
    return text;
  }

  void ask(const Case& c) {
    if (c.mark == " !! ") return refused(c);
    try {
      auto query = parse(c);
      if (query.total == fhir::SearchQuery::Total::unset) query.total = fhir::SearchQuery::Total::accurate;
      answered(c, query);
    } catch (const fhir::Rejection& rejection) {
      ADD_FAILURE() << "refused: " << rejection.what();
    }
  }

  void refused(const Case& c) {
    try {
      record()->search(AccessContext::open(), parse(c));
      ADD_FAILURE() << "was accepted";
    } catch (const fhir::Rejection& rejection) {
      EXPECT_EQ(rejection.status, 400);
      EXPECT_NE(std::string(rejection.what()).find(c.expected), std::string::npos) << rejection.what();
    }
  }

  // Ids of a page, as Type/id where the expectation says so.
  static void gather(const Page& page, bool typed, std::vector<std::string>& matches, std::set<std::string>& included) {
    for (const auto& m : page.matches) {
      std::string name = m.version.id;
      if (typed) name = std::string(fhir::Definitions::r4().type(m.version.type).name) + "/" + name;
      if (m.mode == Page::Match::Mode::match) matches.push_back(std::move(name));
      if (m.mode == Page::Match::Mode::include) included.insert(std::move(name));
    }
  }

  void answered(const Case& c, fhir::SearchQuery query) {
    const auto plus = std::min(c.expected.find('+'), c.expected.size());
    const bool typed = c.expected.find('/') != std::string::npos;
    auto want = words(std::string_view(c.expected).substr(0, plus));
    const auto beside = plus < c.expected.size() ? words(std::string_view(c.expected).substr(plus + 1)) : std::vector<std::string>();
    std::vector<std::string> have;
    std::set<std::string> included;
    const auto page = record()->search(AccessContext::open(), query);
    gather(page, typed, have, included);
    if (query.count.value_or(0) > 0 && page.next.empty() == (have.size() < page.total.value_or(0))) ADD_FAILURE() << "no link to the next page";
    const bool ordered = c.mark == " -> ";
    if (!ordered) std::sort(want.begin(), want.end()), std::sort(have.begin(), have.end());
    EXPECT_EQ(have, want);
    EXPECT_EQ(included, std::set<std::string>(beside.begin(), beside.end()));
    if (query.total == fhir::SearchQuery::Total::accurate && !query.count && query.summary != fhir::SearchQuery::Summary::count) {
      EXPECT_EQ(page.total, want.size());
    }
    if (query.count) return;
    std::vector<std::string> paged;
    query.count = 1;
    query.includes.clear();
    for (size_t pages = 0; pages <= want.size() + 1; ++pages) {
      const auto one = record()->search(AccessContext::open(), query);
      gather(one, typed, paged, included);
      if (one.next.empty()) break;
      query.cursor = one.next;
    }
    if (!ordered) std::sort(paged.begin(), paged.end());
    EXPECT_EQ(paged, want) << "in pages of one";
  }

  std::unique_ptr<TestRecord> record_;
  std::vector<Case> waiting_;
  fhir::ParseSettings settings_;
};

TEST(SearchText, AllFiles) {
  size_t queries = 0;
  std::vector<std::filesystem::path> files;
  for (const auto& file : std::filesystem::directory_iterator(WITMED_SOURCE_DIR "/tests/search"))
    if (file.path().extension() == ".txt") files.push_back(file.path());
  std::sort(files.begin(), files.end());
  for (const auto& file : files) {
    TextCases cases;
    cases.run(file);
    queries += cases.queries;
  }
  EXPECT_GE(queries, 400u);
  std::printf("%zu queries from %zu files\n", queries, files.size());
}

}  // namespace
}  // namespace witmed::record
