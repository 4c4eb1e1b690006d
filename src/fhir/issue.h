// A fault of the data or of the request, as opposed to a failure of ours (any other exception).
// It becomes an OperationOutcome.issue (http://hl7.org/fhir/R4/operationoutcome.html) and changes nothing.
#pragma once
#include <cstdint>
#include <exception>
#include <string>
#include <string_view>
#include <vector>

namespace witmed::fhir {

enum class Severity : uint8_t { information, warning, error, fatal };
// As a code of http://hl7.org/fhir/R4/valueset-issue-severity.html.
constexpr std::string_view code_of(Severity severity) {
  constexpr std::string_view codes[] = {"information", "warning", "error", "fatal"};
  return codes[static_cast<size_t>(severity)];
}

struct Issue {
  Severity severity = Severity::error;
  const char* code = "invalid";  // issue-type, http://hl7.org/fhir/R4/valueset-issue-type.html; a literal
  std::string en, zh;            // what is wrong and what to do; zh may be empty, then en is shown
  std::string expression;        // FHIRPath of the place, "Patient.name[0].given", or empty
  uint32_t line = 0, column = 0; // place in the text that was sent, from 1; 0 = not known
  const char* rule = nullptr;    // which rule of ours found it, for programs: details.coding of urn:witmed:cs:finding; a literal
};

// What a refused request is told. The HTTP status is kept as a number because FHIR's REST page defines these
// outcomes by it (http://hl7.org/fhir/R4/http.html); other protocols map it to their own.
class Rejection : public std::exception {
 public:
  Rejection(int status, std::vector<Issue> issues) : status(status), issues(std::move(issues)) {}
  Rejection(int status, const char* code, std::string en, std::string zh = {})
      : status(status), issues{Issue{Severity::error, code, std::move(en), std::move(zh), {}, 0, 0}} {}
  const char* what() const noexcept override { return issues.empty() ? "rejected" : issues.front().en.c_str(); }

  int status;
  std::vector<Issue> issues;
};

}  // namespace witmed::fhir
