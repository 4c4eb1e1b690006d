// One act of keeping: what it creates and changes, and the Provenance that says who did it, when and why.
// Targets name the versions that the act made, so that it can be undone as long as nothing has changed since.
#pragma once
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "services/operation.h"

namespace witmed::keeping {

using fhir::Value;
using services::Plan;
using services::Request;

// The act as code and words: {"move-out", "迁出"}.
struct Act {
  std::string_view code, zh;
};

class Change {
 public:
  // `reason` and `by` come from the request's parameters of these names.
  Change(const Request& request, Act act);

  // The id is the resource's when it has one (made by new_id()), else a new one is put in; returns it.
  // `unique`: a search ("identifier=a|1,b|2") that must find nothing.
  std::string create(std::string_view type, Value resource, std::string unique = {});
  // `resource` replaces the version that was read; refused when there is a newer one by then (412).
  void update(const record::Version& read, Value resource);
  void remove(const record::Version& read);
  // What the act stands on: "Provenance/x", "Patient/x/_history/2".
  void stands_on(std::string_view role, std::string reference);
  void tag(std::string_view system, std::string_view code);  // of the Provenance
  void say(std::string reason);                              // beside the request's
  size_t size() const { return writes_.size(); }
  // The last write under a name of the caller's, to be changed again by what follows in the same act.
  void call_last(std::string key);
  bool amend(const std::string& key, const std::function<void(Value&)>& edit);  // false when there is none

  // Answers with Parameters: a `resource` parameter for each resource written, under the names given here in
  // order (further ones are left out), and `provenance`.
  Plan plan(std::vector<std::string> names);

 private:
  void target(std::string_view type, std::string_view id, uint64_t version);

  const Request& request_;
  Act act_;
  std::string provenance_;
  std::vector<record::Operation> writes_;
  std::map<std::string, size_t> called_;
  Value targets_, entities_, tags_, reasons_;
};

// Pieces of resources.
Value reference(std::string_view type, std::string_view id, std::string_view display = {});
Value concept_of(std::string_view system, std::string_view code, std::string_view text = {});
Value identifier(std::string_view system, std::string_view value, std::string_view use = {});
const Value& extension(const Value& element, std::string_view url);  // the extension or nothing
void set_extension(Value& element, std::string_view url, std::string_view value_name,
                   Value value);  // nothing = remove
// References anywhere in a value that stand in `moved` become what stands there; true when there was one.
bool repoint(Value& value, const std::map<std::string, std::string>& moved);

// Answers: {"resourceType":"Parameters","parameter":[…]}.
Value parameter(std::string_view name, std::string_view value_name, Value value);
Value parts(std::string_view name, std::vector<Value> parts);
Value parameters(std::vector<Value> list);

}  // namespace witmed::keeping
