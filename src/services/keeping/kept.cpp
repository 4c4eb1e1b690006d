#include "services/keeping/kept.h"

#include <algorithm>

#include "fhir/issue.h"
#include "services/identity/credit_code.h"
#include "services/identity/document.h"
#include "services/identity/name.h"
#include "services/keeping/find.h"
#include "services/keeping/systems.h"

namespace witmed::keeping {
namespace {

using fhir::Rejection;

[[noreturn]] void wrong(const char* rule, std::string place, std::string en, std::string zh, int status = 422) {
  fhir::Issue issue{fhir::Severity::error, status == 409 ? "duplicate" : "value", std::move(en), std::move(zh), std::move(place), 0, 0};
  issue.rule = rule;
  throw Rejection(status, {std::move(issue)});
}

void judge_credit_code(std::string_view code) {
  using enum identity::CreditCodeFault;
  const char* zh = nullptr;
  switch (identity::read_credit_code(code).fault) {
    case none: return;
    case length: zh = "统一社会信用代码应为 18 位"; break;
    case characters: zh = "统一社会信用代码中有不允许的字符（没有 I、O、S、V、Z）"; break;
    case organisation_check: zh = "统一社会信用代码中的组织机构代码校验位不符，请核对"; break;
    case check: zh = "统一社会信用代码校验位不符：有字符输错，请核对"; break;
  }
  wrong("credit-code", "Organization.identifier", "the unified social credit code is not right (GB 32100)", zh);
}

// A number of this system stands for one holder only.
bool one_holder(std::string_view system) {
  return system == systems::kCreditCode || system == systems::kInstitutionLicence || system == systems::kDesignation || system == systems::kLicence ||
         (identity::document_kind_of_system(system) && identity::document_kind_of_system(system)->code != "household-book");
}

void judge_number(std::string_view type, std::string_view system, std::string_view value, bool old) {
  if (system == systems::kCreditCode) judge_credit_code(value);
  const auto* kind = identity::document_kind_of_system(system);
  if (!kind || old) return;
  const auto number = identity::read_document_number(*kind, value);
  if (!number.good() && number.certain)
    wrong("document-number", std::string(type) + ".identifier", number.fault_en, std::string(kind->zh) + "：" + number.fault_zh);
}

void judge_holder(const Request& request, std::string_view type, std::string_view id, std::string_view system, std::string_view value) {
  const std::string token = escaped(system) + "|" + escaped(value);
  for (const auto& other : found(request, type, {{"identifier", token}}, 2))
    if (other.id != id)
      wrong("number-taken", std::string(type) + ".identifier", "this number belongs to " + std::string(type) + "/" + other.id,
            "号码 " + std::string(value) + " 已属于 " + std::string(type) + "/" + other.id, 409);
}

void judge_life(const Request& request, const Value& patient) {
  const std::string_view birth = patient.text("birthDate"), death = patient.text("deceasedDateTime");
  if (!birth.empty() && birth > request.today()) wrong("birth-date-future", "Patient.birthDate", "the birth date lies ahead", "出生日期晚于今天");
  const size_t known = std::min(birth.size(), death.size());
  if (death.substr(0, known) < birth.substr(0, known)) wrong("death-before-birth", "Patient.deceased", "death lies before birth", "死亡日期早于出生日期");
}

bool has_number(const Value& resource, std::string_view system, std::string_view value) {
  for (const Value& each : resource.at("identifier").items())
    if (each.text("system") == system && each.text("value") == value) return true;
  return false;
}

}  // namespace

void judge_kept(const Request& request, const Value& resource, const Value& before) {
  const std::string_view type = resource.text("resourceType");
  if (type != "Patient" && type != "Organization" && type != "Practitioner") return;
  for (const Value& each : resource.at("identifier").items()) {
    const std::string_view system = each.text("system"), value = each.text("value");
    if (has_number(before, system, value)) continue;
    judge_number(type, system, value, each.text("use") == "old");
    if (one_holder(system)) judge_holder(request, type, resource.text("id"), system, value);
  }
  if (type == "Patient") judge_life(request, resource);
  if (type == "Organization") {
    if (resource.text("name").empty()) wrong("name", "Organization.name", "an institution has a name", "请填写机构名称");
    return;
  }
  for (const Value& each : resource.at("name").items()) {
    if (each.text("text").empty()) continue;
    const auto name = identity::read_name(each.text("text"));
    if (each.text("use") == "official" && !name.fault_en.empty()) wrong("name", std::string(type) + ".name", name.fault_en, name.fault_zh);
  }
}

}  // namespace witmed::keeping
