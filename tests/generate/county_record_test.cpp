// Reads the county back, and checks what each resource must show by itself.
#include "generate/county_record.h"

#include <gtest/gtest.h>
#include <simdjson.h>

#include "generate/systems.h"

namespace witmed::generate {
namespace {

using simdjson::dom::element;
using simdjson::dom::object;

std::string text_at(element node, std::string_view pointer) {
  std::string_view found;
  return node.at_pointer(pointer).get(found) == simdjson::SUCCESS ? std::string(found) : std::string();
}

std::string id_of(const std::string& reference) { return reference.substr(reference.find('/') + 1); }

struct Walk {
  CountyRecord& record;
  const std::string& self;

  void node(element at) {
    if (at.is_object()) {
      members(at.get_object());
    } else if (at.is_array()) {
      if (at.get_array().size() == 0) fault("empty array");
      for (element item : at.get_array()) node(item);
    } else if (at.is_string()) {
      if (std::string_view(at).empty()) fault("empty string");
    } else if (at.is_null()) {
      fault("null");
    }
  }

  void members(object at) {
    if (at.size() == 0) fault("empty object");
    bool code = false, system = false, value = false;
    for (auto field : at) {
      if (field.key == "reference")
        record.references.emplace_back(self, std::string(std::string_view(field.value)));
      if (field.key == "coding") {
        for (element coding : field.value.get_array()) {
          if (text_at(coding, "/system").empty() || text_at(coding, "/code").empty())
            fault("coding without system or code");
        }
      }
      code |= field.key == "code" && field.value.is_string();
      system |= field.key == "system";
      value |= field.key == "value";
      node(field.value);
    }
    if (value && code && !system) fault("quantity with a code but no system");
  }

  void fault(std::string_view what) { record.faults.push_back(self + ": " + std::string(what)); }
};

void read_resident(CountyRecord& record, element root, const std::string& id) {
  Resident person;
  person.id = id;
  for (element identifier : root["identifier"].get_array()) {
    if (text_at(identifier, "/system") == systems::kResidentNumber)
      person.number = text_at(identifier, "/value");
  }
  person.family = text_at(root, "/name/0/family");
  person.address = text_at(root, "/address/0/text");
  person.keeper = id_of(text_at(root, "/managingOrganization/reference"));
  int64_t twin = 0;
  if (root.at_pointer("/multipleBirthInteger").get(twin) == simdjson::SUCCESS)
    person.twin = static_cast<int>(twin);
  person.gender = text_at(root, "/gender");
  person.birth = text_at(root, "/birthDate");
  person.death = text_at(root, "/deceasedDateTime");
  person.name = text_at(root, "/name/0/text");
  person.phone = text_at(root, "/telecom/0/value");
  person.active = root["active"].get_bool();
  person.true_birth = person.birth;
  person.true_gender = person.gender;
  record.residents.emplace(id, person);
}

Item read_item(element root, std::string_view type) {
  Item item;
  item.type = type;
  item.id = text_at(root, "/id");
  for (auto pointer :
       {"/subject/reference", "/patient/reference", "/beneficiary/reference", "/subject/0/reference"}) {
    if (item.patient.empty()) item.patient = id_of(text_at(root, pointer));
  }
  item.encounter = id_of(text_at(root, "/encounter/reference"));
  for (auto pointer :
       {"/effectiveDateTime", "/period/start", "/authoredOn", "/performedDateTime", "/occurrenceDateTime",
        "/onsetDateTime", "/recordedDate", "/started", "/billablePeriod/start", "/applies/start"}) {
    if (item.start.empty()) item.start = text_at(root, pointer);
  }
  item.end = text_at(root, type == "Condition"                                 ? "/abatementDateTime"
                           : type == "Claim" || type == "ExplanationOfBenefit" ? "/billablePeriod/end"
                                                                               : "/period/end");
  for (auto base : {"/code", "/medicationCodeableConcept", "/vaccineCode", "/type/0", "/relationship/0"}) {
    if (item.code.empty()) item.code = text_at(root, std::string(base) + "/coding/0/code");
    if (item.text.empty()) item.text = text_at(root, std::string(base) + "/text");
  }
  item.status = text_at(root, "/status");
  item.guardian = text_at(root, "/relationship/1/coding/0/code") == "GUARD";
  item.class_code = text_at(root, "/class/code");
  if (type == "RelatedPerson") {
    item.birth = text_at(root, "/birthDate");
    item.number = text_at(root, "/identifier/0/value");
  }
  item.category = text_at(root, "/category/0/coding/0/code");
  item.place =
      id_of(text_at(root, type == "Encounter" ? "/serviceProvider/reference" : "/provider/reference"));
  if (type == "Claim") item.encounter = id_of(text_at(root, "/item/0/encounter/0/reference"));
  if (type == "ExplanationOfBenefit") item.code = id_of(text_at(root, "/claim/reference"));
  if (type == "Claim") item.money = root.at_pointer("/total/value").get_double();
  if (type == "ExplanationOfBenefit") {
    item.money = root.at_pointer("/total/2/amount/value").get_double();
    item.copay = root.at_pointer("/total/3/amount/value").get_double();
  }
  item.performer = text_at(root, "/performer/0/reference");
  item.has_value = root.at_pointer("/valueQuantity/value").get(item.value) == simdjson::SUCCESS;
  double ignored = 0;
  if (root.at_pointer("/component/0/valueQuantity/value").get(ignored) == simdjson::SUCCESS) {
    item.systolic = ignored;
    item.diastolic = root.at_pointer("/component/1/valueQuantity/value").get_double();
  }
  return item;
}

}  // namespace

void CountyRecord::resource(std::string_view type, std::string_view json) {
  static thread_local simdjson::dom::parser parser;
  bytes += json.size();
  for (unsigned char c : json) hash = (hash ^ c) * 1099511628211ull;
  element root;
  if (auto error = parser.parse(json.data(), json.size()).get(root)) {
    faults.push_back(std::string(simdjson::error_message(error)) + ": " + std::string(json.substr(0, 200)));
    return;
  }
  Item item = read_item(root, type);
  std::string self = item.type + "/" + item.id;
  if (text_at(root, "/resourceType") != type)
    faults.push_back(self + ": resourceType is not " + std::string(type));
  if (text_at(root, "/meta/tag/0/code") != "synthetic") faults.push_back(self + ": not marked synthetic");
  if (!ids.insert(self).second) faults.push_back(self + ": id twice");
  Walk{*this, self}.node(root);
  if (!self.starts_with("Observation") && item.patient.empty()) sources[self] = json;
  if (type == "Patient") read_resident(*this, root, item.id), item.patient = item.id;
  if (!item.patient.empty()) of_resident[item.patient].push_back(items.size());
  items.push_back(std::move(item));
}

void CountyRecord::truth(const Truth& row) {
  Resident& person = residents.at(std::string(row.patient));
  if (row.field.empty()) {
    person.person = row.person;
    of_person[person.person].push_back(person.id);
    return;
  }
  person.faults[std::string(row.field)] = {std::string(row.fault), std::string(row.value)};
  if (row.field == "birthDate") person.true_birth = row.value;
  if (row.field == "gender") person.true_gender = row.value;
}

const CountyRecord& county() {
  static const CountyRecord* made = [] {
    auto* record = new CountyRecord;
    generate({.residents = 500, .seed = 7}, *record);
    return record;
  }();
  return *made;
}

namespace {

TEST(CountyRecord, EachResourceIsWellFormedMarkedAndCodedWithSystems) {
  const CountyRecord& record = county();
  EXPECT_EQ(record.of_person.size(), 500u);
  EXPECT_GT(record.items.size(), 150'000u);
  EXPECT_TRUE(record.faults.empty()) << record.faults.size()
                                     << " faults, the first: " << record.faults.front();
}

TEST(CountyRecord, EveryReferenceResolvesInside) {
  const CountyRecord& record = county();
  EXPECT_GT(record.references.size(), record.items.size());
  for (const auto& [from, to] : record.references) {
    ASSERT_TRUE(record.ids.count(to)) << from << " -> " << to;
  }
}

TEST(CountyRecord, IdsAreShortAndPlain) {
  for (const Item& item : county().items) {
    ASSERT_LE(item.id.size(), 16u) << item.id;
    for (char c : item.id)
      ASSERT_TRUE((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-') << item.id;
  }
}

TEST(CountyRecord, SameSeedSameBytesOtherSeedOthers) {
  auto run = [](Settings settings) {
    CountyRecord record;
    generate(settings, record);
    return record.hash;
  };
  Settings settings{.residents = 25, .seed = 42, .years = 3};
  uint64_t first = run(settings);
  EXPECT_EQ(run(settings), first);
  settings.seed = 43;
  EXPECT_NE(run(settings), first);
}

TEST(CountyRecord, CountiesOfTwoSeedsShareNoIdAndNoNumber) {
  CountyRecord one, other;
  generate({.residents = 60, .seed = 1, .years = 2}, one);
  generate({.residents = 60, .seed = 2, .years = 2}, other);
  for (const std::string& id : one.ids) ASSERT_FALSE(other.ids.count(id)) << id;
  std::set<std::string> numbers;
  for (const auto& [id, person] : one.residents) numbers.insert(person.phone), numbers.insert(person.number);
  for (const auto& [id, person] : other.residents) {
    EXPECT_TRUE(person.phone.empty() || !numbers.count(person.phone)) << person.phone;
    EXPECT_TRUE(person.number.empty() || !numbers.count(person.number)) << person.number;
  }
}

TEST(CountyRecord, ProgressAndTotalsAgreeWithWhatWasWritten) {
  CountyRecord record;
  uint32_t last = 0;
  Totals totals = generate({.residents = 25, .seed = 3, .years = 2}, record,
                           [&](uint32_t done, uint64_t) { last = done; });
  EXPECT_EQ(totals.residents, 25u);
  EXPECT_EQ(last, 25u);
  EXPECT_EQ(totals.resources, record.items.size());
}

}  // namespace
}  // namespace witmed::generate
