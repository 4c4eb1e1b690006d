#include "services/keeping/resident.h"

#include "services/identity/resident_number.h"
#include "services/keeping/find.h"
#include "services/keeping/systems.h"

namespace witmed::keeping {
namespace {

using identity::ToldDate;

constexpr std::string_view kIdentifierType = "http://terminology.hl7.org/CodeSystem/v2-0203";

Value document_identifier(const FormDocument& document) {
  const identity::DocumentKind& kind = *document.kind;
  Value value =
      identifier(kind.system, document.number.number, kind.code == "resident-id" ? "official" : "secondary");
  Value type = kind.type.empty() ? Value::object({{"text", kind.zh}})
                                 : concept_of(kIdentifierType, kind.type, kind.zh);
  type.in("coding").add(
      Value::object({{"system", systems::kDocumentKind}, {"code", kind.code}, {"display", kind.en}}));
  value.set("type", type);
  if (!document.valid_until.empty()) value.set("period", Value::object({{"end", document.valid_until}}));
  return value;
}

void add_documents(Value& patient, const Form& form) {
  Value& list = patient.in("identifier");
  const auto add = [&](Value each) {
    for (const Value& kept : list.items())
      if (kept.text("system") == each.text("system") && kept.text("value") == each.text("value")) return;
    list.add(std::move(each));
  };
  for (const FormDocument& each : form.documents) {
    add(document_identifier(each));
    if (!each.number.first_generation) continue;
    // The old card's own number stays findable.
    if (auto old = identity::to_first_generation(each.number.number)) {
      Value value = identifier(each.kind->system, *old, "old");
      value.set("type", concept_of(kIdentifierType, each.kind->type, "15 位旧身份证号码"));
      add(value);
    }
  }
  const auto number = [&](std::string_view system, const std::string& value, std::string_view type,
                          std::string_view text) {
    if (value.empty()) return;
    Value each = identifier(system, value, "usual");
    each.set("type", concept_of(kIdentifierType, type, text));
    add(each);
  };
  number(systems::kHealthCard, form.health_card, "HC", "居民健康卡");
  number(systems::kInsurance, form.insurance, "HC", "医保卡");
  number(systems::kHealthRecord, form.health_record, "MR", "居民健康档案编号");
}

Value official_name(const identity::PersonName& name) {
  return Value::object({{"use", "official"},
                        {"text", name.text},
                        {"family", name.family.empty() ? Value() : Value(name.family)},
                        {"given", name.given.empty() ? Value() : Value::list({Value(name.given)})}});
}

// 无名氏 with the day and the clock, so that two of one day can be told apart by those who speak of them.
std::string made_name(const Form& form, const Request& request) {
  const std::string moment = request.moment();
  const std::string_view who = form.newborn ? "新生儿" : "无名氏";
  std::string name(who);
  constexpr std::string_view kDigits[] = {"〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
  for (char c : moment.substr(5, 2) + moment.substr(8, 2) + moment.substr(11, 2) + moment.substr(14, 2))
    name += kDigits[c - '0'];
  return name;
}

Value address_of(const Form& form) {
  if (form.address.empty() && form.village.empty() && form.county.empty() && form.grid.empty()) return {};
  Value address = Value::object(
      {{"use", "home"}, {"text", form.address.empty() ? Value() : Value(form.address)}, {"country", "CN"}});
  if (!form.village.empty()) address.set("line", Value::list({Value(form.village)}));
  const auto add = [&](std::string_view url, const std::string& text) {
    if (!text.empty()) set_extension(address, url, "valueString", text);
  };
  add(systems::kDivisionExt, form.county);
  add(systems::kVillageExt, form.village);
  add(systems::kGridExt, form.grid);
  return address;
}

void write_birth(Value& patient, const Form& form) {
  if (!form.birth.date.empty()) patient.set("birthDate", form.birth.date);
  if (form.birth.kind != ToldDate::lunar) return;
  Value told;
  set_extension(told, systems::kToldDateExt, "valueString", form.birth.text);
  patient.set("_birthDate", told);
}

void write_contacts(Value& patient, const Form& form) {
  Value phones, contacts;
  for (const std::string& phone : form.phones)
    phones.add(Value::object(
        {{"system", "phone"}, {"value", phone}, {"use", phone.starts_with("1") ? "mobile" : "home"}}));
  patient.set("telecom", phones);
  for (const FormContact& each : form.contacts) {
    Value contact = Value::object(
        {{"relationship",
          each.relationship.empty() ? Value() : Value::list({Value::object({{"text", each.relationship}})})},
         {"name", each.name.empty() ? Value() : Value::object({{"text", each.name}})}});
    if (!each.phone.empty())
      contact.set("telecom", Value::list({Value::object({{"system", "phone"}, {"value", each.phone}})}));
    contacts.add(contact);
  }
  patient.set("contact", contacts);
}

void write_marital_status(Value& patient, const std::string& text) {
  if (text.empty()) return;
  constexpr std::pair<std::string_view, std::string_view> kCodes[] = {
      {"未婚", "S"}, {"已婚", "M"}, {"丧偶", "W"}, {"离婚", "D"}};
  std::string_view code = "UNK";
  for (const auto& [word, each] : kCodes)
    if (text == word) code = each;
  patient.set("maritalStatus",
              concept_of(code == "UNK" ? "http://terminology.hl7.org/CodeSystem/v3-NullFlavor"
                                       : "http://terminology.hl7.org/CodeSystem/v3-MaritalStatus",
                         code, text));
}

void create_allergies(Change& change, const Request& request, const Form& form, const Value& subject) {
  const auto allergy = [&](Value code, Value reaction) {
    change.create(
        "AllergyIntolerance",
        Value::object(
            {{"resourceType", "AllergyIntolerance"},
             {"clinicalStatus",
              concept_of("http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical", "active")},
             {"verificationStatus",
              concept_of("http://terminology.hl7.org/CodeSystem/allergyintolerance-verification",
                         "unconfirmed")},
             {"code", std::move(code)},
             {"patient", subject},
             {"recordedDate", request.today()},
             {"reaction", std::move(reaction)}}));
  };
  if (form.allergies == Asked::none)
    allergy(concept_of("http://snomed.info/sct", "716186003", "无已知过敏"), {});
  for (const FormAllergy& each : form.allergy_list)
    allergy(Value::object({{"text", each.substance}}),
            each.reaction.empty()
                ? Value()
                : Value::list({Value::object(
                      {{"manifestation", Value::list({Value::object({{"text", each.reaction}})})}})}));
}

void create_history(Change& change, const Request& request, const Form& form, const Value& subject) {
  for (const FormHistory& each : form.history_list)
    change.create(
        "Condition",
        Value::object(
            {{"resourceType", "Condition"},
             {"clinicalStatus",
              concept_of("http://terminology.hl7.org/CodeSystem/condition-clinical", "active")},
             {"verificationStatus",
              concept_of("http://terminology.hl7.org/CodeSystem/condition-ver-status", "unconfirmed")},
             {"category", Value::list({concept_of("http://terminology.hl7.org/CodeSystem/condition-category",
                                                  "problem-list-item", "既往史（本人所述）")})},
             {"code", Value::object({{"text", each.disease}})},
             {"subject", subject},
             {"onsetDateTime", each.year.empty() ? Value() : Value(each.year)},
             {"recordedDate", request.today()}}));
}

}  // namespace

std::string unique_documents(const Form& form) {
  std::string values;
  const auto add = [&](std::string_view system, std::string_view value) {
    values += values.empty() ? "" : ",";
    append_token(values, system, value);
  };
  for (const FormDocument& each : form.documents) {
    if (each.kind->code == "household-book") continue;  // the whole household has it
    add(each.kind->system, each.number.number);
    if (each.kind->code == "resident-id")
      if (auto old = identity::to_first_generation(each.number.number)) add(each.kind->system, *old);
  }
  return values.empty() ? values : "identifier=" + values;
}

Value patient_of(const Form& form, const Request& request) {
  Value patient = Value::object({{"resourceType", "Patient"}, {"active", Value(true)}});
  if (form.name.text.empty()) {
    const std::string moment = request.moment();
    patient.set("name", Value::list({Value::object({{"use", "temp"}, {"text", made_name(form, request)}})}));
  } else {
    patient.set("name", Value::list({official_name(form.name)}));
  }
  add_documents(patient, form);
  if (form.sex) patient.set("gender", form.sex->gender);
  write_birth(patient, form);
  write_contacts(patient, form);
  patient.set("address", address_of(form) ? Value::list({address_of(form)}) : Value());
  write_marital_status(patient, form.marital_status);
  if (form.nationality)
    set_extension(patient, systems::kEthnicityExt, "valueCodeableConcept",
                  concept_of(systems::kNationality, form.nationality->code, form.nationality->zh));
  const std::string_view status = form.unknown_person      ? "unknown"
                                  : form.newborn           ? "newborn"
                                  : form.documents.empty() ? "told"
                                                           : "document";
  set_extension(patient, systems::kIdentityExt, "valueCode", status);
  if (!form.description.empty())
    set_extension(patient, systems::kDescriptionExt, "valueString", form.description);
  if (!form.organization.empty())
    patient.set("managingOrganization", reference("Organization", id_of("Organization", form.organization)));
  if (patient.at("identifier").items().empty()) patient.remove("identifier");
  return patient;
}

void identify_patient(Value& patient, const Form& form, const Request& request) {
  if (!form.name.text.empty()) {
    Value names = Value::list({official_name(form.name)});
    for (Value each : patient.at("name").items()) {
      if (each.text("text") == form.name.text) continue;
      if (each.text("use") == "official" || each.text("use") == "temp" || each.text("use").empty()) {
        each.set("use", "old");
        each.set("period", Value::object({{"end", request.today()}}));
      }
      names.add(each);
    }
    patient.set("name", names);
  }
  add_documents(patient, form);
  if (patient.at("identifier").items().empty()) patient.remove("identifier");
  if (form.sex) patient.set("gender", form.sex->gender);
  if (form.birth.kind != ToldDate::empty || !form.birth.date.empty()) {
    patient.remove("_birthDate");
    write_birth(patient, form);
  }
  if (!form.phones.empty() || !form.contacts.empty()) write_contacts(patient, form);
  if (const Value address = address_of(form)) patient.set("address", Value::list({address}));
  if (form.nationality)
    set_extension(patient, systems::kEthnicityExt, "valueCodeableConcept",
                  concept_of(systems::kNationality, form.nationality->code, form.nationality->zh));
  set_extension(patient, systems::kIdentityExt, "valueCode", form.documents.empty() ? "told" : "document");
}

void join_household(Change& change, const Request& request, const std::string& number,
                    const std::string& role, const std::string& patient, std::string_view name) {
  const std::string token = std::string(systems::kHousehold) + "|" + escaped(number);
  Value member = Value::object({{"entity", reference("Patient", patient, name)},
                                {"period", Value::object({{"start", request.today()}})}});
  if (!role.empty()) set_extension(member, systems::kHouseholdRoleExt, "valueString", role);
  if (change.amend(token, [&](Value& group) { group.in("member").add(member); })) return;
  const auto existing = found(request, "Group", {{"identifier", token}}, 1);
  if (!existing.empty()) {
    Value group = Value::parse(*existing.front().text);
    group.in("member").add(member);
    change.update(existing.front(), std::move(group));
    return change.call_last(token);
  }
  std::string unique = "identifier=";
  append_token(unique, systems::kHousehold, number);
  change.create("Group",
                Value::object({{"resourceType", "Group"},
                               {"identifier", Value::list({identifier(systems::kHousehold, number)})},
                               {"active", Value(true)},
                               {"type", "person"},
                               {"actual", Value(true)},
                               {"code", concept_of(systems::kGroup, "household", "家庭")},
                               {"name", "户 " + number},
                               {"member", Value::list({member})}}),
                unique);
  change.call_last(token);
}

void create_belongings(Change& change, const Request& request, const Form& form, const std::string& patient,
                       std::string_view name) {
  const Value subject = reference("Patient", patient, name);
  if (!form.household.empty())
    join_household(change, request, form.household, form.household_role, patient, name);
  if (form.consent)
    change.create(
        "Consent",
        Value::object(
            {{"resourceType", "Consent"},
             {"status", *form.consent ? "active" : "rejected"},
             {"scope", concept_of("http://terminology.hl7.org/CodeSystem/consentscope", "patient-privacy")},
             {"category", Value::list({Value::object({{"text", "建立居民健康档案"}})})},
             {"patient", subject},
             {"dateTime", request.today()},
             {"policyRule", Value::object({{"text", *form.consent ? "同意建立居民健康档案"
                                                                  : "不同意建立居民健康档案"}})}}));
  if (form.consent && !*form.consent) return;  // refused: nothing about health is kept
  create_allergies(change, request, form, subject);
  create_history(change, request, form, subject);
}

}  // namespace witmed::keeping
