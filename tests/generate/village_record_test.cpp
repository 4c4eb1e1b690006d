// Reads the village back, and checks what each resource must show by itself.
#include "generate/village_record.h"

#include <gtest/gtest.h>
#include <simdjson.h>

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
  VillageRecord& record;
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

void read_resident(VillageRecord& record, element root, const std::string& id) {
  Resident person;
  person.id = id;
  person.number = text_at(root, "/identifier/0/value");
  person.gender = text_at(root, "/gender");
  person.birth = text_at(root, "/birthDate");
  person.death = text_at(root, "/deceasedDateTime");
  person.name = text_at(root, "/name/0/text");
  person.phone = text_at(root, "/telecom/0/value");
  person.active = root["active"].get_bool();
  record.residents.emplace(id, person);
}

Item read_item(element root, std::string_view type) {
  Item item;
  item.type = type;
  item.id = text_at(root, "/id");
  for (auto pointer : {"/subject/reference", "/patient/reference", "/beneficiary/reference"}) {
    if (item.patient.empty()) item.patient = id_of(text_at(root, pointer));
  }
  item.encounter = id_of(text_at(root, "/encounter/reference"));
  for (auto pointer : {"/effectiveDateTime", "/period/start", "/authoredOn", "/performedDateTime",
                       "/occurrenceDateTime", "/onsetDateTime", "/recordedDate"}) {
    if (item.start.empty()) item.start = text_at(root, pointer);
  }
  item.end = text_at(root, type == "Condition" ? "/abatementDateTime" : "/period/end");
  for (auto base : {"/code", "/medicationCodeableConcept", "/vaccineCode", "/type/0"}) {
    if (item.code.empty()) item.code = text_at(root, std::string(base) + "/coding/0/code");
    if (item.text.empty()) item.text = text_at(root, std::string(base) + "/text");
  }
  item.status = text_at(root, "/status");
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

void VillageRecord::resource(std::string_view type, std::string_view json) {
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
  if (type == "Patient") read_resident(*this, root, item.id), item.patient = item.id;
  if (!item.patient.empty()) of_resident[item.patient].push_back(items.size());
  items.push_back(std::move(item));
}

const VillageRecord& village() {
  static const VillageRecord* made = [] {
    auto* record = new VillageRecord;
    generate({.residents = 700, .seed = 7}, *record);
    return record;
  }();
  return *made;
}

namespace {

TEST(VillageRecord, EachResourceIsWellFormedMarkedAndCodedWithSystems) {
  const VillageRecord& record = village();
  EXPECT_EQ(record.residents.size(), 700u);
  EXPECT_GT(record.items.size(), 150'000u);
  EXPECT_TRUE(record.faults.empty()) << record.faults.size()
                                     << " faults, the first: " << record.faults.front();
}

TEST(VillageRecord, EveryReferenceResolvesInside) {
  const VillageRecord& record = village();
  EXPECT_GT(record.references.size(), record.items.size());
  for (const auto& [from, to] : record.references) {
    ASSERT_TRUE(record.ids.count(to)) << from << " -> " << to;
  }
}

TEST(VillageRecord, IdsAreShortAndPlain) {
  for (const Item& item : village().items) {
    ASSERT_LE(item.id.size(), 16u) << item.id;
    for (char c : item.id)
      ASSERT_TRUE((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-') << item.id;
  }
}

TEST(VillageRecord, SameSeedSameBytesOtherSeedOthers) {
  auto run = [](Settings settings) {
    VillageRecord record;
    generate(settings, record);
    return record.hash;
  };
  Settings settings{.residents = 25, .seed = 42, .years = 3};
  uint64_t first = run(settings);
  EXPECT_EQ(run(settings), first);
  settings.seed = 43;
  EXPECT_NE(run(settings), first);
}

TEST(VillageRecord, ProgressAndTotalsAgreeWithWhatWasWritten) {
  VillageRecord record;
  uint32_t last = 0;
  Totals totals = generate({.residents = 25, .seed = 3, .years = 2}, record,
                           [&](uint32_t done, uint64_t) { last = done; });
  EXPECT_EQ(totals.residents, 25u);
  EXPECT_EQ(last, 25u);
  EXPECT_EQ(totals.resources, record.items.size());
}

}  // namespace
}  // namespace witmed::generate
