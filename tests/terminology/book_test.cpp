// Books of code systems: what goes in comes out again, the hierarchy is the one that was told, search finds what a person means.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

#include "base/error.h"
#include "fhir/json/document.h"
#include "terminology/book/code_system.h"
#include "terminology/book/code_system_builder.h"

namespace witmed::terminology {
namespace {

CodeSystem made(CodeSystemBuilder& builder) { return CodeSystem(Image::keep(builder.finish())); }

SystemHead head(std::string url = "urn:test") {
  SystemHead h;
  h.url = std::move(url);
  return h;
}

CodeSystem read(std::string_view json) {
  const auto document = fhir::Document::parse(json);
  auto builder = CodeSystemBuilder::from_resource(document.root());
  return made(builder);
}

std::vector<std::string> codes(const CodeSystem& system, std::string_view typed, std::vector<std::string_view> languages = {}, size_t limit = 20) {
  std::vector<std::string> out;
  for (const Match match : system.search(typed, languages, limit)) out.emplace_back(system.code(match.id));
  return out;
}

constexpr std::string_view kResource = R"({
  "resourceType": "CodeSystem", "url": "http://example.org/cs", "version": "2", "name": "Cs", "title": "A system", "status": "active",
  "language": "en", "content": "complete", "caseSensitive": true, "hierarchyMeaning": "is-a", "valueSet": "http://example.org/vs",
  "property": [{"code": "kind", "type": "code", "uri": "urn:kind"}, {"code": "inactive", "type": "boolean"},
               {"code": "other", "type": "Coding"}],
  "filter": [{"code": "kind", "operator": ["=", "in"], "value": "a code"}],
  "concept": [
    {"code": "A", "display": "Animals", "definition": "All of them",
     "property": [{"code": "notSelectable", "valueBoolean": true}],
     "designation": [{"language": "zh-CN", "value": "动物"}],
     "concept": [
       {"code": "dog", "display": "Dog", "property": [{"code": "kind", "valueCode": "pet"}, {"code": "kind", "valueCode": "guard"}]},
       {"code": "cow", "display": "Cow", "property": [{"code": "other", "valueCoding": {"system": "s", "code": "c", "display": "d"}}],
        "concept": [{"code": "calf", "display": "Calf"}]}]},
    {"code": "B", "display": "Plants", "property": [{"code": "inactive", "valueBoolean": true}]},
    {"code": "tree", "display": "Tree", "property": [{"code": "parent", "valueCode": "B"}]}]})";

TEST(BookResource, SaysAgainWhatTheResourceSaid) {
  const CodeSystem system = read(kResource);
  EXPECT_EQ(system.url(), "http://example.org/cs");
  EXPECT_EQ(system.version(), "2");
  EXPECT_EQ(system.value_set(), "http://example.org/vs");
  EXPECT_EQ(system.content(), Content::complete);
  EXPECT_EQ(system.hierarchy_meaning(), HierarchyMeaning::is_a);
  EXPECT_TRUE(system.case_sensitive());
  ASSERT_EQ(system.size(), 6u);
  EXPECT_EQ(system.find("Dog"), kNoConcept);
  const ConceptId animals = system.find("A"), dog = system.find("dog"), cow = system.find("cow"), calf = system.find("calf");
  EXPECT_EQ(system.display(animals), "Animals");
  EXPECT_EQ(system.definition(animals), "All of them");
  EXPECT_TRUE(system.abstract(animals));
  EXPECT_FALSE(system.abstract(dog));
  EXPECT_TRUE(system.inactive(system.find("B")));
  ASSERT_EQ(system.designations(animals).size(), 1u);
  EXPECT_EQ(system.designations(animals)[0].language, "zh-CN");
  EXPECT_EQ(system.designations(animals)[0].value, "动物");
  const std::string_view zh[] = {"zh"};
  EXPECT_EQ(system.display(animals, zh), "动物");
  EXPECT_EQ(system.display(dog, zh), "Dog");
  ASSERT_EQ(system.values(dog).size(), 2u);
  EXPECT_EQ(system.values(dog)[1].text, "guard");
  EXPECT_EQ(system.values(dog)[1].property, *system.property("kind"));
  EXPECT_EQ(system.properties()[*system.property("kind")].uri, "urn:kind");
  ASSERT_EQ(system.values(cow).size(), 1u);
  EXPECT_EQ(system.values(cow)[0].system, "s");
  EXPECT_EQ(system.values(cow)[0].text, "c");
  ASSERT_EQ(system.filters().size(), 1u);
  EXPECT_EQ(system.filters()[0].operators, "= in");
  EXPECT_EQ(system.parents(calf), std::vector{cow});
  EXPECT_EQ(system.children(animals), (std::vector{dog, cow}));
  EXPECT_EQ(system.children(system.find("B")), std::vector{system.find("tree")});
  EXPECT_TRUE(system.is_above(animals, calf));
  EXPECT_FALSE(system.is_above(calf, calf));
  EXPECT_FALSE(system.is_above(dog, calf));
  EXPECT_EQ(system.roots(), (std::vector{animals, system.find("B")}));
  EXPECT_NE(system.resource().find("\"url\":\"http://example.org/cs\""), std::string_view::npos);
  EXPECT_EQ(system.resource().find("Animals"), std::string_view::npos);
  EXPECT_TRUE(system.image().verify());
}

TEST(BookResource, FindsWithoutCaseWhereTheSystemHasNone) {
  const CodeSystem system = read(R"({"resourceType":"CodeSystem","url":"u","caseSensitive":false,"concept":[{"code":"Ab1"},{"code":"x"}]})");
  EXPECT_EQ(system.find("aB1"), 0u);
  EXPECT_EQ(system.find("X"), 1u);
  EXPECT_EQ(system.find("Ab"), kNoConcept);
}

TEST(BookResource, LeavesFaultsBehindAndGoesOn) {
  CodeSystemBuilder builder(head());
  const auto a = builder.add("a", "first"), again = builder.add("a", "second"), b = builder.add("b", "");
  EXPECT_EQ(a, again);
  EXPECT_EQ(builder.add("", "nameless"), CodeSystemBuilder::kNobody);
  builder.parent(a, "b");
  builder.parent(b, "a");
  builder.parent(b, "nowhere");
  const CodeSystem system = made(builder);
  EXPECT_EQ(builder.fault_count(), 4u);
  EXPECT_EQ(system.size(), 2u);
  EXPECT_EQ(system.display(system.find("a")), "first");
  EXPECT_NE(system.is_above(system.find("a"), system.find("b")), system.is_above(system.find("b"), system.find("a")));
}

TEST(BookResource, AnEmptySystemIsABookToo) {
  CodeSystemBuilder builder(head());
  const CodeSystem system = made(builder);
  EXPECT_EQ(system.size(), 0u);
  EXPECT_EQ(system.find("a"), kNoConcept);
  EXPECT_TRUE(system.search("a", {}, 10).empty());
  EXPECT_TRUE(system.roots().empty());
  EXPECT_LT(system.image().bytes().size(), 400u);
}

// Random concepts, with several parents, some told before they come.
struct Naive {
  std::vector<std::string> code, display;
  std::vector<std::set<uint32_t>> parents;
  bool above(uint32_t ancestor, uint32_t descendant) const {
    for (const uint32_t p : parents[descendant])
      if (p == ancestor || above(ancestor, p)) return true;
    return false;
  }
};

TEST(BookProperty, HierarchyIsTheNaiveClosure) {
  for (uint32_t seed = 0; seed < 60; ++seed) {
    std::mt19937 random(seed);
    const uint32_t n = 1 + random() % 60;
    Naive naive;
    naive.parents.resize(n);
    CodeSystemBuilder builder(head());
    std::vector<uint32_t> rank(n);  // parents have a smaller one: no circle
    for (uint32_t i = 0; i < n; ++i) rank[i] = random() % 1000;
    for (uint32_t i = 0; i < n; ++i) {
      const auto handle = builder.add("c" + std::to_string(i), "");
      for (uint32_t k = random() % 4; k > 0; --k) {
        const uint32_t p = random() % n;
        if (rank[p] >= rank[i]) continue;
        naive.parents[i].insert(p);
        builder.parent(handle, "c" + std::to_string(p));
      }
    }
    const CodeSystem system = made(builder);
    ASSERT_EQ(system.size(), n);
    EXPECT_EQ(builder.fault_count(), 0u);
    const auto id = [&](uint32_t i) { return system.find("c" + std::to_string(i)); };
    for (uint32_t a = 0; a < n; ++a) {
      std::set<ConceptId> below, parents;
      for (const auto run : system.below(id(a)))
        for (ConceptId c = run.first; c < run.last; ++c) EXPECT_TRUE(below.insert(c).second);
      for (const ConceptId p : system.parents(id(a))) {
        parents.insert(p);
        EXPECT_LT(p == system.parents(id(a)).front() ? p : 0, id(a));
        const auto children = system.children(p);
        EXPECT_NE(std::find(children.begin(), children.end(), id(a)), children.end());
      }
      EXPECT_EQ(parents.size(), naive.parents[a].size()) << seed;
      EXPECT_EQ(system.has_children(id(a)), !system.children(id(a)).empty());
      for (uint32_t d = 0; d < n; ++d) {
        EXPECT_EQ(system.is_above(id(a), id(d)), naive.above(a, d)) << seed << ": c" << a << " over c" << d;
        EXPECT_EQ(below.contains(id(d)), naive.above(a, d)) << seed << ": c" << a << " over c" << d;
      }
    }
  }
}

// A system with an index, of words that share parts.
CodeSystem many(uint32_t size, uint32_t seed) {
  static const char* const kParts[] = {"高血压", "心脏", "糖尿病", "2型", "急性", "慢性", "肺炎", "骨折", "重症", "Ⅱ期", "（其他）", "未特指", "肝", "肾衰竭", "DNA", "长期"};
  static const char* const kWords[] = {"acute", "chronic", "heart", "failure", "type 2", "diabetes", "Ménière", "fracture", "of", "bone"};
  std::mt19937 random(seed);
  SystemHead h = head();
  h.language = "zh-CN";
  CodeSystemBuilder builder(h);
  for (uint32_t i = 0; i < size; ++i) {
    std::string zh, en;
    for (uint32_t k = 1 + random() % 4; k > 0; --k) zh += kParts[random() % std::size(kParts)];
    for (uint32_t k = 1 + random() % 3; k > 0; --k) en += std::string(en.empty() ? "" : " ") + kWords[random() % std::size(kWords)];
    char code[16];
    std::snprintf(code, sizeof code, "%c%02u.%u", char('A' + random() % 26), unsigned(random() % 100), unsigned(i));
    const auto handle = builder.add(code, zh);
    builder.designation(handle, "en", en);
    builder.weight(handle, random() % 3);
  }
  return made(builder);
}

TEST(BookProperty, SearchFindsWhatMatchesAndNothingElse) {
  const char* const kTyped[] = {"高血压", "高",  "压心", "2型糖尿", "型糖", "急性 肺", "gxy",  "gaoxue", "zhongzheng", "chongz", "g", "heart", "hea fai",
                                "a12",    "A1",  "b",    "肝",     "Ⅱ",   "dna",     "changq", "2x", "menie", "不存在", "qqq", "，", "2型糖尿病急性"};
  for (const uint32_t size : {kSmallSystem - 1, 700u, 6000u}) {
    const CodeSystem system = many(size, size);
    for (const std::string_view typed : kTyped)
      for (const std::vector<std::string_view>& languages : {std::vector<std::string_view>{}, {"zh"}, {"en"}}) {
        std::set<ConceptId> found, matching;
        const Typed ready(typed);
        MatchKind last = MatchKind::exact;
        uint32_t seen = 0;
        system.search(ready, languages, [&](Match match) {
          EXPECT_TRUE(found.insert(match.id).second) << typed;
          if (seen++ < CodeSystem::kRanked / 2) {
            EXPECT_LE(last, match.kind) << typed;
          }
          last = match.kind;
          return true;
        });
        for (ConceptId id = 0; id < system.size(); ++id)
          if (system.match(ready, id, languages)) matching.insert(id);
        EXPECT_EQ(found, matching) << typed << " in " << size;
      }
  }
}

TEST(BookSearch, AsAPersonTypes) {
  CodeSystemBuilder builder(head());
  for (uint32_t i = 0; i < kSmallSystem; ++i) builder.add("X" + std::to_string(i), "占位条目" + std::to_string(i));
  builder.designation(builder.add("I10.x00", "高血压"), "en", "Essential hypertension");
  builder.add("I10.x05", "高血压病3级");
  builder.add("I15.000", "继发性高血压");
  builder.add("I11.900", "高血压性心脏病");
  builder.designation(builder.add("E11.900", "2型糖尿病"), "zh-CN", "非胰岛素依赖型糖尿病", "alias");
  builder.add("J44.000", "慢性阻塞性肺病伴有急性下呼吸道感染");
  builder.add("C22.900", "肝恶性肿瘤");
  const CodeSystem system = made(builder);
  const std::vector<std::string> four = {"I10.x00", "I10.x05", "I11.900", "I15.000"};
  EXPECT_EQ(codes(system, "高血压"), four);
  EXPECT_EQ(codes(system, "gxy"), four);
  EXPECT_EQ(codes(system, "GaoXueYa"), four);
  EXPECT_EQ(codes(system, "gao xue y"), four);
  EXPECT_EQ(codes(system, "gaoxy"), four);
  EXPECT_EQ(codes(system, "高"), four);
  EXPECT_EQ(codes(system, "i10"), (std::vector<std::string>{"I10.x00", "I10.x05"}));
  EXPECT_EQ(codes(system, "I10x05"), std::vector<std::string>{"I10.x05"});
  EXPECT_EQ(codes(system, "i10.x05"), std::vector<std::string>{"I10.x05"});
  EXPECT_EQ(codes(system, "hyper"), std::vector<std::string>{"I10.x00"});
  EXPECT_EQ(codes(system, "hyper", {"zh"}), std::vector<std::string>{});
  EXPECT_EQ(codes(system, "2xtnb"), std::vector<std::string>{"E11.900"});
  EXPECT_EQ(codes(system, "胰岛素"), std::vector<std::string>{"E11.900"});
  EXPECT_EQ(codes(system, "急性 慢性"), std::vector<std::string>{"J44.000"});
  EXPECT_EQ(codes(system, "geq"), std::vector<std::string>{});
  EXPECT_EQ(codes(system, "gexzl"), std::vector<std::string>{"C22.900"});
  EXPECT_EQ(codes(system, "gwxzl"), std::vector<std::string>{"C22.900"}) << "恶 is e and wu";
}

// A book that was damaged anywhere is refused or answers anything, but nothing reads outside (run under ASan).
TEST(BookDamage, IsRefusedOrHarmless) {
  const CodeSystem good = many(400, 5);
  const std::string bytes(good.image().bytes());
  std::mt19937 random(1);
  for (int round = 0; round < 400; ++round) {
    std::string damaged = bytes;
    for (int k = 0; k < 8; ++k) damaged[sizeof(Header) + 256 + random() % (damaged.size() - sizeof(Header) - 256)] = static_cast<char>(random());
    const CodeSystem system(Image::keep(std::move(damaged)));
    EXPECT_FALSE(system.image().verify());
    for (const std::string_view typed : {"高血压", "gxy", "a1", "heart"}) system.search(typed, {}, 50);
    for (ConceptId id = 0; id < system.size(); id += 37) {
      system.find(system.code(id));
      for (const auto each : system.designations(id)) (void)each.value.size();
      for (const auto each : system.values(id)) (void)each.text.size();
      system.parents(id);
      system.children(id);
      system.below(id);
    }
  }
  for (const size_t size : {size_t{0}, size_t{10}, sizeof(Header), bytes.size() / 2, bytes.size() - 1})
    EXPECT_THROW(Image::keep(bytes.substr(0, size)), Failure);
  std::string other = bytes;
  other[4] ^= 1;  // format version
  EXPECT_THROW(Image::keep(other), Failure);
  other = bytes;
  other[sizeof(Header) + 1] ^= 1;  // table of sections
  EXPECT_THROW(Image::keep(other), Failure);
}

}  // namespace
}  // namespace witmed::terminology
