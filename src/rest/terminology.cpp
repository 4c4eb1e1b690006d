// The terminology operations over HTTP, GET and POST: their parameters in, their answer out.
#include "fhir/issue.h"
#include "rest/interactions.h"
#include "services/terminology/follower.h"

namespace witmed::rest {
namespace {

using terminology::Operation;

struct Named {
  std::string_view type, operation;
  Operation is;
};
constexpr Named kNames[] = {
    {"CodeSystem", "$lookup", Operation::lookup},
    {"CodeSystem", "$validate-code", Operation::validate_in_system},
    {"CodeSystem", "$subsumes", Operation::subsumes},
    {"CodeSystem", "$find-matches", Operation::find_matches},
    {"CodeSystem", "$batch-validate-code", Operation::batch_validate},
    {"ValueSet", "$expand", Operation::expand},
    {"ValueSet", "$validate-code", Operation::validate_in_set},
    {"ValueSet", "$batch-validate-code", Operation::batch_validate},
    {"ConceptMap", "$translate", Operation::translate},
    {"", "$closure", Operation::closure},  // of the system
};

Operation operation_of(const Route& route) {
  const std::string_view type = route.type == 0 ? std::string_view() : fhir::Definitions::r4().type(route.type).name;
  for (const Named& each : kNames)
    if (each.type == type && each.operation == route.operation) return each.is;
  throw fhir::Rejection(501, "not-supported", "this operation is not provided here", "本服务器没有提供该操作");
}

}  // namespace

Answer terminology(const Call& call) {
  terminology::Question question;
  question.operation = operation_of(call.route);
  fhir::Value body;
  if (!call.body.empty()) {
    body = fhir::Value::parse(call.body);
    if (body.text("resourceType") == "Parameters") question.input = terminology::Input(body);
    else if (!body.text("resourceType").empty()) question.resource = &body;
    else throw fhir::Rejection(400, "invalid", "the body of an operation is a Parameters resource", "操作的正文应为 Parameters 资源");
  }
  for (const auto& [name, value] : call.params)
    if (!name.starts_with('_')) question.input.add(name, value);
  question.id = call.route.id;
  question.accept_language = call.accept_language;
  question.deadline = call.access.deadline;
  const terminology::Reply reply = call.api.terminology.current().answer(question);
  return Answer::of(reply.status, reply.body.json());
}

}  // namespace witmed::rest
