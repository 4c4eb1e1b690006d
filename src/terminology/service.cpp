#include "terminology/service.h"

#include <algorithm>

#include "terminology/choose.h"
#include "terminology/limits.h"
#include "terminology/operations/answer.h"
#include "terminology/operations/operations.h"

namespace witmed::terminology {
namespace {

using fhir::Severity;
using fhir::Value;

constexpr size_t kRememberedClients = 64;
constexpr size_t kRememberedBytes = 32u << 20;  // of one client

Value run_operation(Operation operation, Context& context, const Input& input, const Subject& subject) {
  switch (operation) {
    case Operation::lookup: return lookup(context, input, subject);
    case Operation::subsumes: return subsumes(context, input, subject);
    case Operation::find_matches: return find_matches(context, input, subject);
    case Operation::validate_in_system: return validate_in_system(context, input, subject);
    case Operation::validate_in_set: return validate_in_set(context, input, subject);
    case Operation::expand: return expand(context, input, subject);
    case Operation::translate: return translate(context, input, subject);
    default: throw fhir::Rejection(501, "not-supported", "this operation is not provided here", "本服务器没有提供该操作");
  }
}

// The kind of resource that an operation is about.
Kind kind_of(Operation operation) {
  switch (operation) {
    case Operation::validate_in_set:
    case Operation::expand: return Kind::value_set;
    case Operation::translate:
    case Operation::closure: return Kind::concept_map;
    default: return Kind::code_system;
  }
}

[[noreturn]] void no_such_instance(const std::string& id) {
  throw fhir::Rejection(404, "not-found", "there is no such resource: " + id, "没有该资源：" + id);
}

// The instance with this id on any shelf.
Subject instance(const Library& library, Operation operation, const std::string& id) {
  Subject out;
  const Kind kind = kind_of(operation);
  for (const auto& shelf : library.shelves()) {
    if (kind == Kind::value_set) {
      for (const auto& [url, all] : shelf->all_value_sets())
        for (const auto& held : all)
          if (held->label.id == id && (out.value_set = held->get())) return out;
    } else if (kind == Kind::code_system) {
      for (const auto& [url, all] : shelf->all_systems())
        for (const auto& held : all)
          if (held->label.id == id && (out.system = held->get())) return out;
    } else {
      for (const auto& held : shelf->concept_maps())
        if (held->label.id == id && (out.map = held->get())) return out;
    }
  }
  no_such_instance(id);
}

}  // namespace

// What a request brings along.
struct Supplied {
  std::vector<std::shared_ptr<const std::string>> resources;
  Subject subject;
};

Service::Service() : library_(std::make_shared<const Library>(Library::Shelves{delivered_shelf()})) {}

void Service::set_shelves(Library::Shelves shelves) {
  shelves.push_back(delivered_shelf());
  std::atomic_store(&library_, std::make_shared<const Library>(std::move(shelves)));
}

Service::Resources Service::remembered(std::string_view cache_id, const Resources& supplied) {
  std::lock_guard lock(mutex_);
  auto at = std::find_if(remembered_.begin(), remembered_.end(), [&](const Remembered& each) { return each.id == cache_id; });
  if (at == remembered_.end()) {
    remembered_.push_front({std::string(cache_id), {}, 0});
    if (remembered_.size() > kRememberedClients) remembered_.pop_back();
  } else {
    remembered_.splice(remembered_.begin(), remembered_, at);
  }
  Remembered& its = remembered_.front();
  for (const auto& each : supplied) {
    if (std::any_of(its.resources.begin(), its.resources.end(), [&](const auto& known) { return *known == *each; })) continue;
    if (its.bytes + each->size() > kRememberedBytes || its.resources.size() >= kMaxSuppliedResources) break;
    its.bytes += each->size();
    its.resources.push_back(each);
  }
  return its.resources;
}

// The library with what the request brings on top. A value set or code system of its own is the subject.
std::shared_ptr<const Library> Service::library_for(const Question& question, Supplied& supplied) {
  auto library = this->library();
  std::string_view cache_id;
  for (const Input::Entry& each : question.input.entries()) {
    if (each.name == "cache-id") cache_id = each.text;
    if (each.name != "tx-resource" || !each.value) continue;
    if (supplied.resources.size() >= kMaxSuppliedResources)
      throw fhir::Rejection(400, "too-costly", "too many tx-resource", "tx-resource 过多");
    supplied.resources.push_back(std::make_shared<const std::string>(each.value->json()));
  }
  if (!cache_id.empty()) {
    const Resources own = std::move(supplied.resources);
    supplied.resources = remembered(cache_id, own);
    supplied.resources.insert(supplied.resources.end(), own.begin(), own.end());  // last, so that it counts whatever was remembered
  }
  const bool own = question.input.value("valueSet") || question.input.value("codeSystem") || question.input.value("conceptMap") || question.resource;
  if (supplied.resources.empty() && !own) return library;
  auto shelf = std::make_shared<Shelf>();
  for (const auto& each : supplied.resources) shelf->put(each);
  const auto read_own = [&](const Value& resource) {
    if (!resource) return;
    const std::string text = resource.json();
    const std::string_view type = resource.text("resourceType");
    if (type == "ValueSet") supplied.subject.value_set = ValueSet::parse(text);
    else if (type == "CodeSystem") supplied.subject.system = System::parse(text);
    else if (type == "ConceptMap") supplied.subject.map = ConceptMap::parse(text);
    else throw fhir::Rejection(400, "invalid", "a Parameters resource is expected", "应为 Parameters 资源");
    if (!resource.text("url").empty()) shelf->put(std::make_shared<const std::string>(text));
  };
  for (const std::string_view name : {"valueSet", "codeSystem", "conceptMap"}) read_own(question.input.value(name));
  if (question.resource) read_own(*question.resource);
  Library::Shelves shelves = {std::move(shelf)};
  shelves.insert(shelves.end(), library->shelves().begin(), library->shelves().end());
  return std::make_shared<const Library>(std::move(shelves));
}

Reply Service::run(const Question& question) {
  try {
    Supplied supplied;
    const auto library = library_for(question, supplied);
    if (question.operation == Operation::closure) return {200, closures_.answer(*library, question.input, question.deadline)};
    if (!question.id.empty()) supplied.subject = instance(*library, question.operation, question.id);
    const bool expands = question.operation == Operation::expand;
    Context context{*library, Wishes::read(question.input, question.accept_language,
                                           expands ? Wishes::Purpose::expand : Wishes::Purpose::validate)};
    context.wishes.deadline = question.deadline;
    return {200, run_operation(question.operation, context, question.input, supplied.subject)};
  } catch (const Refusal& refusal) {
    return {refusal.status, refusal.outcome()};
  }
}

// Several questions at once; what stands beside them holds for each.
Reply Service::batch(const Question& question) {
  Input shared;
  for (const Input::Entry& each : question.input.entries())
    if (each.name != "validation") each.value ? shared.add_value(each.name, *each.value) : shared.add(each.name, each.text);
  Answer out;
  for (const Input::Entry& each : question.input.entries()) {
    if (each.name != "validation" || !each.value) continue;
    check_deadline(question.deadline);
    Question one;
    one.input = Input(*each.value);
    one.input.add(shared);
    const bool in_set = one.input.has("url") || one.input.has("valueSet");
    one.operation = in_set ? Operation::validate_in_set : Operation::validate_in_system;
    one.accept_language = question.accept_language;
    one.deadline = question.deadline;
    out.add_resource("validation", run(one).body);
  }
  return {200, out.take()};
}

Reply Service::answer(const Question& question) {
  return question.operation == Operation::batch_validate ? batch(question) : run(question);
}

}  // namespace witmed::terminology
