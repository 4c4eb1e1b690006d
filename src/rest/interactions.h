// The interactions of the RESTful API, a file each, and the table that finds them by shape of address and
// method.
#pragma once
#include <functional>
#include <span>
#include <string_view>

#include "rest/api.h"
#include "rest/call.h"
#include "services/operation.h"

namespace witmed::rest {

using CallPtr = std::shared_ptr<Call>;
// Called exactly once, from any thread.
using Finish = std::function<void(Answer)>;
// Where a write ends that was refused or that failed; throws on behalf of the writer's thread.
using Fail = std::function<void(std::exception_ptr)>;

// Reads answer at once; they throw Rejection.
Answer read(const Call& call);
Answer version_read(const Call& call);
Answer history(const Call& call);
Answer search(const Call& call);
Answer everything(const Call& call);
Answer lastn(const Call& call);
Answer search_parameter_status(const Call& call);
Answer metadata(const Call& call);
Answer versions(const Call& call);
Answer overview(const Call& call);
Answer summary_pdf(const Call& call);
Answer terminology(const Call& call);
std::string terminology_capabilities(const Call& call);  // for metadata?mode=terminology

// Writes answer when the change is on disk; they throw Rejection before, or give it to `fail` after.
void create(CallPtr call, Finish finish, Fail fail);
void update(CallPtr call, Finish finish, Fail fail);
void remove(CallPtr call, Finish finish, Fail fail);
void bundle(CallPtr call, Finish finish, Fail fail);
// An operation of a service (services/operation.h), found again by the call's route.
void operate(CallPtr call, Finish finish, Fail fail);
void validate(CallPtr call, Finish finish, Fail fail);  // changes nothing, but reads a body

// Where an answer is made. A search usually takes less time than it takes to wake another thread: it is begun on the connection's
// own, and given to the pool only when it is not done soon.
enum class Place : uint8_t { here, here_if_brief, pool };

// A row a method at an address. Operations have a row each; `type` and `level` say where they stand.
struct Interaction {
  Shape shape;
  std::string_view method;
  std::string_view name;       // in metrics and log: "search-type"
  std::string_view operation;  // "$everything"; empty otherwise
  Answer (*read)(const Call&);
  void (*write)(CallPtr, Finish, Fail);
  Place place;
  bool form;                                          // parameters come in the body too
  std::string_view type = {};                         // of an operation: "Patient"; empty = any
  services::Level level = services::Level::instance;  // of an operation
  std::string_view definition = {};                   // of an operation: its canonical url
  std::string_view produces = {};                     // media type of the answer; empty = FHIR JSON
  bool reads_json = false;                            // a reading operation whose parameters may come as a resource
};
std::span<const Interaction> interactions();
// The service's operation that a route names; nullptr when it names none.
const services::Operation* find_service(const Route& route);
// Throws Rejection: 405 (the address exists, `allow` says for which methods), 501 (unknown operation, PATCH).
const Interaction& find_interaction(const Route& route, std::string_view method, std::string& allow);

// The operation of a write as the record understands it, before verb-specific parts (create, update, delete,
// Bundle entries).
Answer written(const Call& call, const record::OperationResult& result);

}  // namespace witmed::rest
