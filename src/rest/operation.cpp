// Operations of services: parameters from the body, one commit, the answer
// (http://hl7.org/fhir/R4/operations.html).
#include "base/clock.h"
#include "fhir/issue.h"
#include "rest/interactions.h"
#include "services/terminology/follower.h"

namespace witmed::rest {
namespace {

services::Request request_of(Call& call) {
  services::Request request{call.api.record, call.access};
  request.type = call.route.type;
  request.id = call.route.id;
  request.now = wall_micros();
  request.zone_minutes = call.api.record.settings().zone_minutes;
  request.terminology = call.api.terminology.current().library();
  if (call.body.empty()) return request;
  fhir::Value body = fhir::Value::parse(call.body);
  if (body.kind() != fhir::Kind::object || body.text("resourceType").empty())
    throw fhir::Rejection(400, "invalid", "the body of an operation is a Parameters resource",
                          "操作的正文应为 Parameters 资源");
  (body.text("resourceType") == "Parameters" ? request.parameters : request.resource) = std::move(body);
  return request;
}

Answer answer_of(const services::Plan& plan, const std::vector<record::OperationResult>& results) {
  return Answer::of(200, plan.answer(results).json());
}

}  // namespace

void operate(CallPtr call, Finish finish, Fail fail) {
  auto plan = std::make_shared<services::Plan>(find_service(call->route)->plan(request_of(*call)));
  if (plan->writes.empty()) return finish(answer_of(*plan, {}));
  auto writes = std::move(plan->writes);
  const auto done = [call, plan, finish = std::move(finish),
                     fail = std::move(fail)](record::Record::Outcome outcome) {
    if (outcome.failure) return fail(outcome.failure);
    if (outcome.rejection) return fail(std::make_exception_ptr(*std::move(outcome.rejection)));
    try {
      finish(answer_of(*plan, outcome.results));
    } catch (...) {
      fail(std::current_exception());
    }
  };
  call->api.record.commit(call->access, std::move(writes), done);
}

}  // namespace witmed::rest
