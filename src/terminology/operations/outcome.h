// Issues as HL7's terminology ecosystem writes them: an issue of an OperationOutcome with the id of its message and a code of
// http://hl7.org/fhir/tools/CodeSystem/tx-issue-type.
#pragma once
#include <exception>
#include <string>
#include <string_view>
#include <vector>

#include "fhir/issue.h"
#include "fhir/json/value.h"
#include "terminology/operations/message.h"

namespace witmed::terminology {

struct Finding {
  fhir::Severity severity = fhir::Severity::error;
  const char* code = "invalid";     // issue-type, a literal
  const char* kind = "invalid-data";  // tx-issue-type, a literal; empty: none
  std::string place;                // FHIRPath; empty: none
  std::string_view id;              // of the message
  std::string text;
};

class Findings {
 public:
  void add(Finding finding) { all_.push_back(std::move(finding)); }
  void add_if_new(Finding finding);  // by its text
  bool empty() const { return all_.empty(); }
  bool has_errors() const;
  const std::vector<Finding>& all() const { return all_; }
  std::vector<Finding>& all() { return all_; }
  fhir::Value outcome() const;  // OperationOutcome

 private:
  std::vector<Finding> all_;
};

// An operation that cannot be done: becomes an OperationOutcome with this status.
class Refusal : public std::exception {
 public:
  Refusal(int status, Finding finding, std::string diagnostics = {})
      : status(status), finding(std::move(finding)), diagnostics(std::move(diagnostics)) {}
  const char* what() const noexcept override { return finding.text.c_str(); }
  int status;
  Finding finding;
  std::string diagnostics;
  fhir::Value outcome() const;
};

}  // namespace witmed::terminology
