#include "terminology/operations/outcome.h"

#include <algorithm>

namespace witmed::terminology {
namespace {

using fhir::Value;

Value issue_of(const Finding& finding) {
  Value issue = Value::object();
  if (!finding.id.empty())
    issue.set("extension", Value::list({Value::object({{"url", "http://hl7.org/fhir/StructureDefinition/operationoutcome-message-id"},
                                                       {"valueString", Value(finding.id)}})}));
  issue.set("severity", code_of(finding.severity));
  issue.set("code", finding.code);
  Value details = Value::object();
  if (*finding.kind)
    details.set("coding", Value::list({Value::object(
                              {{"system", "http://hl7.org/fhir/tools/CodeSystem/tx-issue-type"}, {"code", finding.kind}})}));
  details.set("text", finding.text);
  issue.set("details", std::move(details));
  if (!finding.place.empty()) {
    issue.set("location", Value::list({Value(finding.place)}));  // the same, for clients that still look there
    issue.set("expression", Value::list({Value(finding.place)}));
  }
  return issue;
}

Value outcome_of(Value issues) {
  Value out = Value::object({{"resourceType", "OperationOutcome"}});
  out.set("issue", std::move(issues));
  return out;
}

}  // namespace

void Findings::add_if_new(Finding finding) {
  for (const Finding& each : all_)
    if (each.text == finding.text) return;
  add(std::move(finding));
}

bool Findings::has_errors() const {
  return std::any_of(all_.begin(), all_.end(), [](const Finding& each) { return each.severity == fhir::Severity::error; });
}

Value Findings::outcome() const {
  Value issues = Value::list();
  for (const Finding& each : all_) issues.add(issue_of(each));
  return outcome_of(std::move(issues));
}

Value Refusal::outcome() const {
  Value issue = issue_of(finding);
  if (!diagnostics.empty()) issue.set("diagnostics", diagnostics);
  return outcome_of(Value::list({std::move(issue)}));
}

}  // namespace witmed::terminology
