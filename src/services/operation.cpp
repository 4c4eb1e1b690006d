#include "services/operation.h"

#include "base/text.h"
#include "base/time.h"
#include "services/expressions/evaluate.h"
#include "services/keeping/keeping.h"

namespace witmed::services {
namespace {

const fhir::Value kNothing;

constexpr std::string_view kValue = "value";

constexpr Operation kOperations[] = {
    {"$register", "Patient", Level::type, keeping::register_resident,
     "urn:witmed:OperationDefinition/patient-register",
     "新建居民档案；preview=true 只检查并列出可能重复的档案",
     "register a resident; preview=true only checks and lists likely duplicates"},
    {"$duplicates", "Patient", Level::type, keeping::duplicates,
     "urn:witmed:OperationDefinition/patient-duplicates", "可能是同一人的档案，每条说明理由",
     "records that may be of the same person, with reasons"},
    {"$move-in", "Patient", Level::instance, keeping::move_in,
     "urn:witmed:OperationDefinition/patient-move-in", "迁入：新住址，旧住址存档",
     "moved in: a new address, the former one kept"},
    {"$move-out", "Patient", Level::instance, keeping::move_out,
     "urn:witmed:OperationDefinition/patient-move-out", "迁出", "moved away"},
    {"$lost", "Patient", Level::instance, keeping::lost, "urn:witmed:OperationDefinition/patient-lost",
     "失访", "lost to follow-up"},
    {"$deceased", "Patient", Level::instance, keeping::deceased,
     "urn:witmed:OperationDefinition/patient-deceased", "死亡登记，并结束尚未结束的计划、签约、预约与用药",
     "deceased: plans, teams, appointments and requests that are open end"},
    {"$register-newborn", "Patient", Level::instance, keeping::register_newborn,
     "urn:witmed:OperationDefinition/patient-register-newborn", "为这位母亲登记新生儿（可写明双胞胎顺序）",
     "register a newborn of this mother, with the order of twins"},
    {"$identify", "Patient", Level::instance, keeping::identify,
     "urn:witmed:OperationDefinition/patient-identify", "无名氏、新生儿或无证件者：补登姓名与证件",
     "an unknown person, a newborn, somebody without papers: name and documents"},
    {"$register", "Organization", Level::type, keeping::register_kept,
     "urn:witmed:OperationDefinition/organization-register", "登记机构或科室，查验统一社会信用代码",
     "register an institution or department; its credit code is checked"},
    {"$register", "Practitioner", Level::type, keeping::register_kept,
     "urn:witmed:OperationDefinition/practitioner-register", "登记医务人员及其任职",
     "register staff, with their employments"},
    {"$register", "Location", Level::type, keeping::register_kept,
     "urn:witmed:OperationDefinition/location-register", "登记病区、病房、床位",
     "register wards, rooms and beds"},
    {"$rename", "Organization", Level::instance, keeping::rename_institution,
     "urn:witmed:OperationDefinition/organization-rename", "机构更名，原名仍可查到",
     "rename; the former name is still found"},
    {"$merge", "Organization", Level::instance, keeping::merge_institution,
     "urn:witmed:OperationDefinition/organization-merge", "并入另一机构：科室、床位、人员随转，旧记录不动",
     "merge into another: departments, beds and staff go over, old records stay"},
    {"$import", "Patient", Level::type, keeping::import_residents,
     "urn:witmed:OperationDefinition/patient-import", "由表格导入居民；preview=true 只检查",
     "residents of a table; preview=true only checks"},
    {"$import", "Organization", Level::type, keeping::import_institutions,
     "urn:witmed:OperationDefinition/organization-import", "由表格导入机构", "institutions of a table"},
    {"$import", "Practitioner", Level::type, keeping::import_staff,
     "urn:witmed:OperationDefinition/practitioner-import", "由表格导入医务人员", "staff of a table"},
    {"$correct", "", Level::instance, keeping::correct, "urn:witmed:OperationDefinition/correct",
     "更正并说明理由", "correct, and say why"},
    {"$entered-in-error", "", Level::instance, keeping::entered_in_error,
     "urn:witmed:OperationDefinition/entered-in-error", "标记为录入有误，不删除",
     "mark as entered in error; nothing is deleted"},
    {"$reassign", "", Level::instance, keeping::reassign, "urn:witmed:OperationDefinition/reassign",
     "写错人的记录移到正确的居民名下，原处留下标记",
     "a record of the wrong person goes to the right one; the wrong one stays, marked"},
    {"$undo", "Provenance", Level::instance, keeping::undo, "urn:witmed:OperationDefinition/undo",
     "撤销一次操作", "take an act back"},
    {"$fhirpath", "", Level::system, expressions::evaluate, "urn:witmed:OperationDefinition/fhirpath",
     "在一个资源上求 FHIRPath 表达式的值，参数与 FHIRPath Lab 相同",
     "a FHIRPath expression on a resource, with the parameters of FHIRPath Lab"},
};

}  // namespace

std::span<const Operation> operations() { return kOperations; }

const fhir::Value& value_of(const fhir::Value& parameter) {
  if (const auto& resource = parameter.at("resource")) return resource;
  for (const auto& [name, value] : parameter.members())
    if (name.starts_with(kValue)) return value;
  return kNothing;
}

const fhir::Value& part_value(const fhir::Value& parameter, std::string_view part) {
  for (const auto& each : parameter.at("part").items())
    if (each.text("name") == part) return value_of(each);
  return kNothing;
}

std::string part_text(const fhir::Value& parameter, std::string_view part) {
  return std::string(trim(part_value(parameter, part).text()));
}

const fhir::Value& Request::value(std::string_view name) const {
  for (const auto& each : parameters.at("parameter").items())
    if (each.text("name") == name) return value_of(each);
  return kNothing;
}

std::string Request::text(std::string_view name) const { return std::string(trim(value(name).text())); }

bool Request::truth(std::string_view name) const { return value(name).text() == "true"; }

std::vector<const fhir::Value*> Request::all(std::string_view name) const {
  std::vector<const fhir::Value*> found;
  for (const auto& each : parameters.at("parameter").items())
    if (each.text("name") == name) found.push_back(&each);
  return found;
}

std::string Request::moment() const { return format_instant(now, 3, zone_minutes); }
std::string Request::today() const { return moment().substr(0, 10); }

}  // namespace witmed::services
