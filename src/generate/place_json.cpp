#include "generate/place_json.h"

#include "generate/json_text.h"
#include "generate/resource_text.h"
#include "generate/systems.h"

namespace witmed::generate {
namespace {

void put_identifier(std::string& out, std::string_view use, std::string_view system, std::string_view value,
                    std::string_view text) {
  put(out, R"({"use":")", use, R"(","type":{"text":")", text, R"("},"system":")", system, R"(","value":")",
      value, R"("})");
}

void write_organization(const Institution& place, Sink& sink, std::string& out) {
  const LevelRow& level = row_of(place.level);
  begin_resource(out, "Organization", place.id);
  out += R"(,"identifier":[)";
  put_identifier(out, "official", systems::kInstitutionCode, place.code, "统一社会信用代码");
  if (!place.licence.empty()) {
    out += ',';
    put_identifier(out, "secondary", systems::kInstitutionLicence, place.licence, "医疗机构登记号");
  }
  if (!place.insurance.empty()) {
    out += ',';
    put_identifier(out, "secondary", systems::kInsuredInstitution, place.insurance, "医保定点机构代码");
  }
  put(out,
      R"(],"active":true,"type":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/organization-type","code":")",
      level.type, R"(","display":")", level.type_en, R"("},{"system":")", systems::kInstitutionLevel,
      R"(","code":")", level.code, R"(","display":")", level.en, R"("}],"text":")", level.zh,
      R"("}],"name":")", place.name, R"(","telecom":[{"system":"phone","value":")", place.telephone,
      R"("}],"address":[{"text":")", place.address, R"(","country":"CN"}])");
  if (place.parent != nullptr) put(out, R"(,"partOf":)", place.parent->reference);
  out += '}';
  sink.resource("Organization", out);
}

void write_department(const Institution& place, Department department, Sink& sink, std::string& out) {
  const DepartmentRow& row = row_of(department);
  begin_resource(out, "Organization", place.id + "-d" + std::to_string(static_cast<int>(department)));
  out +=
      R"(,"active":true,"type":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/organization-type","code":"dept","display":"Hospital Department"},)";
  put(out, R"({"system":")", systems::kDepartment, R"(","code":")", row.code, R"(","display":")", row.en,
      R"("}],"text":"科室"}],"name":")", row.zh, R"(","partOf":)", place.reference, '}');
  sink.resource("Organization", out);
}

void put_degrees(std::string& out, int32_t millionths) {
  std::string fraction = std::to_string(millionths % 1'000'000);
  put(out, millionths / 1'000'000, '.', std::string(6 - fraction.size(), '0'), fraction);
}

void begin_location(std::string& out, std::string_view id, std::string_view name, std::string_view kind,
                    std::string_view kind_en, std::string_view kind_zh, const Institution& place) {
  begin_resource(out, "Location", id);
  put(out, R"(,"status":"active","name":")", name,
      R"(","mode":"instance","physicalType":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/location-physical-type","code":")",
      kind, R"(","display":")", kind_en, R"("}],"text":")", kind_zh, R"("},"managingOrganization":)",
      place.reference);
}

void write_location(const Institution& place, Sink& sink, std::string& out) {
  begin_location(out, "loc" + place.id.substr(3), place.name, "si", "Site", "院区", place);
  put(out, R"(,"address":{"text":")", place.address, R"(","country":"CN"},"position":{"longitude":)");
  put_degrees(out, place.position.longitude);
  out += R"(,"latitude":)";
  put_degrees(out, place.position.latitude);
  out += "}}";
  sink.resource("Location", out);
}

void write_wards(const Institution& place, Sink& sink, std::string& out) {
  for (const Ward& ward : place.wards) {
    std::string name = std::string(row_of(ward.department).zh) + "病区";
    begin_location(out, ward.id, name, "wa", "Ward", "病区", place);
    put(out, R"(,"partOf":)", place.location, '}');
    sink.resource("Location", out);
    for (uint32_t bed = 1; bed <= ward.beds; ++bed) {
      std::string number = std::to_string(bed);
      begin_location(out, ward.id + "-" + number, name + number + "床", "bd", "Bed", "床位", place);
      put(out, R"(,"partOf":)", ward.reference, '}');
      sink.resource("Location", out);
    }
  }
}

void write_practitioner(const Institution& place, const Staff& person, const Place& county, Sink& sink,
                        std::string& out) {
  const PostRow& post = *person.post;
  std::string_view serial = std::string_view(person.id).substr(person.id.find('-') + 1);
  begin_resource(out, "Practitioner", person.id);
  put(out, R"(,"identifier":[{"system":")", systems::kPractitionerNumber, R"(","value":")",
      county.numbering().home_code(), serial, R"("}],"active":true,"name":[{"use":"official","text":")",
      person.name, R"("}],"gender":")", person.male ? "male" : "female", R"(","qualification":[{"code":)");
  put_concept(out, systems::kTitle, post.title_code, post.title_en, post.title);
  out += '}';
  if (!post.licence.empty()) {
    std::string number(7 - std::min<size_t>(serial.size(), 7), '0');
    put(out, R"(,{"identifier":[{"system":")", systems::kPractitionerLicence, R"(","value":"110)",
        county.numbering().home_code(), number, serial, R"("}],"code":)");
    put_concept(out, systems::kLicence, post.licence_code, post.licence_en, post.licence);
    put(out, R"(,"period":{"start":")", person.licensed, R"(-07-01"},"issuer":)",
        county.institutions().front()->reference, '}');
    const DepartmentRow& department = row_of(person.department);
    bool doctor = post.post == Post::doctor || post.post == Post::assistant;
    if (doctor && !department.scope.empty()) {  // 执业范围
      out += R"(,{"code":)";
      put_concept(out, systems::kLicenceScope, department.scope_code, {}, department.scope);
      put(out, R"(,"period":{"start":")", person.licensed, R"(-07-01"},"issuer":)", place.reference, '}');
    }
  }
  out += "]}";
  sink.resource("Practitioner", out);
}

void write_role(const Institution& place, const Staff& person, Sink& sink, std::string& out) {
  const DepartmentRow& department = row_of(person.department);
  const PostRow& post = *person.post;
  begin_resource(out, "PractitionerRole", "ro" + person.id.substr(2));
  put(out, R"(,"active":true,"period":{"start":")", person.licensed + 1, R"(-08-01"},"practitioner":)",
      person.reference, R"(,"organization":)", place.reference, R"(,"code":[{)");
  if (!post.role.empty())
    put(out, R"("coding":[{"system":"http://terminology.hl7.org/CodeSystem/practitioner-role","code":")",
        post.role, R"("}],)");
  put(out, R"("text":")", post.title, R"("}],"specialty":[{"coding":[{"system":")", systems::kDepartment,
      R"(","code":")", department.code, R"(","display":")", department.en, R"("}],"text":")", department.zh,
      R"("}],"location":[)", place.location, "]}");
  sink.resource("PractitionerRole", out);
}

}  // namespace

void write_place(const Place& place, Sink& sink) {
  std::string out;
  for (const auto& institution : place.institutions()) write_organization(*institution, sink, out);
  for (const auto& institution : place.institutions()) {
    write_location(*institution, sink, out);
    write_wards(*institution, sink, out);
    bool departments = institution->departments.size() > 1;
    for (size_t i = 0; departments && i < institution->departments.size(); ++i) {
      write_department(*institution, institution->departments[i], sink, out);
    }
    for (const Staff& person : institution->staff) {
      write_practitioner(*institution, person, place, sink, out);
      write_role(*institution, person, sink, out);
    }
  }
}

}  // namespace witmed::generate
