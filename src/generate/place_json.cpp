#include "generate/place_json.h"

#include "generate/identity.h"
#include "generate/json_text.h"
#include "generate/resource_text.h"
#include "generate/systems.h"

namespace witmed::generate {
namespace {

struct LevelRow {
  std::string_view zh;
  std::string_view en;
  std::string_view code;
};
constexpr LevelRow kLevels[] = {{"村卫生室", "Village clinic", "village-clinic"},
                                {"乡镇卫生院", "Township health centre", "township-centre"},
                                {"县级医院", "County hospital", "county-hospital"}};

const LevelRow& row_of_level(const Institution& place) { return kLevels[static_cast<size_t>(place.level)]; }

void write_organization(const Institution& place, Sink& sink, std::string& out) {
  const LevelRow& level = row_of_level(place);
  begin_resource(out, "Organization", place.id);
  put(out, R"(,"identifier":[{"use":"official","system":")", systems::kInstitutionCode, R"(","value":")",
      place.code,
      R"("}],"active":true,"type":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/organization-type",)",
      R"("code":"prov","display":"Healthcare Provider"},{"system":"urn:witmed:cs:institution-level","code":")",
      level.code, R"(","display":")", level.en, R"("}],"text":")", level.zh, R"("}],"name":")", place.name,
      R"(","telecom":[{"system":"phone","value":")", place.telephone, R"("}],"address":[{"text":")",
      place.address, R"(","country":"CN"}])");
  if (place.parent != nullptr) put(out, R"(,"partOf":)", place.parent->reference);
  out += '}';
  sink.resource("Organization", out);
}

void write_location(const Institution& place, Sink& sink, std::string& out) {
  begin_resource(out, "Location", "loc" + place.id.substr(3));
  put(out, R"(,"status":"active","name":")", place.name, R"(","mode":"instance","address":{"text":")",
      place.address, R"(","country":"CN"},"managingOrganization":)", place.reference, '}');
  sink.resource("Location", out);
}

void write_practitioner(const Staff& person, Sink& sink, std::string& out) {
  begin_resource(out, "Practitioner", person.id);
  put(out, R"(,"identifier":[{"system":")", systems::kPractitionerNumber, R"(","value":"470121)",
      person.id.substr(3), R"("}],"active":true,"name":[{"use":"official","text":")", person.name,
      R"("}],"gender":")", person.male ? "male" : "female", R"("})");
  sink.resource("Practitioner", out);
}

void write_role(const Institution& place, const Staff& person, Sink& sink, std::string& out) {
  const DepartmentRow& department = row_of(person.department);
  bool village = place.level == Level::village;
  std::string_view code = person.nurse                                ? "nurse"
                          : person.department == Department::pharmacy ? "pharmacist"
                                                                      : "doctor";
  std::string_view title = person.nurse                                  ? "护士"
                           : village                                     ? "乡村医生"
                           : person.department == Department::pharmacy   ? "药师"
                           : person.department == Department::laboratory ? "检验技师"
                                                                         : "执业医师";
  begin_resource(out, "PractitionerRole", "ro" + person.id.substr(2));
  put(out, R"(,"active":true,"practitioner":)", person.reference, R"(,"organization":)", place.reference,
      R"(,"code":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/practitioner-role","code":")",
      code, R"("}],"text":")", title, R"("}],"specialty":[{"coding":[{"system":")", systems::kDepartment,
      R"(","code":")", department.code, R"(","display":")", department.en, R"("}],"text":")", department.zh,
      R"("}],"location":[)", place.location, "]}");
  sink.resource("PractitionerRole", out);
}

// Who pays: the insurer of everybody's Coverage.
void write_insurer(Sink& sink, std::string& out) {
  begin_resource(out, "Organization", "org-ins");
  put(out, R"(,"identifier":[{"use":"official","system":")", systems::kInstitutionCode, R"(","value":")",
      institution_code(kRegionCode, 47'009'999), R"("}],"active":true,"type":[{"coding":[{"system":)",
      R"("http://terminology.hl7.org/CodeSystem/organization-type","code":"pay","display":"Payer"}]}],"name":")",
      kInsurer, R"("})");
  sink.resource("Organization", out);
}

}  // namespace

void write_place(const Place& place, Sink& sink) {
  std::string out;
  write_insurer(sink, out);
  for (const auto& institution : place.institutions()) write_organization(*institution, sink, out);
  for (const auto& institution : place.institutions()) {
    write_location(*institution, sink, out);
    for (const Staff& person : institution->staff) {
      write_practitioner(person, sink, out);
      write_role(*institution, person, sink, out);
    }
  }
}

}  // namespace witmed::generate
