// Validation as readable text: tests/fhir/validate_cases/*.txt. A case is
//
//   == what it shows
//   profile URL TYPE BASE            (any number; BASE "-" is the type itself)
//     ID | members                   (an ElementDefinition: path and sliceName follow from the id)
//     !members                       (of the StructureDefinition itself)
//   set NAME                         (an option: warnings, references, soft)
//   here Type/id | members           (a resource that references can find)
//   questionnaire URL [VERSION]      (any number; responses find it)
//     LINK TYPE | members            (an item, further in than the one that holds it; lines that begin with { or " go on)
//   response STATUS | items          (JSON of a QuestionnaireResponse's items; it names the last questionnaire)
//   resource | JSON                  (may go on over the lines that follow, until the next word)
//   expect SEVERITY RULE PLACE       (all of them, in order; none: valid)
#include <gtest/gtest.h>

#include <deque>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include "fhir/validate/profile/registry.h"
#include "fhir/validate/validator.h"

namespace witmed::fhir {
namespace {

namespace fs = std::filesystem;

struct Case {
  std::string file, name, resource;
  std::vector<std::string> profiles, expected, options;
  std::map<std::string, std::string> here;
};

std::string trimmed(const std::string& s) {
  const size_t begin = s.find_first_not_of(" \t"), end = s.find_last_not_of(" \t\r");
  return begin == s.npos ? "" : s.substr(begin, end - begin + 1);
}

// "Observation.component:systolic.code" → path and, for its last part, slice.
std::string element_json(const std::string& id, const std::string& members) {
  std::string path, slice;
  bool in_slice = false;
  for (char c : id) {
    if (c == ':') {
      in_slice = true;
      slice.clear();
    } else if (c == '.') {
      in_slice = false;
      slice.clear();
      path += c;
    } else {
      (in_slice ? slice : path) += c;
    }
  }
  std::string json = R"({"id":")" + id + R"(","path":")" + path + "\"";
  if (!slice.empty()) json += R"(,"sliceName":")" + slice + "\"";
  return json + (members.empty() ? "" : "," + members) + "}";
}

struct Definition {
  std::string url, type, base, own, elements;
  std::string json() const {
    return R"({"resourceType":"StructureDefinition","url":")" + url + R"(","name":"N","status":"active","abstract":false,"kind":"resource","derivation":"constraint","type":")" +
           type + R"(","baseDefinition":")" + (base == "-" ? "http://hl7.org/fhir/StructureDefinition/" + type : base) + "\"" + own +
           R"(,"differential":{"element":[)" + elements + "]}}";
  }
};

// Items of a Questionnaire: how far in each stands, and its JSON without what stands in it.
struct Form {
  std::string url, version;
  std::vector<std::pair<size_t, std::string>> items;
  // LINK TYPE | members
  void add(size_t depth, const std::string& text) {
    std::istringstream words(text);
    std::string link, type;
    words >> link >> type;
    const size_t bar = text.find('|');
    items.emplace_back(depth, R"("linkId":")" + link + R"(","type":")" + type + "\"" + (bar == text.npos ? "" : "," + trimmed(text.substr(bar + 1))));
  }
  std::string json() const {
    return R"({"resourceType":"Questionnaire","status":"active","url":")" + url + "\"" + (version.empty() ? "" : R"(,"version":")" + version + "\"") +
           R"(,"item":[)" + list(0) + "]}";
  }
  std::string list(size_t at) const {
    std::string out;
    for (size_t i = at; i < items.size() && items[i].first >= items[at].first; ++i) {
      if (items[i].first > items[at].first) continue;
      const bool holds = i + 1 < items.size() && items[i + 1].first > items[i].first;
      out += (out.empty() ? "{" : ",{") + items[i].second + (holds ? R"(,"item":[)" + list(i + 1) + "]}" : "}");
    }
    return out;
  }
};

std::vector<Case> read_cases(const fs::path& file) {
  std::vector<Case> cases;
  std::ifstream in(file);
  std::string line;
  std::optional<Definition> definition;
  std::optional<Form> form;
  std::string asked;  // url of the last questionnaire
  bool in_resource = false, in_response = false;
  const auto close = [&] {
    if (definition) cases.back().profiles.push_back(definition->json());
    if (form) cases.back().here["Questionnaire/" + std::to_string(cases.back().here.size())] = form->json();
    if (in_response) cases.back().resource += "]}";
    definition.reset();
    form.reset();
    in_response = false;
  };
  while (std::getline(in, line)) {
    const std::string text = trimmed(line);
    if (text.empty() || text[0] == '#') continue;
    std::istringstream words(text);
    std::string word;
    words >> word;
    const size_t bar = text.find('|');
    if (word == "==") {
      close();
      in_resource = false;
      Case& made = cases.emplace_back();
      made.file = file.filename();
      made.name = trimmed(text.substr(2));
    } else if (word == "profile") {
      close();
      definition.emplace();
      words >> definition->url >> definition->type >> definition->base;
    } else if (word == "set") {
      words >> word;
      cases.back().options.push_back(word);
    } else if (word == "here") {
      words >> word;
      const std::string type = word.substr(0, word.find('/')), id = word.substr(word.find('/') + 1);
      cases.back().here[word] = R"({"resourceType":")" + type + R"(","id":")" + id + "\"" + (bar == text.npos ? "" : "," + trimmed(text.substr(bar + 1))) + "}";
    } else if (word == "resource") {
      close();
      in_resource = true;
      cases.back().resource = trimmed(text.substr(bar + 1));
    } else if (word == "questionnaire") {
      close();
      form.emplace();
      words >> form->url >> form->version;
      asked = form->url;
    } else if (word == "response") {
      close();
      words >> word;
      in_resource = in_response = true;
      cases.back().resource = R"({"resourceType":"QuestionnaireResponse","questionnaire":")" + asked + R"(","status":")" + word + R"(","item":[)" + trimmed(text.substr(bar + 1));
    } else if (word == "expect") {
      close();
      in_resource = false;
      cases.back().expected.push_back(trimmed(text.substr(6)));
    } else if (in_resource) {
      cases.back().resource += "\n" + text;
    } else if (form && (text[0] == '{' || text[0] == '"')) {
      form->items.back().second += text;
    } else if (form) {
      form->add(line.find_first_not_of(' '), text);
    } else if (definition && text[0] == '!') {
      definition->own += "," + trimmed(text.substr(1));
    } else if (definition) {
      definition->elements += (definition->elements.empty() ? "" : ",") +
                              element_json(trimmed(text.substr(0, bar)), bar == text.npos ? "" : trimmed(text.substr(bar + 1)));
    } else {
      ADD_FAILURE() << file << ": " << line;
    }
  }
  close();
  return cases;
}

class Shelf : public Resolver {
 public:
  explicit Shelf(const std::map<std::string, std::string>& texts) {
    for (const auto& [name, text] : texts) documents_.emplace(name, Document::parse(text));
  }
  Node find(std::string_view reference) override {
    const auto found = documents_.find(std::string(reference));
    return found == documents_.end() ? Node() : found->second.root();
  }
  Node definition(TypeId type, std::string_view canonical) override {
    for (const auto& [name, document] : documents_) {
      if (document.resource_type() != type) continue;
      const Node root = document.root(), version = root["version"];
      const std::string url = root["url"].string();
      if (canonical == url || (version && canonical == url + "|" + version.string())) return root;
    }
    return {};
  }

 private:
  std::map<std::string, Document> documents_;
};

// Knows one value set, {"a", "b"} of system urn:s, and that system, which has c too; "a" is called "Alpha".
class Little : public Terminology {
 public:
  Verdict judge(const Code& code, std::string_view value_set) const override {
    Verdict verdict;
    const bool ours = code.system == "urn:s" || code.system.empty();
    if (ours) verdict.exists = code.code == "a" || code.code == "b" || code.code == "c" ? Known::yes : Known::no;
    if (value_set.empty()) verdict.member = verdict.exists;
    if (value_set == "urn:vs") verdict.member = ours && (code.code == "a" || code.code == "b") ? Known::yes : Known::no;
    verdict.display = code.display.empty() || code.display == "Alpha" ? Known::yes : Known::no;
    verdict.right = "Alpha";
    return verdict;
  }
  Known subsumes(std::string_view, std::string_view ancestor, std::string_view descendant) const override {
    return ancestor == descendant ? Known::yes : Known::no;
  }
};

std::string_view word_of(Severity severity) {
  return severity == Severity::warning ? "warning" : severity == Severity::information ? "information" : "error";
}

TEST(ValidateCases, FindWhatTheySay) {
  size_t count = 0;
  for (const auto& entry : fs::directory_iterator(fs::path(WITMED_SOURCE_DIR) / "tests/fhir/validate_cases")) {
    for (const Case& each : read_cases(entry.path())) {
      SCOPED_TRACE(each.file + ": " + each.name);
      ++count;
      ProfileRegistry registry;
      for (size_t i = 0; i < each.profiles.size(); ++i) registry.put(std::to_string(i), each.profiles[i]);
      Shelf shelf(each.here);
      const Little little;
      ValidateOptions options;
      const auto is_set = [&](const char* name) { return std::find(each.options.begin(), each.options.end(), name) != each.options.end(); };
      options.references = is_set("references");
      options.publishing = !is_set("soft");
      options.warnings = is_set("warnings");
      std::vector<std::string> found;
      try {
        for (const Issue& issue : validate(Document::parse(each.resource), {&little, &registry, &shelf}, options)) {
          if (issue.severity >= Severity::error || options.warnings)
            found.push_back(std::string(word_of(issue.severity)) + " " + (issue.rule ? issue.rule : "") + " " + issue.expression);
          EXPECT_GT(issue.line, 0u);
          EXPECT_FALSE(issue.zh.empty());
        }
      } catch (const Rejection& broken) {
        ADD_FAILURE() << broken.what();
      }
      EXPECT_EQ(found, each.expected);
    }
  }
  EXPECT_GT(count, 40u);
}

// Every question asks for the one before it, and all are found by their linkId: as long as a form gets, judged in one pass.
TEST(ValidateCases, JudgeALongQuestionnaire) {
  constexpr int kItems = 20'000;
  std::string asked, answered;
  for (int i = 0; i < kItems; ++i) {
    const std::string link = "q" + std::to_string(i), comma = i ? "," : "";
    const std::string when = i ? R"(,"enableWhen":[{"question":"q)" + std::to_string(i - 1) + R"(","operator":"=","answerInteger":7}])" : "";
    asked += comma + R"({"linkId":")" + link + R"(","type":"integer","required":true)" + when + "}";
    answered += comma + R"({"linkId":")" + link + R"(","answer":[{"valueInteger":)" + (i == kItems - 2 ? "8" : "7") + "}]}";
  }
  const std::string text = R"({"resourceType":"QuestionnaireResponse","contained":[{"resourceType":"Questionnaire","id":"q","name":"Long","status":"active","item":[)" + asked +
                           R"(]}],"questionnaire":"#q","status":"completed","item":[)" + answered + "]}";
  const auto issues = validate(Document::parse(text), {});
  ASSERT_EQ(issues.size(), 1u);
  EXPECT_EQ(issues[0].expression, "QuestionnaireResponse.item[19999]");
  EXPECT_STREQ(issues[0].rule, "item-disabled");
}

}  // namespace
}  // namespace witmed::fhir
