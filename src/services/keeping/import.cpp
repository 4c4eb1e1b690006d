#include "services/keeping/import.h"

#include <algorithm>

#include "base/id.h"
#include "services/keeping/form.h"
#include "services/keeping/keeping.h"
#include "services/keeping/systems.h"

namespace witmed::keeping {
namespace {

using fhir::Rejection;
using fhir::Severity;

struct Heading {
  std::vector<const Column*> columns;  // of each field of a row; nullptr = not taken
  std::vector<Value> unknown;
};

Heading read_heading(const Csv& csv, std::span<const Column> columns) {
  Heading heading;
  for (const std::string& text : csv.columns) {
    const Column* column = column_of(columns, text);
    if (column && std::find(heading.columns.begin(), heading.columns.end(), column) != heading.columns.end()) column = nullptr;
    heading.columns.push_back(column);
    if (!column && !text.empty()) heading.unknown.push_back(parameter("column-unknown", "valueString", text));
  }
  if (std::all_of(heading.columns.begin(), heading.columns.end(), [](const Column* each) { return !each; }))
    throw Rejection(422, "structure", "none of the columns is known: the first row holds their names", "没有认出任何一列：第一行应为列名，如“姓名”“性别”");
  return heading;
}

Fields fields_of(const Heading& heading, const CsvRow& row) {
  Fields fields;
  for (size_t i = 0; i < row.fields.size() && i < heading.columns.size(); ++i)
    if (heading.columns[i] && !row.fields[i].empty()) fields[heading.columns[i]->field] = row.fields[i];
  return fields;
}

// A spreadsheet turns long numbers into 1.10105E+17 and loses their end.
void find_spoilt_numbers(const Fields& fields, std::vector<fhir::Issue>& findings) {
  for (const auto& [field, text] : fields) {
    const size_t e = text.find_first_of("Ee");
    const bool spoilt = text.size() >= 5 && e != std::string::npos && e + 1 < text.size() && text[e + 1] == '+' &&
                        text.find_first_not_of("0123456789.Ee+") == std::string::npos;
    if (spoilt)
      findings.push_back(finding(Severity::error, "number-spoilt", field, "the spreadsheet has cut this number: format the column as text and fill it in again",
                                 "表格软件已把长号码变成科学计数，末几位已丢失；请把该列设为“文本”后重新填写"));
  }
}

Value line_parameter(uint32_t line, bool written, std::vector<fhir::Issue> findings) {
  const bool taken = std::any_of(findings.begin(), findings.end(), [](const auto& each) { return std::string_view(each.code) == "duplicate" && each.severity == Severity::error; });
  std::vector<Value> list = {parameter("number", "valueInteger", Value::number(line)), parameter("status", "valueCode", written ? "good" : taken ? "there-already" : "faulty")};
  for (Value& each : finding_parameters(findings)) list.push_back(std::move(each));
  return parts("line", std::move(list));
}

}  // namespace

fhir::Issue finding(Severity severity, const char* rule, std::string_view field, std::string en, std::string zh) {
  fhir::Issue issue{severity, "value", std::move(en), std::move(zh), std::string(field), 0, 0};
  issue.rule = rule;
  return issue;
}

bool refused(const Request& request, const std::vector<fhir::Issue>& findings) {
  const bool agreed = request.truth("accept-warnings");
  return std::any_of(findings.begin(), findings.end(),
                     [&](const auto& each) { return each.severity == Severity::error || (each.severity == Severity::warning && !agreed); });
}

Plan import_table(const Request& request, std::span<const Column> columns, const TakeLine& take) {
  const Csv csv = read_csv(request.value("csv").text(), kImportRows);
  if (!csv.fault_en.empty()) throw Rejection(422, "structure", csv.fault_en, csv.fault_zh);
  const Heading heading = read_heading(csv, columns);
  const std::string given = request.text("import"), import = given.empty() ? new_id() : given;

  Change change(request, {"import", "导入"});
  change.tag(systems::kImport, import);
  std::vector<Value> out = heading.unknown;
  size_t good = 0;
  for (const CsvRow& row : csv.rows) {
    std::vector<fhir::Issue> findings;
    const Fields fields = fields_of(heading, row);
    find_spoilt_numbers(fields, findings);
    bool written = false;
    try {
      written = take(fields, change, findings);
    } catch (const Rejection& rejection) {
      for (fhir::Issue issue : rejection.issues) {
        if (!issue.rule) issue.rule = "refused";
        if (issue.expression.empty()) issue.expression = "name";
        findings.push_back(std::move(issue));
      }
    }
    good += written;
    out.push_back(line_parameter(row.line, written, std::move(findings)));
  }
  out.insert(out.begin(), {parameter("import", "valueString", import), parameter("lines", "valueInteger", Value::number(static_cast<int64_t>(csv.rows.size()))),
                           parameter("good", "valueInteger", Value::number(static_cast<int64_t>(good)))});
  const bool store = !request.truth("preview") && good > 0;
  Plan plan = store ? change.plan({}) : Plan{};
  plan.answer = [answer = parameters(std::move(out))](const auto&) { return answer; };
  return plan;
}

}  // namespace witmed::keeping
