#include "generate/chart.h"
#include "generate/resource_text.h"

namespace witmed::generate {
namespace {

void put_name(std::string& out, const Name& name) {
  auto one = [&](std::string_view use, const std::string& family, const std::string& given,
                 std::string_view gap, std::string_view representation) {
    put(out,
        R"({"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/iso21090-EN-representation","valueCode":")",
        representation, R"("}],"use":")", use, R"(","text":")", family, family.empty() ? "" : gap, given,
        '"');
    if (!family.empty()) put(out, R"(,"family":")", family, '"');
    put(out, R"(,"given":[")", given, R"("]})");
  };
  out += R"(,"name":[)";
  one("official", name.family, name.given, "", "IDE");
  out += ',';
  one("usual", name.family_pinyin, name.given_pinyin, " ", "SYL");  // pinyin without tones
  out += ']';
}

struct Kinship {
  int32_t member;
  std::string_view code;  // v3-RoleCode: what the relative is to the resident
  std::string_view zh;
  std::string_view contact;  // v2-0131
};

std::vector<Kinship> kin_of(const Household& household, const Person& person) {
  std::vector<Kinship> kin;
  int32_t self = static_cast<int32_t>(&person - household.members.data());
  if (person.spouse >= 0) {
    kin.push_back({person.spouse, person.male ? "WIFE" : "HUSB", person.male ? "妻子" : "丈夫", "N"});
  }
  if (person.mother >= 0) kin.push_back({person.mother, "MTH", "母亲", "N"});
  if (person.father >= 0) kin.push_back({person.father, "FTH", "父亲", "N"});
  for (int32_t i = 0; i < static_cast<int32_t>(household.members.size()); ++i) {
    const Person& other = household.members[i];
    if (other.mother != self && other.father != self) continue;
    kin.push_back({i, other.male ? "SONC" : "DAUC", other.male ? "儿子" : "女儿", "N"});
  }
  return kin;
}

}  // namespace

void Chart::patient() {
  begin("Patient", patient_id(person_));
  put(out_, R"(,"extension":[{"url":")", systems::kEthnicityExtension, R"(","valueCodeableConcept":)");
  put_concept(out_, systems::kEthnicity, person_.name.ethnicity.code, {}, person_.name.ethnicity.zh);
  put(out_,
      R"(}],"identifier":[{"use":"official","type":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v2-0203",)",
      R"("code":"NI","display":"National unique individual identifier"}],"text":"居民身份证"},"system":")",
      systems::kResidentNumber, R"(","value":")", person_.resident_number,
      R"("},{"use":"usual","type":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v2-0203","code":"HC",)",
      R"("display":"Health Card Number"}],"text":"居民健康卡"},"system":")", systems::kHealthCard,
      R"(","value":"470121)", 100'000'000 + person_.number, R"("}],"active":)",
      person_.end() < as_of_ ? "false" : "true");
  put_name(out_, person_.name);
  if (!person_.telephone.empty()) {
    put(out_, R"(,"telecom":[{"system":"phone","value":")", person_.telephone, R"(","use":"mobile"}])");
  }
  put(out_, R"(,"gender":")", person_.male ? "male" : "female", R"(","birthDate":")");
  append_date(out_, person_.birth);
  out_ += '"';
  if (person_.death < as_of_) put(out_, R"(,"deceasedDateTime":")", person_.death_moment(), '"');
  put(out_, R"(,"address":[{"use":"home","type":"physical","text":")",
      place_.village_address(household_.village), household_.door, R"(号","line":[")",
      place_.village_name(household_.village), household_.door, R"(号"],"city":")", kCity,
      R"(","district":")", kCounty, R"(","state":")", kProvince, R"(","country":"CN")");
  if (person_.departure < as_of_) {
    out_ += R"(,"period":{"end":")";
    append_date(out_, person_.departure);
    out_ += R"("})";
  }
  out_ += "}]";
  bool married = person_.spouse >= 0;
  if (age_on(person_.birth, as_of_) >= 20) {
    put(out_,
        R"(,"maritalStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v3-MaritalStatus","code":")",
        married ? R"(M","display":"Married"}],"text":"已婚"})"
                : R"(UNK","display":"unknown"}],"text":"未说明"})");
  }
  auto kin = kin_of(household_, person_);
  for (const Kinship& relative : kin) {
    const Person& other = household_.members[relative.member];
    if (other.telephone.empty()) continue;
    put(out_,
        R"(,"contact":[{"relationship":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v2-0131",)",
        R"("code":"N","display":"Next-of-Kin"}],"text":")", relative.zh, R"("}],"name":{"text":")",
        other.name.text(), R"("},"telecom":[{"system":"phone","value":")", other.telephone,
        R"("}],"gender":")", other.male ? "male" : "female", R"("}])");
    break;
  }
  const Institution& clinic = place_.village(household_.village);
  put(out_, R"(,"generalPractitioner":[)", clinic.of(Department::general, household_.door).reference,
      R"(],"managingOrganization":)", clinic.parent->reference);
  end("Patient");
}

void Chart::relatives() {
  for (const Kinship& relative : kin_of(household_, person_)) {
    const Person& other = household_.members[relative.member];
    begin("RelatedPerson", new_id('k'));
    put(out_, R"(,"identifier":[{"system":")", systems::kResidentNumber, R"(","value":")",
        other.resident_number, R"("}],"active":)", other.death < as_of_ ? "false" : "true", R"(,"patient":)",
        subject_,
        R"(,"relationship":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v3-RoleCode","code":")",
        relative.code, R"("}],"text":")", relative.zh, R"("}])");
    put_name(out_, other.name);
    if (!other.telephone.empty()) {
      put(out_, R"(,"telecom":[{"system":"phone","value":")", other.telephone, R"("}])");
    }
    put(out_, R"(,"gender":")", other.male ? "male" : "female", R"(","birthDate":")");
    append_date(out_, other.birth);
    out_ += '"';
    end("RelatedPerson");
  }
}

void Chart::coverage(Day start) {
  bool employee = person_.number % 13 == 0 && age_on(person_.birth, start) >= 22;
  begin("Coverage", new_id('v'));
  put(out_, R"(,"identifier":[{"system":")", systems::kInsuranceNumber, R"(","value":"470121)",
      700'000'000 + person_.number, R"("}],"status":"active","type":)");
  put_concept(out_, systems::kInsuranceType, employee ? "310" : "390",
              employee ? "Employees' basic medical insurance" : "Residents' basic medical insurance",
              employee ? "职工基本医疗保险" : "城乡居民基本医疗保险");
  put(out_, R"(,"subscriberId":"470121)", 700'000'000 + person_.number, R"(","beneficiary":)", subject_,
      R"(,"period":{"start":")");
  append_date(out_, start);
  out_ += R"("},"payor":[{"reference":"Organization/org-ins","display":")";
  put(out_, kInsurer, R"("}])");
  end("Coverage");
}

void Chart::allergy(const Scene& scene) {
  begin("AllergyIntolerance", new_id('a'));
  put(out_,
      R"(,"clinicalStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical",)",
      R"("code":"active"}]},"verificationStatus":{"coding":[{"system":)",
      R"("http://terminology.hl7.org/CodeSystem/allergyintolerance-verification","code":"confirmed"}]},"type":"allergy",)",
      R"("category":["medication"],"criticality":"high","code":)");
  put_concept(out_, systems::kAtc, "J01C", "Beta-lactam antibacterials, penicillins", "青霉素类");
  put(out_, R"(,"patient":)", subject_, R"(,"recordedDate":")", scene.at, R"(","recorder":)",
      scene.author->reference, R"(,"reaction":[{"manifestation":[{"text":"皮疹"}],"severity":"moderate"}])");
  end("AllergyIntolerance");
}

std::string Chart::care_team(const Scene& scene, Day start, const std::vector<const Staff*>& members) {
  std::string id = new_id('t');
  begin("CareTeam", id);
  put(out_, R"(,"status":")", person_.end() < as_of_ ? "inactive" : "active", R"(","category":[)");
  put_concept(out_, systems::kService, "family-doctor", {}, "家庭医生签约");
  put(out_, R"(],"name":"家庭医生签约团队","subject":)", subject_, R"(,"period":{"start":")");
  append_date(out_, start);
  out_ += R"("},"participant":[)";
  for (size_t i = 0; i < members.size(); ++i) {
    put(out_, i == 0 ? "" : ",", R"({"member":)", members[i]->reference, R"(,"onBehalfOf":)",
        scene.place->reference, '}');
  }
  put(out_, R"(],"managingOrganization":[)", scene.place->reference, ']');
  end("CareTeam");
  return id;
}

void Chart::care_plan(const Scene& scene, std::string_view title, std::string_view goal,
                      const std::string& team, const std::string& condition) {
  begin("CarePlan", new_id('l'));
  put(out_, R"(,"status":")", person_.end() < as_of_ ? "completed" : "active",
      R"(","intent":"plan","category":[)");
  put_concept(out_, systems::kService, "chronic-care", {}, "慢性病健康管理");
  put(out_, R"(],"title":")", title, R"(","subject":)", subject_);
  put_encounter(scene);
  put(out_, R"(,"period":{"start":")", scene.at, R"("},"created":")", scene.at, R"(","author":)",
      scene.author->reference);
  if (!team.empty()) put(out_, R"(,"careTeam":[{"reference":"CareTeam/)", team, R"("}])");
  put(out_, R"(,"addresses":[{"reference":"Condition/)", condition,
      R"("}],"activity":[{"detail":{"code":{"text":"面对面随访"},"status":")",
      person_.end() < as_of_ ? "completed" : "in-progress", R"(","scheduledTiming":{"repeat":)",
      R"({"frequency":1,"period":3,"periodUnit":"mo"}},"performer":[)", scene.author->reference,
      R"(],"description":")", goal, R"("}}])");
  end("CarePlan");
}

}  // namespace witmed::generate
