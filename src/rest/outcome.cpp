#include "rest/outcome.h"

#include "base/text.h"

namespace witmed::rest {
namespace {

constexpr size_t kIssuesShown = 100;

void append_issue(std::string& out, const fhir::Issue& issue, Language language) {
  bool chinese = language == Language::zh && !issue.zh.empty();
  out += R"({"severity":")";
  out += code_of(issue.severity);
  out += R"(","code":")";
  out += issue.code;
  out += R"(","details":{)";
  if (issue.rule) out.append(R"("coding":[{"system":"urn:witmed:cs:finding","code":")").append(issue.rule).append("\"}],");
  out += R"("text":)";
  append_json_string(out, chinese ? issue.zh : issue.en);
  out += '}';
  if (chinese && !issue.en.empty()) {
    out += R"(,"diagnostics":)";
    append_json_string(out, issue.en);
  }
  if (issue.line != 0) {
    out += R"(,"location":["line )" + std::to_string(issue.line) + ", column " +
           std::to_string(issue.column) + "\"]";
  }
  if (!issue.expression.empty()) {
    out += R"(,"expression":[)";
    append_json_string(out, issue.expression);
    out += ']';
  }
  out += '}';
}

}  // namespace

std::string outcome_text(std::span<const fhir::Issue> issues, Language language) {
  std::string out = R"({"resourceType":"OperationOutcome","issue":[)";
  size_t shown = std::min(issues.size(), kIssuesShown);
  for (size_t i = 0; i < shown; ++i) {
    if (i > 0) out += ',';
    append_issue(out, issues[i], language);
  }
  if (shown == 0)
    append_issue(out, {fhir::Severity::information, "informational", "all is well", "操作成功", {}, 0, 0},
                 language);
  return out += "]}";
}

std::string failure_text(std::string_view request_id, Language language) {
  std::string id(request_id);
  fhir::Issue issue{fhir::Severity::fatal,
                    "exception",
                    "the server failed; nothing is known to have changed. Tell its operator the number " + id,
                    "服务器内部故障；请将编号 " + id + " 告知运维人员",
                    {},
                    0,
                    0};
  return outcome_text({&issue, 1}, language);
}

}  // namespace witmed::rest
