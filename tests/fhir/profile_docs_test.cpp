// The tables and examples of docs/profiles.md are made from fhir/ and from the sound resources of the planted faults, so that
// they cannot drift. `WITMED_WRITE_DOCS=1 ./dev test ProfileDocs` writes them anew.
#include <gtest/gtest.h>

#include <cstdlib>

#include "fhir/planted_faults/planted_faults.h"
#include "fhir/profile_files.h"

namespace witmed::fhir {
namespace {

constexpr std::string_view kBegin = "<!-- generated: begin -->\n", kEnd = "<!-- generated: end -->\n";

// In the order in which an engineer meets them.
constexpr const char* kProfiles[] = {"resident", "institution", "department", "practitioner", "practitioner-role", "visit", "diagnosis",
                                     "laboratory", "vital-sign", "prescription", "immunisation", "referral"};

std::string cell(std::string_view text) {
  std::string out;
  for (char c : text) out += c == '\n' ? std::string(" ") : c == '|' ? std::string("\\|") : std::string(1, c);
  for (size_t at = out.find("  "); at != out.npos; at = out.find("  ")) out.erase(at, 1);
  return out;
}

std::string code(std::string_view text) { return text.empty() ? "" : "`" + std::string(text) + "`"; }

std::string short_url(std::string_view url) {
  constexpr std::string_view kBase = "http://hl7.org/fhir/StructureDefinition/";
  return std::string(url.starts_with(kBase) ? url.substr(kBase.size()) : url);
}

std::string joined(const std::vector<std::string>& parts, std::string_view gap) {
  std::string out;
  for (const std::string& part : parts) out += (out.empty() || part.empty() ? "" : std::string(gap)) + part;
  return out;
}

// "0..1", "1.." (what the differential leaves to R4 is not said).
std::string cardinality(const Value& element) {
  const std::string min(element.text("min")), max(element.text("max"));
  return min.empty() && max.empty() ? "" : min + ".." + max;
}

std::string types_of(const Value& element) {
  std::vector<std::string> out;
  for (const Value& type : element.at("type").items()) {
    std::vector<std::string> of;
    for (const char* name : {"profile", "targetProfile"})
      for (const Value& url : type.at(name).items()) of.push_back(short_url(url.text()));
    out.push_back(std::string(type.text("code")) + (of.empty() ? "" : "(" + joined(of, ", ") + ")"));
  }
  return joined(out, ", ");
}

// What is fixed, bound, bounded.
std::string says(const Value& element) {
  std::vector<std::string> out;
  if (const std::string types = types_of(element); !types.empty()) out.push_back(types);
  for (const auto& [name, value] : element.members()) {
    if (name.starts_with("fixed")) out.push_back("= " + code(value.kind() == Kind::string ? value.text() : value.json()));
    if (name.starts_with("pattern")) out.push_back("⊇ " + code(value.json()));
    if (name.starts_with("minValue")) out.push_back("≥ " + std::string(value.kind() == Kind::object ? value.text("value") : value.text()));
    if (name.starts_with("maxValue")) out.push_back("≤ " + std::string(value.kind() == Kind::object ? value.text("value") : value.text()));
    if (name == "maxLength") out.push_back("≤ " + std::string(value.text()) + " 字符 characters");
    if (name == "binding") out.push_back(std::string(value.text("strength")) + " " + code(value.text("valueSet")));
    if (name == "slicing") {
      std::vector<std::string> by;
      for (const Value& each : value.at("discriminator").items()) by.push_back(std::string(each.text("type")) + ":" + std::string(each.text("path")));
      out.push_back("切片 slices " + joined(by, ", ") + " (" + std::string(value.text("rules")) + (value.at("ordered").is_true() ? ", ordered" : "") + ")");
    }
    if (name == "requirements") out.emplace_back(value.text());
  }
  return joined(out, "; ");
}

// The system, code and value of a slice of identifiers or codings stand in the row of the slice.
constexpr std::string_view kFolded[] = {".system", ".code", ".value"};
bool is_folded(std::string_view id) {
  const size_t dot = id.rfind('.');
  if (dot == id.npos || std::find(std::begin(kFolded), std::end(kFolded), id.substr(dot)) == std::end(kFolded)) return false;
  const std::string_view owner = id.substr(0, dot);
  return owner.substr(owner.rfind('.') + 1).find(':') != owner.npos;
}

std::string with_folded(const Value& slice, const std::vector<Value>& elements) {
  std::vector<std::string> out{says(slice)};
  for (std::string_view suffix : kFolded)
    for (const Value& each : elements)
      if (const std::string said = says(each); is_folded(each.text("id")) && each.text("id") == std::string(slice.text("id")) + std::string(suffix) && !said.empty())
        out.push_back(std::string(suffix.substr(1)) + " " + said);
  return joined(out, "; ");
}

std::string element_table(const Value& profile) {
  std::string out = "| 元素 element | 个数 | 约束 constraint | 含义 meaning |\n| --- | --- | --- | --- |\n";
  const auto& elements = profile.at("differential").at("element").items();
  for (const Value& element : elements) {
    const std::string said = with_folded(element, elements), count = cardinality(element), meaning(element.text("short"));
    if (is_folded(element.text("id")) || (said.empty() && count.empty() && meaning.empty())) continue;
    out += "| " + code(element.text("id")) + (element.at("mustSupport").is_true() ? " **S**" : "") + " | " + count + " | " + cell(said) + " | " + cell(meaning) + " |\n";
  }
  return out;
}

std::string rule_table(const Value& profile) {
  std::string rows;
  for (const Value& element : profile.at("differential").at("element").items())
    for (const Value& rule : element.at("constraint").items())
      rows += "| " + code(rule.text("key")) + " | " + std::string(rule.text("severity") == "error" ? "错误 error" : "警告 warning") + " | " + code(element.text("id")) + " | " +
              cell(rule.text("human")) + " |\n";
  return rows.empty() ? "" : "\n| 规则 rule | 级别 | 所在 on | 内容 |\n| --- | --- | --- | --- |\n" + rows;
}

std::string example_of(const std::string& url) {
  for (const planted::Sound& sound : planted::read_catalogue(WITMED_SOURCE_DIR "/tests/fhir/planted_faults").resources) {
    if (sound.profiles.empty() || sound.profiles.front() != url || sound.name == "condition") continue;
    return "\n完整的例子（虚构） A complete example, made up:\n\n```json\n" + sound.text + "\n```\n";
  }
  ADD_FAILURE() << "no sound resource of " << url << " among the planted faults";
  return {};
}

std::string profile_section(const Value& profile) {
  std::string description(profile.text("description"));
  return "### " + std::string(profile.text("title")) + "\n\n" + code(profile.text("url")) + "，基于 on " + code(short_url(profile.text("baseDefinition"))) + "\n\n" + description + "\n\n" +
         element_table(profile) + rule_table(profile) + example_of(std::string(profile.text("url"))) + "\n";
}

std::string extension_table() {
  std::string out = "## 扩展 Extensions\n\n| url | 用在 on | 值 value | 含义 meaning |\n| --- | --- | --- | --- |\n";
  for (const ProfileFile& file : profile_files("profiles/extensions")) {
    std::vector<std::string> on;
    for (const Value& each : file.resource.at("context").items()) on.push_back(code(each.text("expression")));
    std::string value;
    for (const Value& element : file.resource.at("differential").at("element").items())
      if (element.text("id") == "Extension.value[x]") value = says(element);
    out += "| " + code(file.resource.text("url")) + " | " + joined(on, ", ") + " | " + cell(value) + " | " + cell(file.resource.text("title")) + " |\n";
  }
  return out + "\n";
}

std::string naming_table() {
  std::string out = "## 标识符系统 Identifier systems\n\n| system | 名称与依据 name and standard | 类型 type |\n| --- | --- | --- |\n";
  for (const ProfileFile& file : profile_files("terminology/naming-systems")) {
    std::string uri, alias, type;
    for (const Value& id : file.resource.at("uniqueId").items()) {
      if (id.at("preferred").is_true())
        uri = id.text("value");
      else if (uri.empty() || uri.find(id.text("value")) == uri.npos)
        alias = id.text("value");
    }
    if (uri.find(alias) != uri.npos) alias.clear();
    for (const Value& each : file.resource.at("type").at("coding").items()) type = each.text("code");
    out += "| " + code(uri) + (alias.empty() ? "" : "<br>OID " + code(alias)) + " | " + cell(file.resource.text("description")) + " | " + type + " |\n";
  }
  return out + "\n";
}

std::string system_tables() {
  std::string out = "## 代码系统 Code systems\n\n每个代码系统有一个取其全部代码的值集（表中第二列）。Each has a value set of all its codes.\n\n| 代码系统 system | 值集 value set | 代码数 codes | 名称与依据 name and standard |\n| --- | --- | --- | --- |\n";
  for (const ProfileFile& file : profile_files("terminology/code-systems"))
    out += "| " + code(file.resource.text("url")) + " | " + code(file.resource.text("valueSet")) + " | " + std::string(file.resource.text("count")) + " | " + cell(file.resource.text("title")) + "。" +
           cell(file.resource.text("description")) + " |\n";
  out += "\n## 映射 Maps\n\n| url | 从 from | 到 to | 说明 |\n| --- | --- | --- | --- |\n";
  for (const ProfileFile& file : profile_files("terminology/concept-maps"))
    out += "| " + code(file.resource.text("url")) + " | " + code(file.resource.text("sourceUri")) + " | " + code(file.resource.text("targetUri")) + " | " + cell(file.resource.text("description")) + " |\n";
  return out + "\n";
}

std::string generated() {
  std::string out = naming_table() + system_tables() + extension_table() + "## 配置 Profiles\n\n";
  const auto files = profile_files("profiles");
  for (const char* name : kProfiles) {
    const auto file = std::find_if(files.begin(), files.end(), [&](const ProfileFile& each) { return each.path == std::string("profiles/") + name + ".json"; });
    if (file == files.end())
      ADD_FAILURE() << name;
    else
      out += profile_section(file->resource);
  }
  return out;
}

TEST(ProfileDocs, TablesAreThoseOfTheFiles) {
  const std::string path = WITMED_SOURCE_DIR "/docs/profiles.md";
  std::string page = file_text(path);
  const size_t begin = page.find(kBegin), end = page.find(kEnd);
  ASSERT_NE(begin, page.npos);
  ASSERT_NE(end, page.npos);
  const std::string wanted = generated(), found = page.substr(begin + kBegin.size(), end - begin - kBegin.size());
  if (std::getenv("WITMED_WRITE_DOCS")) {
    std::ofstream(path, std::ios::binary) << page.replace(begin + kBegin.size(), found.size(), wanted);
  } else {
    EXPECT_TRUE(wanted == found) << "docs/profiles.md is not what fhir/ says: WITMED_WRITE_DOCS=1 ./dev test ProfileDocs";
  }
}

TEST(ProfileDocs, EveryProfileHasItsSection) {
  size_t profiles = 0;
  for (const ProfileFile& file : profile_files("profiles")) profiles += file.resource.text("type") != "Extension";
  EXPECT_EQ(profiles, std::size(kProfiles));
}

}  // namespace
}  // namespace witmed::fhir
