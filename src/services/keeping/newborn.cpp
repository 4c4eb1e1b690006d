// Patient/[mother]/$register-newborn and Patient/[id]/$identify: people who have no documents yet.
#include "fhir/issue.h"
#include "services/keeping/duplicates.h"
#include "services/keeping/find.h"
#include "services/keeping/keeping.h"
#include "services/keeping/resident.h"
#include "services/keeping/systems.h"

namespace witmed::keeping {
namespace {

using fhir::Rejection;

constexpr int kMostAtOnce = 9;
constexpr uint32_t kSiblings = 60;

std::string name_of(const Value& patient) {
  for (const Value& each : patient.at("name").items())
    if (!each.text("text").empty()) return std::string(each.text("text"));
  return {};
}

// 王秀英之女, with the order of twins: as the ward writes it until there is a name.
std::string cot_name(const std::string& mother, std::string_view gender, int order) {
  constexpr std::string_view kOrder[] = {"", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
  return mother + "之" + std::string(gender == "male" ? "子" : gender == "female" ? "女" : "婴") + std::string(order > 0 ? kOrder[order] : "");
}

int birth_order(const Request& request) {
  const std::string written = request.text("birth-order");
  if (written.empty()) return 0;
  if (written.size() != 1 || written[0] < '1' || written[0] > '0' + kMostAtOnce)
    throw Rejection(422, "value", "the order among twins is 1 to 9", "双（多）胞胎的出生顺序应为 1–9");
  return written[0] - '0';
}

// Other children of this mother of the same day: twins need an order, and each its own.
void judge_siblings(const Request& request, const Value& mother, const std::string& birth_date, int order) {
  for (const Value& link : mother.at("link").items()) {
    const std::string related(link.at("other").text("reference"));
    if (!related.starts_with("RelatedPerson/")) continue;
    const auto relative = request.record.read(request.access, fhir::Definitions::r4().type_id("RelatedPerson"), id_of("RelatedPerson", related));
    if (!relative || relative->removed()) continue;
    const Value person = Value::parse(*relative->text);
    const auto child = request.record.read(request.access, request.type, id_of("Patient", person.at("patient").text("reference")));
    if (!child || child->removed()) continue;
    const Value sibling = Value::parse(*child->text);
    if (sibling.text("birthDate") != birth_date) continue;
    const std::string theirs(sibling.text("multipleBirthInteger"));
    if (order == 0 || theirs.empty())
      throw Rejection(409, "duplicate", "this mother has a newborn of that day: Patient/" + child->id + "; give each of several its birth order",
                      "该产妇当日已登记新生儿 Patient/" + child->id + "；如为双（多）胞胎，请为每个孩子填写出生顺序");
    if (theirs == std::to_string(order))
      throw Rejection(409, "duplicate", "the birth order is taken by Patient/" + child->id, "该出生顺序已登记：Patient/" + child->id);
  }
}

Value relation_to_mother(const Value& mother, const std::string& mother_id, const std::string& child) {
  Value person = Value::object({{"resourceType", "RelatedPerson"},
                                {"active", Value(true)},
                                {"patient", reference("Patient", child)},
                                {"relationship", Value::list({concept_of("http://terminology.hl7.org/CodeSystem/v3-RoleCode", "MTH", "母亲")})},
                                {"name", mother.at("name")},
                                {"gender", mother.at("gender")},
                                {"birthDate", mother.at("birthDate")},
                                {"telecom", mother.at("telecom")}});
  Value identifiers = Value::list({identifier("urn:witmed:id:patient", mother_id)});
  for (const Value& each : mother.at("identifier").items())
    if (each.text("system") == systems::kResidentNumber && each.text("use") != "old") identifiers.add(each);
  person.set("identifier", identifiers);
  return person;
}

}  // namespace

Plan register_newborn(const Request& request) {
  const auto version = current(request);
  Value mother = Value::parse(*version.text);
  if (mother.text("gender") == "male") throw Rejection(422, "business-rule", "the mother is recorded as male", "该档案的性别为男，不能登记为母亲");
  if (mother.at("link").items().size() > kSiblings) throw Rejection(422, "too-costly", "too many links", "关联过多");
  const Form form = read_form(request, true);
  const int order = birth_order(request);
  if (form.birth.kind != identity::ToldDate::day)
    throw Rejection(422, "required", "a newborn's birth date is a day", "请填写新生儿的出生日期（年-月-日）");
  judge_siblings(request, mother, form.birth.date, order);
  refuse_unconfirmed(request, form.findings);

  Value child = patient_of(form, request);
  if (form.name.text.empty())
    child.set("name", Value::list({Value::object({{"use", "temp"}, {"text", cot_name(name_of(mother), child.text("gender"), order)}})}));
  if (order > 0) child.set("multipleBirthInteger", Value::number(order));
  if (!child.at("address") && !mother.at("address").items().empty()) child.set("address", Value::list({mother.at("address").items().front()}));
  if (!child.at("managingOrganization")) child.set("managingOrganization", mother.at("managingOrganization"));
  const std::string name = name_of(child);
  Change change(request, {"register-newborn", "新生儿登记"});
  const std::string id = change.create("Patient", std::move(child), unique_documents(form));
  const std::string relation = change.create("RelatedPerson", relation_to_mother(mother, request.id, id));
  Value links = Value::list();
  for (const Value& each : mother.at("link").items()) links.add(each);
  links.add(Value::object({{"other", reference("RelatedPerson", relation, name)}, {"type", "seealso"}}));
  mother.set("link", links);
  change.update(version, std::move(mother));
  create_belongings(change, request, form, id, name);
  return change.plan({"resident", "relation", "mother"});
}

Plan identify(const Request& request) {
  const auto version = current(request);
  Value patient = Value::parse(*version.text);
  const std::string_view status = extension(patient, systems::kIdentityExt).text("valueCode");
  if (status == "document") throw Rejection(409, "business-rule", "this resident is identified; use $correct", "该居民已有证件；如需更改请用“更正”");
  Form form = read_form(request);
  if (!form.name.fault_en.empty()) refuse_unconfirmed(request, form.findings);
  const auto list = candidates(request, form, request.id, 5);
  add_findings(request, list, form.findings);
  for (const fhir::Issue& each : form.findings)
    if (std::string_view(each.rule) == "document-taken") throw Rejection(409, {each});
  refuse_unconfirmed(request, form.findings);
  identify_patient(patient, form, request);
  Change change(request, {"identify", "身份确认"});
  change.update(version, std::move(patient));
  change.stands_on("revision", "Patient/" + request.id + "/_history/" + std::to_string(version.version));
  create_belongings(change, request, form, request.id, form.name.text);
  return change.plan({"resident"});
}

}  // namespace witmed::keeping
