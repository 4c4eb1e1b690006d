// Organization, Practitioner and Location: $register; Organization/[id]/$rename and $merge. Departments are Organizations
// that are part of one; wards and beds are Locations; an employment is a PractitionerRole.
#include "fhir/issue.h"
#include "services/keeping/find.h"
#include "services/keeping/keeping.h"
#include "services/keeping/kept.h"
#include "services/keeping/resident.h"
#include "services/keeping/systems.h"

namespace witmed::keeping {
namespace {

using fhir::Rejection;

constexpr uint32_t kDependants = 4000;  // of one institution, in one merge

std::string unique_numbers(const Value& resource) {
  std::string values;
  for (const Value& each : resource.at("identifier").items()) {
    if (each.text("system").empty() || each.text("value").empty() || each.text("use") == "old") continue;
    values += values.empty() ? "identifier=" : ",";
    append_token(values, each.text("system"), each.text("value"));
  }
  return values;
}

// What hangs on an institution and goes with it.
struct Dependant {
  std::string_view type, param, element;
};
constexpr Dependant kDependantsOf[] = {
    {"Organization", "partof", "partOf"}, {"Location", "organization", "managingOrganization"}, {"PractitionerRole", "organization", "organization"}, {"HealthcareService", "organization", "providedBy"}};

void need_reason(const Request& request) {
  if (request.text("reason").empty()) throw Rejection(422, "required", "say why: reason", "请说明理由");
}

}  // namespace

Plan register_kept(const Request& request) {
  const std::string_view type = fhir::Definitions::r4().type(request.type).name;
  Value resource = request.value("resource");
  if (!resource) resource = request.resource;
  if (resource.text("resourceType") != type)
    throw Rejection(400, "required", "a " + std::string(type) + " is needed", "请给出 " + std::string(type) + " 资源");
  resource.remove("id");
  judge_kept(request, resource);
  Change change(request, {"register", "登记"});
  const std::string id = change.create(type, resource, unique_numbers(resource));
  std::vector<std::string> names = {"resource"};
  for (const Value* each : request.all("role")) {
    Value role = services::value_of(*each);
    if (type != "Practitioner" || role.text("resourceType") != "PractitionerRole")
      throw Rejection(400, "value", "role is a PractitionerRole of a Practitioner", "role 应为 PractitionerRole");
    role.remove("id");
    role.set("practitioner", reference("Practitioner", id, resource.at("name").items().empty() ? "" : resource.at("name").items().front().text("text")));
    change.create("PractitionerRole", std::move(role));
    names.emplace_back("role");
  }
  return change.plan(std::move(names));
}

Plan rename_institution(const Request& request) {
  const auto version = current(request);
  need_reason(request);
  Value organization = Value::parse(*version.text);
  const std::string name = request.text("name"), former(organization.text("name"));
  if (name.empty() || name == former) throw Rejection(422, "required", "a new name is needed", "请填写新名称");
  organization.set("name", name);
  Value aliases = Value::list();
  for (const Value& each : organization.at("alias").items())
    if (each.text() != former) aliases.add(each);
  if (!former.empty()) aliases.add(Value(former));  // found and shown under its former name as well
  organization.set("alias", aliases);
  Change change(request, {"rename", "更名"});
  change.say("原名：" + former);
  change.update(version, std::move(organization));
  return change.plan({"resource"});
}

Plan merge_institution(const Request& request) {
  const auto version = current(request);
  need_reason(request);
  const std::string into = id_of("Organization", std::string(request.value("into").text("reference")));
  if (into == request.id) throw Rejection(422, "value", "an institution cannot be merged into itself", "不能并入自己");
  const auto target = current(request, "Organization", into);
  const Value whole = Value::parse(*target.text);
  if (whole.at("active").text() == "false") throw Rejection(409, "business-rule", "the other institution is not active", "并入的机构已停用");
  if (whole.at("partOf").text("reference") == "Organization/" + request.id)
    throw Rejection(409, "business-rule", "the other institution is part of this one", "并入的机构是本机构的下级");
  Change change(request, {"merge", "并入"});
  Value organization = Value::parse(*version.text);
  organization.set("active", Value(false));
  const Value successor = reference("Organization", into, whole.text("name"));
  set_extension(organization, systems::kMergedIntoExt, "valueReference", successor);
  change.update(version, std::move(organization));
  // What was written by the former institution stays written by it; only what goes on goes over.
  for (const Dependant& each : kDependantsOf) {
    const auto list = all_found(request, each.type, {{std::string(each.param), "Organization/" + request.id}}, kDependants);
    for (const auto& dependant : list) {
      Value resource = Value::parse(*dependant.text);
      resource.set(each.element, successor);
      change.update(dependant, std::move(resource));
    }
  }
  return change.plan({"resource"});
}

}  // namespace witmed::keeping
