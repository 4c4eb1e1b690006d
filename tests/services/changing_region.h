// A small region whose record changes in every way the overview looks at, the same from the same start.
#pragma once
#include <gtest/gtest.h>

#include <random>
#include <string>

#include "record/test_record.h"
#include "services/overview/overview.h"

namespace witmed::services {

inline OverviewSettings at_once() {
  OverviewSettings settings;
  settings.fresh_micros = 0;
  settings.wait_micros = settings.first_micros = 20'000'000;
  return settings;
}

// Without the moment: figures of two counts can be compared.
inline std::string figures(Overview& overview) {
  std::string text = *overview.text();
  size_t at = text.find("\"valueInstant\":\"");
  return at == std::string::npos ? text : text.erase(at, text.find('}', at) - at);
}

inline void put(record::TestRecord& record, const std::string& json) {
  const auto document = fhir::Document::parse(json);
  record::Operation operation;
  operation.verb = record::Operation::Verb::update;
  operation.type = document.resource_type();
  operation.id = document.root()["id"].string();
  operation.body = json;
  const auto outcome = record.commit({operation});
  ASSERT_FALSE(outcome.rejection) << outcome.rejection->issues[0].en << json;
}

inline std::string patient(const std::string& id, const std::string& gender, const std::string& birth,
                           bool dead) {
  return R"({"resourceType":"Patient","id":")" + id + R"(","gender":")" + gender + R"(","birthDate":")" +
         birth + "\"" + (dead ? R"(,"deceasedBoolean":true)" : "") + "}";
}
inline std::string condition(const std::string& id, const std::string& of, const std::string& code,
                             const std::string& verified = "confirmed") {
  return R"({"resourceType":"Condition","id":")" + id + R"(","subject":{"reference":"Patient/)" + of +
         R"("},"verificationStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/condition-ver-status","code":")" +
         verified + R"("}]},"code":{"coding":[{"system":"http://hl7.org/fhir/sid/icd-10","code":")" + code +
         R"("}],"text":"病)" + code + "\"}}";
}
inline std::string visit(const std::string& id, const std::string& of, const std::string& start,
                         const std::string& where) {
  return R"({"resourceType":"Encounter","id":")" + id +
         R"(","status":"finished","class":{"code":"AMB"},"subject":{"reference":"Patient/)" + of +
         R"("},"period":{"start":")" + start + R"("},"serviceProvider":{"reference":"Organization/)" + where +
         "\"}}";
}

class ARegionThatChanges {
 public:
  explicit ARegionThatChanges(record::TestRecord& record) : record_(record) {
    put(record, R"({"resourceType":"Organization","id":"o1","name":"县医院","type":[{"text":"县级医院"}]})");
    put(record,
        R"({"resourceType":"Organization","id":"o2","name":"内科","type":[{"coding":[{"code":"dept"}]}],"partOf":{"reference":"Organization/o1"}})");
  }
  void change() {
    const std::string who = "p" + std::to_string(pick(12)), n = std::to_string(pick(30));
    const std::string codes[] = {"I10", "E11.900", "J06.900", "E11.2"};
    switch (pick(6)) {
      case 0:
        put(record_, patient(who, pick(2) ? "male" : "female", std::to_string(1930 + pick(90)) + "-06-15",
                             pick(5) == 0));
        break;
      case 1:
      case 2:
        put(record_, condition("c" + n, who, codes[pick(4)], pick(6) == 0 ? "refuted" : "confirmed"));
        break;
      case 3:
        put(record_, visit("e" + n, who, "2025-0" + std::to_string(1 + pick(9)) + "-03T08:00:00+08:00",
                           pick(2) ? "o1" : "o3"));
        break;
      case 4:
        record_.commit({pick(2) ? record::del("Condition", "c" + n) : record::del("Encounter", "e" + n)});
        break;
      default:
        put(record_,
            R"({"resourceType":"Location","id":"l1","managingOrganization":{"reference":"Organization/o1"},"position":{"longitude":103.)" +
                n + R"(,"latitude":25.5}})");
    }
  }

 private:
  int pick(int n) { return static_cast<int>(random_() % static_cast<unsigned>(n)); }
  record::TestRecord& record_;
  std::mt19937 random_{7};
};

}  // namespace witmed::services
