// batch and transaction (http://hl7.org/fhir/R4/http.html#transaction). Writes go to the record as one commit
// or as a batch; reads are done after it, so that they see it.
#include <algorithm>

#include "rest/bundle_request.h"
#include "rest/bundle_writer.h"
#include "rest/interactions.h"
#include "rest/outcome.h"

namespace witmed::rest {
namespace {

using fhir::Rejection;
using record::Operation;

int rank(const std::string& method) {
  return method == "DELETE" ? 0 : method == "POST" ? 1 : method == "PUT" ? 2 : 3;
}

// A Bundle while it is worked on: entries and, in the same places, what came of them.
struct Work {
  CallPtr call;
  BundleRequest request;
  std::vector<size_t> writes;  // entries in the order of their operations
  std::vector<Answer> answers;
  std::vector<std::string> outcomes;
  Finish finish;
  Fail fail;
};

std::unique_ptr<Call> call_for(const Call& whole, const BundleEntry& entry) {
  auto call = std::make_unique<Call>(whole.api);
  call->route = entry.route;
  read_params(entry.query, call->params);
  call->prefer = whole.prefer;
  call->language = whole.language;
  call->base = whole.base;
  call->access = whole.access;
  call->if_match = entry.if_match;
  call->if_none_match = entry.if_none_match;
  call->if_modified_since = entry.if_modified_since;
  return call;
}

Operation operation_for(const Call& whole, BundleEntry& entry) {
  Operation operation;
  operation.verb = entry.method == "DELETE" ? Operation::Verb::remove
                   : entry.method == "PUT"  ? Operation::Verb::update
                                            : Operation::Verb::create;
  operation.type = entry.route.type;
  operation.id = entry.route.id;
  operation.body = std::move(entry.body);
  operation.full_url = entry.full_url;
  operation.lenient = whole.prefer.lenient;
  operation.base = whole.base;
  if (entry.method == "POST" && !entry.if_none_exist.empty()) operation.condition = entry.if_none_exist;
  if (entry.method != "POST" && entry.route.id.empty()) operation.condition = entry.query;
  operation.if_match = if_match_version(*call_for(whole, entry));
  return operation;
}

void refuse(Work& work, size_t index, const Rejection& rejection) {
  work.answers[index].status = rejection.status;
  work.outcomes[index] = outcome_text(rejection.issues, work.call->language);
}

std::vector<Operation> gather_writes(Work& work) {
  auto& entries = work.request.entries;
  for (size_t i = 0; i < entries.size(); ++i) {
    if (entries[i].refused)
      refuse(work, i, *entries[i].refused);
    else if (rank(entries[i].method) < 3)
      work.writes.push_back(i);
  }
  std::stable_sort(work.writes.begin(), work.writes.end(),
                   [&](size_t a, size_t b) { return rank(entries[a].method) < rank(entries[b].method); });
  std::vector<Operation> operations;
  std::vector<size_t> kept;
  for (size_t index : work.writes) {
    try {
      operations.push_back(operation_for(*work.call, entries[index]));
      kept.push_back(index);
    } catch (const Rejection& rejection) {
      if (work.request.transaction) throw;
      refuse(work, index, rejection);
    }
  }
  work.writes = std::move(kept);
  return operations;
}

void take_results(Work& work, std::vector<record::OperationResult>& results) {
  Call plain(work.call->api);
  plain.base = work.call->base;
  plain.language = work.call->language;
  plain.prefer = work.call->prefer;
  if (plain.prefer.answer == Preferences::Return::unset) plain.prefer.answer = Preferences::Return::minimal;
  for (size_t i = 0; i < work.writes.size(); ++i) {
    size_t index = work.writes[i];
    record::OperationResult& result = results.at(i);
    if (result.refused)
      refuse(work, index, Rejection(result.status, std::move(*result.refused)));
    else
      work.answers[index] = written(plain, result);
  }
}

void do_reads(Work& work) {
  auto& entries = work.request.entries;
  for (size_t i = 0; i < entries.size(); ++i) {
    if (entries[i].refused || rank(entries[i].method) < 3) continue;
    try {
      auto call = call_for(*work.call, entries[i]);
      std::string allow;
      const Interaction& interaction = find_interaction(call->route, "GET", allow);
      work.answers[i] = interaction.read(*call);
      if (entries[i].method == "HEAD") work.answers[i].body = nullptr;
    } catch (const Rejection& rejection) {
      refuse(work, i, rejection);
    }
  }
}

Answer assemble(const Work& work) {
  size_t bytes = 0;
  for (size_t i = 0; i < work.answers.size(); ++i)
    bytes += 200 + (work.answers[i].body ? work.answers[i].body->size() : 0) + work.outcomes[i].size();
  BundleWriter writer(work.call->base, work.request.transaction ? "transaction-response" : "batch-response",
                      bytes);
  for (size_t i = 0; i < work.answers.size(); ++i) {
    const Answer& answer = work.answers[i];
    std::string_view body = answer.body ? std::string_view(*answer.body) : std::string_view();
    writer.answer({answer.status, body, work.outcomes[i], answer.location, answer.version, answer.time});
  }
  return Answer::of(200, writer.finish());
}

void conclude(const std::shared_ptr<Work>& work) {
  try {
    do_reads(*work);
    work->finish(assemble(*work));
  } catch (...) {
    work->fail(std::current_exception());
  }
}

void on_committed(const std::shared_ptr<Work>& work, record::Record::Outcome& outcome) {
  if (outcome.failure) return work->fail(outcome.failure);
  if (outcome.rejection) return work->fail(std::make_exception_ptr(*std::move(outcome.rejection)));
  take_results(*work, outcome.results);
  // The writer's thread must not wait for reads. When the pool is full the answer still has to be given.
  if (!work->call->api.pool.post([work] { conclude(work); })) conclude(work);
}

}  // namespace

void bundle(CallPtr call, Finish finish, Fail fail) {
  auto work = std::make_shared<Work>();
  work->request = read_bundle(call->body, call->base);
  work->call = std::move(call);
  work->finish = std::move(finish);
  work->fail = std::move(fail);
  work->answers.resize(work->request.entries.size());
  work->outcomes.resize(work->request.entries.size());
  std::vector<Operation> operations = gather_writes(*work);
  if (operations.empty()) return conclude(work);
  auto done = [work](record::Record::Outcome outcome) { on_committed(work, outcome); };
  record::Record& record = work->call->api.record;
  if (work->request.transaction)
    record.commit(work->call->access, std::move(operations), done);
  else
    record.batch(work->call->access, std::move(operations), done);
}

}  // namespace witmed::rest
