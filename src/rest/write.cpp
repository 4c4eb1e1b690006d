// create, update, delete and their conditional forms (http://hl7.org/fhir/R4/http.html#create, #update,
// #delete).
#include "base/limits.h"
#include "fhir/issue.h"
#include "rest/interactions.h"
#include "rest/outcome.h"

namespace witmed::rest {
namespace {

using fhir::Rejection;
using record::Operation;

void commit_one(const CallPtr& call, Operation operation, Finish finish, Fail fail) {
  operation.type = call->route.type;
  operation.lenient = call->prefer.lenient;
  operation.base = call->base;
  std::vector<Operation> operations;
  operations.push_back(std::move(operation));
  call->api.record.commit(
      call->access, std::move(operations),
      [call, finish = std::move(finish), fail = std::move(fail)](record::Record::Outcome outcome) {
        if (outcome.failure) return fail(outcome.failure);
        if (outcome.rejection) return fail(std::make_exception_ptr(*std::move(outcome.rejection)));
        finish(written(*call, outcome.results.at(0)));
      });
}

// The criteria of a conditional update or delete: the address's own query, without what only concerns the
// answer.
std::string criteria(const Call& call) {
  Params kept;
  for (const auto& param : call.params)
    if (param.first != "_format" && param.first != "_pretty") kept.push_back(param);
  if (kept.empty())
    throw Rejection(400, "required", "a conditional update or delete needs search criteria in its address",
                    "条件更新或条件删除必须在地址中给出检索条件");
  std::string text;
  append_params(text, kept);
  return text;
}

}  // namespace

Answer written(const Call& call, const record::OperationResult& result) {
  Answer answer;
  answer.status = result.status;
  answer.version = result.version.version;
  answer.time = result.version.time;
  if (!result.version.removed() && result.version.version != 0) {
    std::string_view type = fhir::Definitions::r4().type(result.version.type).name;
    answer.location.reserve(call.base.size() + type.size() + result.version.id.size() + 24);
    answer.location.append(call.base).append("/").append(type).append("/").append(result.version.id);
    answer.location.append("/_history/").append(std::to_string(result.version.version));
  }
  switch (call.prefer.answer) {
    case Preferences::Return::unset:
    case Preferences::Return::representation:
      if (!result.version.removed()) answer.body = result.version.text;
      break;
    case Preferences::Return::outcome:
      answer.body = std::make_shared<const std::string>(outcome_text({}, call.language));
      break;
    case Preferences::Return::minimal: break;
  }
  if (answer.status == 204 && answer.body) answer.status = 200;
  return answer;
}

void create(CallPtr call, Finish finish, Fail fail) {
  Operation operation;
  operation.verb = Operation::Verb::create;
  operation.body = std::move(call->body);
  if (!call->if_none_exist.empty()) operation.condition = call->if_none_exist;
  commit_one(call, std::move(operation), std::move(finish), std::move(fail));
}

void update(CallPtr call, Finish finish, Fail fail) {
  Operation operation;
  operation.verb = Operation::Verb::update;
  operation.id = call->route.id;
  operation.if_match = if_match_version(*call);
  if (operation.id.empty()) operation.condition = criteria(*call);
  operation.body = std::move(call->body);
  commit_one(call, std::move(operation), std::move(finish), std::move(fail));
}

void remove(CallPtr call, Finish finish, Fail fail) {
  Operation operation;
  operation.verb = Operation::Verb::remove;
  operation.id = call->route.id;
  operation.if_match = if_match_version(*call);
  if (operation.id.empty()) operation.condition = criteria(*call);
  commit_one(call, std::move(operation), std::move(finish), std::move(fail));
}

}  // namespace witmed::rest
