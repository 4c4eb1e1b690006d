// [type]/[id]/$correct, $entered-in-error, $reassign: what was written wrongly is corrected, marked, or moved
// to whom it belongs. Nothing is deleted: the former version stays in the history, and the Provenance says
// who, when and why.
#include <set>

#include "base/id.h"
#include "fhir/issue.h"
#include "services/keeping/change.h"
#include "services/keeping/find.h"
#include "services/keeping/keeping.h"
#include "services/keeping/kept.h"
#include "services/keeping/systems.h"

namespace witmed::keeping {
namespace {

using fhir::Rejection;

constexpr uint32_t kContents = 2000;  // of one encounter

void need_reason(const Request& request) {
  if (request.text("reason").empty()) throw Rejection(422, "required", "say why: reason", "请说明理由");
}

// Types that keep no status "entered-in-error" of their own: marked by another element, or not at all.
struct Mark {
  std::string_view type, element, system;
};
constexpr Mark kConcepts[] = {
    {"Condition", "verificationStatus", "http://terminology.hl7.org/CodeSystem/condition-ver-status"},
    {"AllergyIntolerance", "verificationStatus",
     "http://terminology.hl7.org/CodeSystem/allergyintolerance-verification"}};
constexpr std::string_view kByStatus[] = {"Observation",
                                          "DiagnosticReport",
                                          "Procedure",
                                          "Immunization",
                                          "MedicationRequest",
                                          "MedicationStatement",
                                          "MedicationDispense",
                                          "MedicationAdministration",
                                          "Encounter",
                                          "CarePlan",
                                          "CareTeam",
                                          "ServiceRequest",
                                          "DocumentReference",
                                          "ImagingStudy",
                                          "Coverage",
                                          "Claim",
                                          "Task",
                                          "Appointment",
                                          "Consent",
                                          "Communication",
                                          "FamilyMemberHistory",
                                          "ClinicalImpression",
                                          "QuestionnaireResponse",
                                          "EpisodeOfCare",
                                          "DeviceRequest",
                                          "CommunicationRequest",
                                          "RiskAssessment",
                                          "NutritionOrder",
                                          "Flag",
                                          "List",
                                          "Composition",
                                          "Media",
                                          "VisionPrescription",
                                          "ExplanationOfBenefit",
                                          "SupplyRequest",
                                          "SupplyDelivery",
                                          "ImmunizationEvaluation"};

void mark_wrong(std::string_view type, Value& resource) {
  for (const Mark& each : kConcepts)
    if (type == each.type) {
      resource.remove("clinicalStatus");  // con-5, ait-2: none when entered in error
      resource.set(each.element, concept_of(each.system, "entered-in-error", "录入有误"));
      return;
    }
  if (type == "Goal") return resource.set("lifecycleStatus", "entered-in-error");
  for (std::string_view each : kByStatus)
    if (type == each) return resource.set("status", "entered-in-error");
  if (type == "RelatedPerson") return resource.set("active", Value(false));
  throw Rejection(422, "not-supported", "a " + std::string(type) + " cannot be marked as entered in error",
                  std::string(type) + " 类记录不能标记为录入有误");
}

bool is_wrong(const Value& resource) {
  if (resource.text("status") == "entered-in-error" || resource.text("lifecycleStatus") == "entered-in-error")
    return true;
  for (const Value& each : resource.at("verificationStatus").at("coding").items())
    if (each.text("code") == "entered-in-error") return true;
  return false;
}

std::string patient_of(const Value& resource) {
  for (const char* element : {"subject", "patient", "beneficiary", "for"})
    if (const std::string_view who = resource.at(element).text("reference"); who.starts_with("Patient/"))
      return std::string(who);
  return {};
}

// The results that a report shows.
std::vector<record::Version> with_results(const Request& request, const record::Version& report) {
  std::vector<record::Version> list = {report};
  const Value whole = Value::parse(*report.text);
  for (const Value& each : whole.at("result").items())
    if (const std::string_view result = each.text("reference"); result.starts_with("Observation/"))
      list.push_back(current(request, "Observation", id_of("Observation", result)));
  return list;
}

// The resource, and with it what hangs on it: everything of an encounter, the results of a report.
std::vector<record::Version> with_contents(const Request& request, const record::Version& version) {
  std::vector<record::Version> list = {version};
  const auto& r4 = fhir::Definitions::r4();
  if (r4.type(version.type).name == "DiagnosticReport") return with_results(request, version);
  if (r4.type(version.type).name != "Encounter") return list;
  std::set<std::pair<fhir::TypeId, std::string>> seen;
  for (fhir::TypeId type : r4.resource_types())
    for (const char* code : {"encounter", "context"}) {
      const auto* param = r4.search_param(type, code);
      if (!param || param->type != fhir::SearchType::reference || r4.type(type).name == "Provenance")
        continue;
      for (auto& each :
           all_found(request, r4.type(type).name, {{code, "Encounter/" + version.id}}, kContents))
        if (seen.emplace(type, each.id).second) list.push_back(std::move(each));
    }
  if (list.size() > kContents)
    throw Rejection(422, "too-costly", "too much hangs on this encounter", "该次就诊的记录过多");
  return list;
}

}  // namespace

Plan correct(const Request& request) {
  const auto version = current(request);
  need_reason(request);
  Value resource = request.value("resource");
  if (!resource || resource.text("resourceType") != fhir::Definitions::r4().type(request.type).name ||
      resource.text("id") != request.id)
    throw Rejection(400, "required", "the corrected resource is needed, with its id",
                    "请给出更正后的资源（类型与标识须一致）");
  const std::string read(resource.at("meta").text("versionId"));
  if (!read.empty() && read != std::to_string(version.version))
    throw Rejection(412, "conflict", "somebody else changed it meanwhile: read it again",
                    "该记录已被他人修改，请刷新后再更正");
  judge_kept(request, resource, Value::parse(*version.text));
  Change change(request, {"correct", "更正"});
  change.update(version, std::move(resource));
  change.stands_on("revision", std::string(fhir::Definitions::r4().type(request.type).name) + "/" +
                                   request.id + "/_history/" + std::to_string(version.version));
  return change.plan({"resource"});
}

Plan entered_in_error(const Request& request) {
  const auto version = current(request);
  need_reason(request);
  Value resource = Value::parse(*version.text);
  if (is_wrong(resource))
    throw Rejection(409, "business-rule", "it is marked already", "该记录已标记为录入有误");
  mark_wrong(fhir::Definitions::r4().type(request.type).name, resource);
  Change change(request, {"entered-in-error", "标记录入有误"});
  change.update(version, std::move(resource));
  return change.plan({"resource"});
}

Plan reassign(const Request& request) {
  const auto version = current(request);
  need_reason(request);
  const std::string to = "Patient/" + id_of("Patient", std::string(request.value("to").text("reference")));
  current(request, "Patient", id_of("Patient", to));  // refused when there is nobody
  const Value whole = Value::parse(*version.text);
  const std::string from = patient_of(whole);
  if (from.empty()) throw Rejection(422, "business-rule", "this is nobody's record", "该记录不属于任何居民");
  if (from == to)
    throw Rejection(422, "business-rule", "it is this person's already", "该记录本来就属于这位居民");
  if (is_wrong(whole))
    throw Rejection(409, "business-rule", "it is marked as entered in error already",
                    "该记录已标记为录入有误");

  const auto list = with_contents(request, version);
  Change change(request, {"reassign", "移到正确的居民名下"});
  std::map<std::string, std::string> moved = {{from, to}};  // references inside what moves
  std::vector<Value> copies;
  const auto& r4 = fhir::Definitions::r4();
  for (const auto& each : list) {
    Value copy = Value::parse(*each.text);
    if (patient_of(copy) != from)
      throw Rejection(409, "business-rule", "the encounter holds what belongs to another person: " + each.id,
                      "该次就诊中有属于他人的记录：" + each.id);
    copy.remove("meta");
    copies.push_back(std::move(copy));
  }
  std::vector<std::string> ids;
  for (size_t i = 0; i < list.size(); ++i) {
    ids.push_back(new_id());
    moved[std::string(r4.type(list[i].type).name) + "/" + list[i].id] =
        std::string(r4.type(list[i].type).name) + "/" + ids[i];
  }
  for (size_t i = 0; i < list.size(); ++i) {
    repoint(copies[i], moved);
    copies[i].set("id", ids[i]);
    change.create(r4.type(list[i].type).name, std::move(copies[i]));
  }
  for (size_t i = 0; i < list.size(); ++i) {
    Value wrong = Value::parse(*list[i].text);
    mark_wrong(r4.type(list[i].type).name, wrong);
    set_extension(wrong, systems::kMovedToExt, "valueReference",
                  reference(r4.type(list[i].type).name, ids[i]));
    change.update(list[i], std::move(wrong));
    change.stands_on("source", std::string(r4.type(list[i].type).name) + "/" + list[i].id + "/_history/" +
                                   std::to_string(list[i].version));
  }
  return change.plan({"resource"});
}

}  // namespace witmed::keeping
