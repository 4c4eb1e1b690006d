// Patient/[id]/$move-in, $move-out, $lost, $deceased: what happens to a resident after the record was made.
// Another health authority or family may tell any of them late or wrongly: each is one Provenance, which $undo takes back.
#include "fhir/issue.h"
#include "fhir/temporal.h"
#include "services/keeping/change.h"
#include "services/keeping/find.h"
#include "services/keeping/keeping.h"
#include "services/keeping/systems.h"

namespace witmed::keeping {
namespace {

using fhir::Rejection;

constexpr uint32_t kOpen = 500;  // of one kind: more open things than this one person does not have

// What is open and ends when somebody dies. Systems that hold more of a person's affairs listen to the change feed.
struct Open {
  std::string_view type, patient_param, open, closed;
};
constexpr Open kOpenThings[] = {
    {"CareTeam", "patient", "proposed,active,suspended", "inactive"},
    {"CarePlan", "patient", "draft,active,on-hold", "completed"},
    {"EpisodeOfCare", "patient", "planned,waitlist,active,onhold", "finished"},
    {"Appointment", "patient", "proposed,pending,booked,waitlist", "cancelled"},
    {"Task", "patient", "draft,requested,received,accepted,ready,in-progress,on-hold", "cancelled"},
    {"ServiceRequest", "patient", "draft,active,on-hold", "revoked"},
    {"MedicationRequest", "patient", "draft,active,on-hold", "stopped"},
    {"CommunicationRequest", "patient", "draft,active,on-hold", "revoked"},
};

// A date, or a time with zone, that is not ahead; today when absent.
std::string date_of(const Request& request, std::string_view name) {
  const std::string written = request.text(name);
  if (written.empty()) return request.today();
  const auto moment = fhir::parse_date_time(written);
  const std::string field(name);
  if (!moment) throw Rejection(422, "value", field + " is no date", "日期不正确：" + written);
  if (fhir::span(*moment, request.zone_minutes).low > request.now)
    throw Rejection(422, "value", field + " lies ahead", "日期晚于今天：" + written);
  return written;
}

std::string need(const Request& request, std::string_view name, const char* zh) {
  std::string text = request.text(name);
  if (text.empty()) throw Rejection(422, "required", "needed: " + std::string(name), std::string("请填写") + zh);
  return text;
}

void set_residency(Value& patient, std::string_view status) {
  set_extension(patient, systems::kResidencyExt, "valueCode", status);
}

bool is_dead(const Value& patient) { return patient.at("deceasedBoolean").is_true() || patient.at("deceasedDateTime"); }

void refuse_dead(const Value& patient) {
  if (is_dead(patient)) throw Rejection(409, "business-rule", "this resident is recorded as deceased", "该居民已登记死亡；如有误，请先撤销死亡登记");
}

// The address that ends, if any was current.
void end_address(Value& patient, const std::string& date) {
  if (!patient.at("address")) return;
  for (Value& each : patient.in("address").items())
    if (each.text("use") != "old" && each.at("period").text("end").empty()) {
      each.in("period").set("end", date);
      each.set("use", "old");
    }
}

void add_address(Value& patient, const Request& request, const std::string& date) {
  Value address = Value::object({{"use", "home"}, {"text", need(request, "address", "现住址")}, {"country", "CN"}, {"period", Value::object({{"start", date}})}});
  if (const std::string village = request.text("village"); !village.empty()) {
    address.set("line", Value::list({Value(village)}));
    set_extension(address, systems::kVillageExt, "valueString", village);
  }
  for (const auto& [field, url] : {std::pair{"county", systems::kDivisionExt}, std::pair{"grid", systems::kGridExt}})
    if (const std::string text = request.text(field); !text.empty()) set_extension(address, url, "valueString", text);
  Value list = Value::list({address});  // the one that holds now comes first
  for (const Value& each : patient.at("address").items()) list.add(each);
  patient.set("address", list);
}

void close_open_things(Change& change, const Request& request) {
  for (const Open& each : kOpenThings)
    for (const auto& version : all_found(request, each.type, {{std::string(each.patient_param), "Patient/" + request.id}, {"status", std::string(each.open)}}, kOpen)) {
      Value resource = Value::parse(*version.text);
      resource.set("status", each.closed);
      change.update(version, std::move(resource));
    }
}

}  // namespace

Plan move_in(const Request& request) {
  const auto version = current(request);
  Value patient = Value::parse(*version.text);
  refuse_dead(patient);
  const std::string date = date_of(request, "date");
  end_address(patient, date);
  add_address(patient, request, date);
  set_residency(patient, "resident");
  patient.set("active", Value(true));
  if (const std::string organization = request.text("organization"); !organization.empty())
    patient.set("managingOrganization", reference("Organization", id_of("Organization", organization)));
  Change change(request, {"move-in", "迁入"});
  if (const std::string from = request.text("from"); !from.empty()) change.say("自 " + from + " 迁入");
  change.update(version, std::move(patient));
  return change.plan({"resident"});
}

Plan move_out(const Request& request) {
  const auto version = current(request);
  Value patient = Value::parse(*version.text);
  refuse_dead(patient);
  const std::string date = date_of(request, "date");
  end_address(patient, date);
  set_residency(patient, "moved-out");
  patient.set("active", Value(false));
  Change change(request, {"move-out", "迁出"});
  if (const std::string to = request.text("to"); !to.empty()) change.say("迁往 " + to);
  change.update(version, std::move(patient));
  return change.plan({"resident"});
}

Plan lost(const Request& request) {
  const auto version = current(request);
  Value patient = Value::parse(*version.text);
  refuse_dead(patient);
  need(request, "reason", "失访经过（何时、怎样联系过）");
  set_residency(patient, "lost");
  Change change(request, {"lost", "失访"});
  change.update(version, std::move(patient));
  return change.plan({"resident"});
}

Plan deceased(const Request& request) {
  const auto version = current(request);
  Value patient = Value::parse(*version.text);
  refuse_dead(patient);
  const std::string date = date_of(request, "date");
  need(request, "reason", "依据（死亡证明、家属告知等）");
  const std::string_view birth = patient.text("birthDate");
  if (!birth.empty() && date.substr(0, birth.size()) < birth) throw Rejection(422, "value", "death lies before birth", "死亡日期早于出生日期");
  patient.remove("deceasedBoolean");
  patient.set("deceasedDateTime", date);
  patient.set("active", Value(false));
  set_residency(patient, "deceased");
  Change change(request, {"deceased", "死亡登记"});
  change.update(version, std::move(patient));
  close_open_things(change, request);
  return change.plan({"resident"});
}

}  // namespace witmed::keeping
