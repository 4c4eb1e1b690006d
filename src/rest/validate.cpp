// $validate (http://hl7.org/fhir/R4/resource-operation-validate.html): always 200, what was found is in the OperationOutcome.
#include "fhir/issue.h"
#include "fhir/json/document.h"
#include "fhir/json/member.h"
#include "rest/interactions.h"
#include "rest/outcome.h"

namespace witmed::rest {
namespace {

using fhir::Document;
using fhir::Issue;
using fhir::Node;

// What is to be validated, and how.
struct Asked {
  std::string text;                     // the resource
  Document::Place begins{1, 1};         // where it stands in what was sent
  std::string mode;                     // "create", "update", "delete", "profile" or empty
  std::vector<std::string> profiles;
};

bool known_mode(std::string_view mode) {
  return mode.empty() || mode == "create" || mode == "update" || mode == "delete" || mode == "profile";
}

// The body is the resource, or Parameters with resource, mode and profile.
bool take_parameters(const Document& document, Asked& asked) {
  if (text_of(document.root(), "resourceType") != "Parameters") return false;
  const Node list = document.root()["parameter"];
  if (!list || list.kind() != fhir::Kind::array) return false;
  bool ours = false;
  for (Node parameter : list) {
    if (parameter.kind() != fhir::Kind::object) continue;
    const std::string name = text_of(parameter, "name");
    const Node resource = parameter["resource"];
    ours = ours || (name == "resource" && resource) || name == "mode" || name == "profile";
    if (name == "resource" && resource) {
      asked.text = std::string(resource.raw());
      asked.begins = document.place(resource.offset());
    }
    if (name == "mode") asked.mode = text_of(parameter, "valueCode") + text_of(parameter, "valueString");
    if (name == "profile") {
      for (const char* key : {"valueUri", "valueCanonical", "valueUrl", "valueString"})
        if (std::string url = text_of(parameter, key); !url.empty()) asked.profiles.push_back(std::move(url));
    }
  }
  return ours;
}

void take_stored(const Call& call, Asked& asked) {
  const auto stored = call.api.record.read(call.access, call.route.type, call.route.id);
  if (!stored) throw fhir::Rejection(404, "not-found", "there is no such resource", "没有该资源");
  if (stored->removed()) throw fhir::Rejection(410, "deleted", "the resource was deleted", "该资源已删除");
  asked.text = *stored->text;
}

// What concerns the address and the mode.
void check_address(const Call& call, const Asked& asked, const Document& document, std::vector<Issue>& issues) {
  const auto add = [&](const char* rule, std::string en, std::string zh) {
    Issue issue{fhir::Severity::error, "value", std::move(en), std::move(zh), std::string(fhir::Definitions::r4().type(document.resource_type()).name), 1, 1};
    issue.rule = rule;
    issues.insert(issues.begin(), std::move(issue));
  };
  if (call.route.type && document.resource_type() && document.resource_type() != call.route.type)
    add("address-type", "the resource is of another type than the address", "资源类型与地址不一致");
  if (asked.mode != "update") return;
  const std::string id = document.root().kind() == fhir::Kind::object ? text_of(document.root(), "id") : std::string();
  if (id.empty())
    add("address-id", "an update needs the id in the resource", "更新时资源中要写明标识 id");
  else if (!call.route.id.empty() && id != call.route.id)
    add("address-id", "the id in the resource is not the id in the address", "资源中的标识与地址中的不一致");
}

std::vector<Issue> findings(const Call& call, const Asked& asked) {
  std::vector<Issue> issues;
  try {
    const Document document = Document::parse(asked.text);
    fhir::ValidateOptions options;
    options.against = asked.profiles;
    issues = call.api.record.validate(call.access, document, options);
    check_address(call, asked, document, issues);
  } catch (const fhir::Rejection& broken) {  // no JSON: that is the finding
    issues = broken.issues;
  }
  for (Issue& issue : issues) {
    if (issue.line == 1) issue.column += asked.begins.column - 1;
    if (issue.line) issue.line += asked.begins.line - 1;
  }
  return issues;
}

Answer validated(const Call& call) {
  Asked asked;
  if (call.body.empty()) {
    if (call.route.id.empty()) throw fhir::Rejection(400, "required", "the resource to validate is missing", "缺少要校验的资源");
  } else {
    try {
      if (!take_parameters(Document::parse(call.body), asked)) asked.text = call.body;
    } catch (const fhir::Rejection&) {
      asked.text = call.body;
    }
  }
  for (const auto& [name, value] : call.params) {
    if (name == "mode") asked.mode = value;
    if (name == "profile") asked.profiles.push_back(value);
  }
  if (!known_mode(asked.mode)) throw fhir::Rejection(400, "value", "mode is create, update, delete or profile", "mode 只能是 create、update、delete 或 profile");
  if (asked.text.empty() || asked.mode == "delete") {
    if (call.route.id.empty()) throw fhir::Rejection(400, "required", "the resource to validate is missing", "缺少要校验的资源");
    take_stored(call, asked);
  }
  const auto issues = asked.mode == "delete" ? std::vector<Issue>() : findings(call, asked);  // nothing here forbids to delete what is
  return Answer::of(200, outcome_text(issues, call.language));
}

}  // namespace

void validate(CallPtr call, Finish finish, Fail) { finish(validated(*call)); }

}  // namespace witmed::rest
