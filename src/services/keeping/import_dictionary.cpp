// Organization/$import and Practitioner/$import.
#include <map>

#include "services/identity/birth.h"
#include "services/identity/code_tables.h"
#include "services/identity/credit_code.h"
#include "services/identity/document.h"
#include "services/identity/name.h"
#include "services/keeping/find.h"
#include "services/keeping/import.h"
#include "services/keeping/keeping.h"
#include "services/keeping/kept.h"
#include "services/keeping/systems.h"

namespace witmed::keeping {
namespace {

using fhir::Severity;
using identity::ToldDate;

std::string field(const Fields& fields, std::string_view name) {
  const auto at = fields.find(name);
  return at == fields.end() ? std::string() : at->second;
}

class Numbers {
 public:
  void add(std::string_view system, const std::string& value, std::string& unique) {
    list.add(identifier(system, value));
    unique += unique.empty() ? "identifier=" : ",";
    append_token(unique, system, value);
  }
  Value list;
};

// The same number in an earlier line of the table.
void judge_twice(std::map<std::string, size_t>& seen, const Value& identifiers, size_t line, std::vector<fhir::Issue>& findings) {
  for (const Value& each : identifiers.items()) {
    const auto [at, first] = seen.emplace(std::string(each.text("system")) + "|" + std::string(each.text("value")), line);
    if (!first)
      findings.push_back(finding(Severity::error, "number-twice", "number", "the number stands in row " + std::to_string(at->second) + " as well",
                                 "号码与第 " + std::to_string(at->second) + " 条相同"));
  }
}

Value telecom(const std::string& phone) {
  return phone.empty() ? Value() : Value::list({Value::object({{"system", "phone"}, {"value", phone}})});
}

// An institution by its credit code: one that is stored, or of an earlier line.
std::string institution(const Request& request, const std::map<std::string, std::string>& before, const std::string& code) {
  if (const auto at = before.find(code); at != before.end()) return at->second;
  const auto list = found(request, "Organization", {{"identifier", std::string(systems::kCreditCode) + "|" + escaped(code)}}, 1);
  return list.empty() ? std::string() : list.front().id;
}

std::string day(const Fields& fields, std::string_view name, std::vector<fhir::Issue>& findings) {
  const auto date = identity::read_birth_date(field(fields, name));
  if (date.kind != ToldDate::empty && date.kind != ToldDate::day) findings.push_back(finding(Severity::error, "date", name, "this is no day", "日期应写成 年-月-日"));
  return date.date;
}

// Licence, sex, name: a Practitioner of a line.
Value practitioner_of(const Request& request, const Fields& fields, std::string& unique, std::vector<fhir::Issue>& findings) {
  const auto name = identity::read_name(field(fields, "name"));
  if (!name.fault_en.empty()) findings.push_back(finding(Severity::error, "name", "name", name.fault_en, name.fault_zh));
  const auto* sex = identity::sex_code(field(fields, "sex"));
  Numbers numbers;
  const std::string licence = field(fields, "licence"), kind = field(fields, "licence-kind");
  if (const std::string number = field(fields, "number"); !number.empty()) numbers.add(systems::kStaffNumber, number, unique);
  if (const std::string number = field(fields, "document"); !number.empty())
    numbers.add(systems::kResidentNumber, identity::read_document_number(*identity::document_kind("resident-id"), number).number, unique);
  Value qualification;
  if (!licence.empty() || !kind.empty()) {
    const std::string from = day(fields, "licence-from", findings), until = day(fields, "licence-until", findings);
    if (!until.empty() && until < request.today())
      findings.push_back(finding(Severity::warning, "licence-expired", "licence-until", "this licence has expired", "执业证书已过有效期"));
    Value period = from.empty() && until.empty() ? Value() : Value::object({{"start", from.empty() ? Value() : Value(from)}, {"end", until.empty() ? Value() : Value(until)}});
    qualification = Value::object({{"identifier", licence.empty() ? Value() : Value::list({identifier(systems::kLicence, licence)})},
                                   {"code", Value::object({{"text", kind.empty() ? "执业证书" : kind}})}, {"period", period}});
    if (!licence.empty()) numbers.add(systems::kLicence, licence, unique);
  }
  return Value::object({{"resourceType", "Practitioner"}, {"identifier", numbers.list}, {"active", Value(true)},
                        {"name", Value::list({Value::object({{"use", "official"}, {"text", name.text}})})}, {"telecom", telecom(field(fields, "phone"))},
                        {"gender", sex ? Value(sex->gender) : Value()}, {"qualification", qualification ? Value::list({qualification}) : Value()}});
}

}  // namespace

Plan import_institutions(const Request& request) {
  std::map<std::string, size_t> seen;
  std::map<std::string, std::string> made;  // by credit code
  size_t line = 1;
  return import_table(request, institution_columns(), [&](const Fields& fields, Change& change, std::vector<fhir::Issue>& findings) {
    ++line;
    std::string unique;
    Numbers numbers;
    const auto code = identity::read_credit_code(field(fields, "credit-code"));
    if (field(fields, "credit-code").empty())
      findings.push_back(finding(Severity::warning, "credit-code-missing", "credit-code", "no unified social credit code", "没有统一社会信用代码"));
    else
      numbers.add(systems::kCreditCode, code.code, unique);
    for (const auto& [name, system] : {std::pair{"licence", systems::kInstitutionLicence}, std::pair{"designation", systems::kDesignation}})
      if (const std::string number = field(fields, name); !number.empty()) numbers.add(system, number, unique);
    Value organization = Value::object({{"resourceType", "Organization"}, {"identifier", numbers.list}, {"active", Value(true)}, {"name", field(fields, "name")}});
    if (const std::string level = field(fields, "level"); !level.empty()) organization.set("type", Value::list({Value::object({{"text", level}})}));
    organization.set("telecom", telecom(field(fields, "phone")));
    if (const std::string address = field(fields, "address"); !address.empty())
      organization.set("address", Value::list({Value::object({{"text", address}, {"country", "CN"}})}));
    if (const std::string parent = field(fields, "parent"); !parent.empty()) {
      const std::string id = institution(request, made, parent);
      if (id.empty())
        findings.push_back(finding(Severity::error, "parent-unknown", "parent", "no institution has this code", "没有信用代码为 " + parent + " 的上级机构（上级应排在前面）"));
      else
        organization.set("partOf", reference("Organization", id));
    }
    judge_kept(request, organization);
    judge_twice(seen, numbers.list, line, findings);
    if (refused(request, findings)) return false;
    const std::string id = change.create("Organization", organization, unique);
    if (code.valid()) made[code.code] = id;
    return true;
  });
}

Plan import_staff(const Request& request) {
  std::map<std::string, size_t> seen;
  size_t line = 1;
  return import_table(request, staff_columns(), [&](const Fields& fields, Change& change, std::vector<fhir::Issue>& findings) {
    ++line;
    std::string unique;
    Value practitioner = practitioner_of(request, fields, unique, findings);
    judge_kept(request, practitioner);
    judge_twice(seen, practitioner.at("identifier"), line, findings);
    std::string employer;
    if (const std::string code = field(fields, "institution"); !code.empty()) {
      employer = institution(request, {}, code);
      if (employer.empty()) findings.push_back(finding(Severity::error, "institution-unknown", "institution", "no institution has this code", "没有信用代码为 " + code + " 的机构"));
    }
    if (refused(request, findings)) return false;
    const std::string name(practitioner.at("name").items().front().text("text"));
    const std::string id = change.create("Practitioner", std::move(practitioner), unique);
    if (employer.empty()) return true;
    const std::string department = field(fields, "department"), title = field(fields, "title");
    change.create("PractitionerRole", Value::object({{"resourceType", "PractitionerRole"}, {"active", Value(true)}, {"practitioner", reference("Practitioner", id, name)},
                                                     {"organization", reference("Organization", employer)},
                                                     {"code", title.empty() ? Value() : Value::list({Value::object({{"text", title}})})},
                                                     {"specialty", department.empty() ? Value() : Value::list({Value::object({{"text", department}})})}}));
    return true;
  });
}

}  // namespace witmed::keeping
