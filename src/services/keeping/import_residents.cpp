// Patient/$import: each line is a form as in $register.
#include <map>
#include <set>

#include "services/keeping/duplicates.h"
#include "services/keeping/import.h"
#include "services/keeping/keeping.h"
#include "services/keeping/resident.h"

namespace witmed::keeping {
namespace {

using fhir::Severity;

constexpr size_t kCandidates = 3;

// "青霉素、头孢" as items; "无" as told none.
std::vector<std::string> items_of(const std::string& text) {
  std::vector<std::string> items;
  std::string item;
  const auto end = [&] {
    if (!item.empty()) items.push_back(std::exchange(item, {}));
  };
  for (size_t i = 0; i < text.size();) {
    const std::string_view rest = std::string_view(text).substr(i);
    size_t mark = 0;
    for (std::string_view each : {"、", "，", "；", ",", ";", "|"})
      if (rest.starts_with(each)) mark = each.size();
    if (mark > 0) {
      end();
      i += mark;
    } else {
      item += text[i++];
    }
  }
  end();
  return items;
}

bool is_none(const std::string& text) { return text == "无" || text == "否" || text == "none" || text == "没有" || text == "无过敏史"; }

Value text_parameter(std::string_view name, const std::string& text) { return parameter(name, "valueString", text); }

// The form of a line: the parameters that a page would send.
Value form_of(const Fields& fields) {
  std::vector<Value> list;
  std::map<std::string, std::vector<Value>> grouped;
  for (const auto& [field, text] : fields) {
    const size_t dot = field.find('.');
    if (dot != std::string_view::npos) {
      grouped[std::string(field.substr(0, dot))].push_back(text_parameter(field.substr(dot + 1), text));
    } else if (field == "allergies" || field == "past-diseases") {
      if (is_none(text)) {
        list.push_back(text_parameter(field, "none"));
        continue;
      }
      const bool allergy = field == "allergies";
      for (const std::string& item : items_of(text))
        list.push_back(parts(allergy ? "allergy" : "history", {text_parameter(allergy ? "substance" : "disease", item)}));
    } else if (field == "consent") {
      list.push_back(text_parameter(field, text == "是" || text == "同意" ? "given" : text == "否" || text == "不同意" ? "refused" : text));
    } else {
      list.push_back(text_parameter(field, text));
    }
  }
  for (auto& [name, members] : grouped) list.push_back(parts(name, std::move(members)));
  return parameters(std::move(list));
}

}  // namespace

Plan import_residents(const Request& request) {
  std::map<std::string, size_t> numbers, people;  // of lines before this one
  size_t line = 1;
  return import_table(request, resident_columns(), [&](const Fields& fields, Change& change, std::vector<fhir::Issue>& findings) {
    ++line;
    Request row = request;
    row.parameters = form_of(fields);
    Form form = read_form(row);
    findings.insert(findings.end(), form.findings.begin(), form.findings.end());
    add_findings(row, candidates(row, form, {}, kCandidates), findings);
    for (const FormDocument& each : form.documents) {
      if (each.kind->code == "household-book") continue;
      const auto [at, first] = numbers.emplace(each.number.number, line);
      if (!first)
        findings.push_back(finding(Severity::error, "number-twice", "document", "the number stands in row " + std::to_string(at->second) + " as well",
                                   "与第 " + std::to_string(at->second) + " 条的证件号码相同"));
    }
    const auto [at, first] = people.emplace(form.name.text + "|" + form.birth.date, line);
    if (!first && !form.birth.date.empty())
      findings.push_back(finding(Severity::warning, "person-twice", "name", "name and birth date stand in row " + std::to_string(at->second) + " as well",
                                 "与第 " + std::to_string(at->second) + " 条的姓名、出生日期相同"));
    if (refused(request, findings)) return false;
    const std::string id = change.create("Patient", patient_of(form, row), unique_documents(form));
    create_belongings(change, row, form, id, form.name.text);
    return true;
  });
}

}  // namespace witmed::keeping
