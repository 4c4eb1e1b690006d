#include "generate/chart.h"
#include "generate/resource_text.h"

namespace witmed::generate {
namespace {

// Pinyin is written where the name is the person's own.
void put_name(std::string& out, const Name& name, bool pinyin) {
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
  if (pinyin) {
    out += ',';
    one("usual", name.family_pinyin, name.given_pinyin, " ", "SYL");  // without tones
  }
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

namespace {

void put_identifiers(std::string& out, const Identity& identity, const std::string& card) {
  std::string_view gap;
  out += R"(,"identifier":[)";
  if (identity.paper != Paper::none) {
    put(out, R"({"use":")", identity.paper == Paper::resident_number ? "official" : "old",
        R"(","type":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v2-0203",)",
        R"("code":"NI","display":"National unique individual identifier"}],"text":"居民身份证"},"system":")",
        systems::kResidentNumber, R"(","value":")", identity.number, R"("})");
    gap = ",";
  }
  if (!identity.birth_certificate.empty()) {
    put(out, gap,
        R"({"use":"secondary","type":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v2-0203",)",
        R"("code":"BCT","display":"Birth Certificate"}],"text":"出生医学证明"},"system":")",
        systems::kBirthCertificate, R"(","value":")", identity.birth_certificate, R"("})");
    gap = ",";
  }
  if (identity.insured) {  // who is insured has a card with him
    put(out, gap,
        R"({"use":"usual","type":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v2-0203","code":"HC",)",
        R"("display":"Health Card Number"}],"text":"居民健康卡"},"system":")", systems::kHealthCard,
        R"(","value":")", card, R"("})");
    gap = ",";
  }
  // What the institution calls him.
  put(out, gap,
      R"({"use":"secondary","type":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v2-0203","code":"MR",)",
      R"("display":"Medical record number"}],"text":"病案号"},"system":")", systems::kRecordNumber,
      R"(","value":")", identity.owner, R"("}])");
}

}  // namespace

void Chart::patients() {
  for (const Identity& identity : identities_) {
    patient(identity);
    tell_truth(identity);
  }
}

void Chart::tell_truth(const Identity& identity) {
  std::string_view person = identities_.front().owner;
  std::string id = "p" + identity.owner;
  sink_.truth({id, person, {}, {}, {}});
  for (const Fault& fault : identity.faults) sink_.truth({id, person, fault.field, fault.kind, fault.truth});
}

void Chart::patient(const Identity& identity) {
  begin("Patient", "p" + identity.owner);
  put(out_, R"(,"extension":[{"url":")", systems::kEthnicityExtension, R"(","valueCodeableConcept":)");
  put_concept(out_, systems::kEthnicity, person_.name.ethnicity.code, {}, person_.name.ethnicity.zh);
  out_ += "}]";
  put_identifiers(out_, identity, place_.numbering().card_number(person_.number));
  put(out_, R"(,"active":)", person_.end() < as_of_ ? "false" : "true");
  Name name = person_.name;
  bool own = name.family == identity.family && name.given == identity.given;
  name.family = identity.family;
  name.given = identity.given;
  put_name(out_, name, own);
  if (!identity.telephone.empty()) {
    put(out_, R"(,"telecom":[{"system":"phone","value":")", identity.telephone, R"(","use":"mobile"}])");
  }
  put(out_, R"(,"gender":")", identity.male ? "male" : "female", R"(","birthDate":")");
  append_date(out_, identity.birth);
  out_ += '"';
  if (person_.death < as_of_) put(out_, R"(,"deceasedDateTime":")", person_.death_moment(), '"');
  put_address(identity);
  if (age_on(person_.birth, as_of_) >= 20) {
    bool married = person_.spouse >= 0;
    put(out_, R"(,"maritalStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/)",
        married ? R"(v3-MaritalStatus","code":"M","display":"Married"}],"text":"已婚"})"
                : R"(v3-NullFlavor","code":"UNK","display":"unknown"}],"text":"未说明"})");
  }
  if (person_.twin > 0) put(out_, R"(,"multipleBirthInteger":)", person_.twin);
  put_contact();
  const Institution& clinic = place_.village(household_.village);
  const Institution& keeper = identity.keeper != nullptr ? *identity.keeper : *clinic.parent;
  if (identity.keeper == nullptr)
    put(out_, R"(,"generalPractitioner":[)", clinic.of(Department::general, household_.door).reference, ']');
  put(out_, R"(,"managingOrganization":)", keeper.reference);
  end("Patient");
}

void Chart::put_address(const Identity& identity) {
  put(out_, R"(,"address":[{"extension":[{"url":")", systems::kVillageExtension, R"(","valueString":")",
      place_.village_name(household_.village), R"("}],"use":"home","type":"physical","text":")",
      place_.village_address(household_.village), household_.door, R"(号","line":[")",
      place_.village_name(household_.village), household_.door, R"(号"],"city":")", kCity,
      R"(","district":")", kCounty, R"(","state":")", kProvince, R"(","country":"CN")");
  if (person_.arrival > 0 || person_.departure < as_of_) {
    out_ += R"(,"period":{)";
    if (person_.arrival > 0) {
      out_ += R"("start":")";
      append_date(out_, person_.arrival);
      out_ += '"';
    }
    if (person_.departure < as_of_) {
      out_ += person_.arrival > 0 ? R"(,"end":")" : R"("end":")";
      append_date(out_, person_.departure);
      out_ += '"';
    }
    out_ += '}';
  }
  out_ += '}';
  if (!identity.old_village.empty())
    put(out_, R"(,{"use":"old","type":"physical","text":")", identity.old_village, R"(","country":"CN"})");
  out_ += ']';
}

void Chart::put_contact() {
  for (const Kinship& relative : kin_of(household_, person_)) {
    const Person& other = household_.members[static_cast<size_t>(relative.member)];
    if (other.telephone.empty()) continue;
    put(out_,
        R"(,"contact":[{"relationship":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v2-0131",)",
        R"("code":"N","display":"Next-of-Kin"}],"text":")", relative.zh, R"("}],"name":{"text":")",
        other.name.text(), R"("},"telecom":[{"system":"phone","value":")", other.telephone,
        R"("}],"gender":")", other.male ? "male" : "female", R"("}])");
    return;
  }
}

void Chart::relatives() {
  bool minor = age_on(person_.birth, as_of_) < 18;
  for (const Kinship& relative : kin_of(household_, person_)) {
    const Person& other = household_.members[static_cast<size_t>(relative.member)];
    bool parent = relative.code == "MTH" || relative.code == "FTH";
    begin("RelatedPerson", new_id('k', nullptr));
    put(out_, R"(,"identifier":[{"system":")", systems::kResidentNumber, R"(","value":")",
        other.resident_number, R"("}],"active":)", other.death < as_of_ ? "false" : "true", R"(,"patient":)",
        identities_.front().subject,
        R"(,"relationship":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v3-RoleCode","code":")",
        relative.code, R"("}],"text":")", relative.zh, R"("})");
    if (minor && parent)
      out_ +=
          R"(,{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v3-RoleCode","code":"GUARD","display":"guardian"}],"text":"监护人"})";
    out_ += ']';
    put_name(out_, other.name, true);
    if (!other.telephone.empty()) {
      put(out_, R"(,"telecom":[{"system":"phone","value":")", other.telephone, R"("}])");
    }
    put(out_, R"(,"gender":")", other.male ? "male" : "female", R"(","birthDate":")");
    append_date(out_, other.birth);
    out_ += '"';
    end("RelatedPerson");
  }
}

// Each institution that knows him as insured has a Coverage of its own, with the same number.
void Chart::coverage(Day start) {
  employee_ = person_.number % 13 == 0 && age_on(person_.birth, start) >= 22;
  std::string number = place_.numbering().insurance_number(person_.number);
  for (size_t i = 0; i < identities_.size(); ++i) {
    const Identity& identity = identities_[i];
    if (!identity.insured) continue;
    coverages_[i] = new_id('v', identity.keeper);
    begin("Coverage", coverages_[i]);
    put(out_, R"(,"identifier":[{"system":")", systems::kInsuranceNumber, R"(","value":")", number,
        R"("}],"status":"active","type":)");
    put_concept(out_, systems::kInsuranceType, employee_ ? "310" : "390",
                employee_ ? "Employees' basic medical insurance" : "Residents' basic medical insurance",
                employee_ ? "职工基本医疗保险" : "城乡居民基本医疗保险");
    put(out_, R"(,"subscriberId":")", number, R"(","beneficiary":)", identity.subject,
        R"(,"period":{"start":")");
    append_date(out_, start);
    put(out_, R"("},"payor":[)", place_.insurer().reference, ']');
    end("Coverage");
  }
}

void Chart::allergy(const Scene& scene) {
  begin("AllergyIntolerance", new_id('a', scene.place));
  put(out_,
      R"(,"clinicalStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical",)",
      R"("code":"active"}]},"verificationStatus":{"coding":[{"system":)",
      R"("http://terminology.hl7.org/CodeSystem/allergyintolerance-verification","code":"confirmed"}]},"type":"allergy",)",
      R"("category":["medication"],"criticality":"high","code":)");
  put_concept(out_, systems::kAtc, "J01C", "Beta-lactam antibacterials, penicillins", "青霉素类");
  put(out_, R"(,"patient":)", subject(scene), R"(,"recordedDate":")", scene.at, R"(","recorder":)",
      scene.author->reference, R"(,"reaction":[{"manifestation":[{"text":"皮疹"}],"severity":"moderate"}])");
  end("AllergyIntolerance");
}

std::string Chart::care_team(const Scene& scene, Day start, const std::vector<const Staff*>& members) {
  std::string id = new_id('t', scene.place);
  begin("CareTeam", id);
  put(out_, R"(,"status":")", person_.end() < as_of_ ? "inactive" : "active", R"(","category":[)");
  put_concept(out_, systems::kService, "family-doctor", {}, "家庭医生签约");
  put(out_, R"(],"name":"家庭医生签约团队","subject":)", subject(scene), R"(,"period":{"start":")");
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
  begin("CarePlan", new_id('l', scene.place));
  put(out_, R"(,"status":")", person_.end() < as_of_ ? "completed" : "active",
      R"(","intent":"plan","category":[)");
  put_concept(out_, systems::kService, "chronic-care", {}, "慢性病健康管理");
  put(out_, R"(],"title":")", title, R"(","subject":)", subject(scene));
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
