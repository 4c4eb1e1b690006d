#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "fhir/search/query.h"

namespace witmed::fhir {
namespace {

Extraction extracted(const Document& document, const ExtractSettings& settings = {}) {
  Extraction out;
  SearchIndex::r4().extract(document.root(), document.resource_type(), settings, out);
  return out;
}

std::vector<IndexEntry> of(const Extraction& extraction, std::string_view expression, SearchType type) {
  std::vector<IndexEntry> found;
  for (const IndexEntry& e : extraction.entries) {
    const Part& part = SearchIndex::r4().part(e.part);
    if (part.expression == expression && part.type == type) found.push_back(e);
  }
  return found;
}

TEST(SearchIndexTest, PatientSharesThePartOfSubject) {
  const Definitions& r4 = Definitions::r4();
  TypeId type = r4.type_id("Observation");
  const SearchIndex& index = SearchIndex::r4();
  EXPECT_EQ(index.parts(*r4.search_param(type, "patient")), index.parts(*r4.search_param(type, "subject")));
  EXPECT_EQ(index.target(*r4.search_param(type, "patient")), r4.type_id("Patient"));
  EXPECT_EQ(index.target(*r4.search_param(type, "subject")), 0);
  auto combo = index.parts(*r4.search_param(type, "combo-code")),
       code = index.parts(*r4.search_param(type, "code"));
  ASSERT_EQ(combo.size(), 2u);
  EXPECT_EQ(combo.front(), code.front());
}

TEST(SearchIndexTest, EveryParameterOfEveryTypeHasParts) {
  const Definitions& r4 = Definitions::r4();
  std::set<uint64_t> identities;
  size_t parts = 0;
  for (TypeId type : r4.resource_types()) {
    for (PartId id : SearchIndex::r4().parts(type)) {
      EXPECT_EQ(SearchIndex::r4().part(id).id, id);
      identities.insert(SearchIndex::r4().part(id).identity);
      ++parts;
    }
    for (const SearchParam& param : r4.search_params(type)) {
      bool known_to_store = param.code == "_id" || param.code == "_lastUpdated";
      if (param.expression.empty() || known_to_store) continue;
      EXPECT_FALSE(SearchIndex::r4().parts(param).empty()) << r4.type(type).name << "." << param.code;
      if (param.type == SearchType::composite) {
        EXPECT_FALSE(SearchIndex::r4().composite(param).empty()) << param.code;
      }
    }
  }
  EXPECT_EQ(identities.size(), parts) << "two parts have one identity";
}

TEST(ExtractTest, EqualValuesStandOnce) {
  Document document =
      Document::parse(R"({"resourceType":"Patient","name":[{"family":"Li","text":"Li"},{"family":"Li"}]})");
  EXPECT_EQ(of(extracted(document), "Patient.name.family", SearchType::string).size(), 1u);
  EXPECT_EQ(of(extracted(document), "Patient.name", SearchType::string).size(), 1u);
}

TEST(ExtractTest, SameTextSameEntries) {
  Document document = Document::parse(
      R"({"resourceType":"Patient","name":[{"given":["b","a"]}],"telecom":[{"system":"phone","value":"1"}],"address":[{"city":"x"}]})");
  Extraction first = extracted(document), second = extracted(document);
  ASSERT_EQ(first.entries.size(), second.entries.size());
  for (size_t i = 0; i < first.entries.size(); ++i) {
    EXPECT_EQ(first.entries[i].part, second.entries[i].part);
    EXPECT_EQ(first.entries[i].a, second.entries[i].a);
    EXPECT_EQ(first.entries[i].b, second.entries[i].b);
  }
}

TEST(ExtractTest, OnlyTheWantedParts) {
  const Definitions& r4 = Definitions::r4();
  Document document = Document::parse(
      R"({"resourceType":"Patient","gender":"male","birthDate":"1990","name":[{"text":"x"}]})");
  auto wanted = SearchIndex::r4().parts(*r4.search_param(r4.type_id("Patient"), "gender"));
  Extraction out;
  SearchIndex::r4().extract(document.root(), document.resource_type(), {}, out, wanted);
  ASSERT_EQ(out.entries.size(), 1u);
  EXPECT_EQ(out.entries[0].b, "male");
}

TEST(ExtractTest, ComponentsKeepTheirOrdinal) {
  Document document =
      Document::parse(R"({"resourceType":"Observation","code":{"coding":[{"code":"bp"}]},"component":[
    {"code":{"coding":[{"code":"s"}]},"valueQuantity":{"value":120}},{"code":{"coding":[{"code":"d"}]},"valueQuantity":{"value":80}}]})");
  auto codes = of(extracted(document), "Observation.component.code", SearchType::token);
  auto values = of(extracted(document), "Observation.component.value.as(Quantity)", SearchType::quantity);
  ASSERT_EQ(codes.size(), 2u);
  ASSERT_EQ(values.size(), 2u);
  EXPECT_EQ(codes[1].ordinal, 1);
  EXPECT_EQ(values[1].ordinal, 1);
  EXPECT_EQ(values[1].number, 80);
}

TEST(ExtractTest, ReferencesUnderOurBaseAreOurs) {
  Document document =
      Document::parse(R"({"resourceType":"Observation","subject":{"reference":"http://we/fhir/Patient/1"}})");
  ExtractSettings settings;
  auto outside = of(extracted(document, settings), "Observation.subject", SearchType::reference);
  ASSERT_EQ(outside.size(), 1u);
  EXPECT_EQ(outside[0].c, "http://we/fhir/Patient/1");
  settings.base_url = "http://we/fhir";
  auto ours = of(extracted(document, settings), "Observation.subject", SearchType::reference);
  ASSERT_EQ(ours.size(), 1u);
  EXPECT_EQ(ours[0].a, "Patient");
  EXPECT_EQ(ours[0].b, "1");
  EXPECT_TRUE(ours[0].c.empty());
}

// Escaped text in the document is indexed as what it means.
TEST(ExtractTest, EscapesAreResolved) {
  Document document = Document::parse(R"({"resourceType":"Patient","name":[{"family":"\u5f20\"x"}]})");
  const Extraction extraction = extracted(document);  // holds the text that had to be made
  auto names = of(extraction, "Patient.name.family", SearchType::string);
  ASSERT_EQ(names.size(), 1u);
  EXPECT_EQ(names[0].a, "张\"x");
}

// What is normalised stays as it is when normalised again.
TEST(NormalizeText, Idempotent) {
  for (const char* text : {"Müller", "  a  B\tc ", "ＡＢＣ", "阿卜杜拉•买买提", "ﬁne", "İstanbul", "ß",
                           "张 三", "é", "カタカナ・ﾊﾝｶｸ"}) {
    std::string once = normalize_text(text);
    EXPECT_EQ(normalize_text(once), once) << text;
  }
  EXPECT_EQ(normalize_text("ÉCOLE"), "ecole");
  EXPECT_EQ(normalize_text("买•买"), normalize_text("买·买"));
  EXPECT_EQ(normalize_text("\xff\xfe"), "\xff\xfe");
}

}  // namespace
}  // namespace witmed::fhir
