// Any bytes as a CodeSystem, ValueSet or ConceptMap that a request brings along: it is answered or refused, and what an expansion
// lists is a member.
#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "base/clock.h"
#include "terminology/service.h"

namespace {

using namespace witmed;
using namespace witmed::terminology;

// A system for value sets to be about.
constexpr std::string_view kSystem = R"({"resourceType":"CodeSystem","url":"urn:s","version":"1","status":"active","content":"complete",
"hierarchyMeaning":"is-a","property":[{"code":"p","type":"string"},{"code":"q","type":"code"}],"concept":[{"code":"a","display":"A",
"designation":[{"language":"zh","value":"甲"}],"property":[{"code":"p","valueString":"x"}],"concept":[{"code":"b","display":"B",
"property":[{"code":"q","valueCode":"c"},{"code":"inactive","valueBoolean":true}]}]},{"code":"c","display":"C"}]})";

Service& service() {
  static Service& one = *[] {
    auto shelf = std::make_shared<Shelf>();
    shelf->put(std::make_shared<const std::string>(kSystem));
    auto made = new Service;
    made->set_shelves({std::move(shelf)});
    return made;
  }();
  return one;
}

fhir::Value ask(Operation operation, const fhir::Value& resource, std::initializer_list<std::pair<std::string_view, std::string_view>> parameters) {
  Question question{.operation = operation};
  question.resource = &resource;
  question.deadline = steady_micros() + 2'000'000;
  for (const auto& [name, text] : parameters) question.input.add(name, text);
  try {
    Reply reply = service().answer(question);
    return reply.status == 200 ? std::move(reply.body) : fhir::Value();
  } catch (const fhir::Rejection& rejection) {
    if (rejection.issues.empty()) std::abort();
    return {};
  }
}

void require_members(const fhir::Value& resource, const fhir::Value& listed) {
  for (const fhir::Value& each : listed.items()) {
    if (each.text("system") == "urn:s" && !each.at("abstract").is_true() && each.text("version").empty()) {
      const fhir::Value answer = ask(Operation::validate_in_set, resource, {{"system", each.text("system")}, {"code", each.text("code")}});
      for (const fhir::Value& parameter : answer.at("parameter").items())
        if (parameter.text("name") == "result" && !parameter.at("valueBoolean").is_true()) {
          std::fprintf(stderr, "listed, but no member: %s\n", each.json().c_str());
          std::abort();
        }
    }
    require_members(resource, each.at("contains"));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  fhir::Value resource;
  try {
    resource = fhir::Value::parse({reinterpret_cast<const char*>(data), size});
  } catch (const fhir::Rejection&) {
    return 0;
  }
  const std::string_view type = resource.text("resourceType");
  if (type == "ValueSet") {
    const fhir::Value expanded = ask(Operation::expand, resource, {{"count", "20"}, {"excludeNested", "true"}});
    // What a ready expansion lists may be in no system.
    if (resource.at("compose")) require_members(resource, expanded.at("expansion").at("contains"));
    ask(Operation::expand, resource, {{"filter", "a"}, {"includeDesignations", "true"}, {"property", "p"}});
    ask(Operation::validate_in_set, resource, {{"system", "urn:s"}, {"code", "a"}, {"display", "甲"}});
  } else if (type == "CodeSystem") {
    ask(Operation::validate_in_system, resource, {{"code", "a"}});
    ask(Operation::lookup, resource, {{"code", "a"}, {"property", "*"}});
    ask(Operation::subsumes, resource, {{"codeA", "a"}, {"codeB", "b"}});
  } else if (type == "ConceptMap") {
    ask(Operation::translate, resource, {{"system", "urn:s"}, {"code", "a"}});
    ask(Operation::translate, resource, {{"system", "urn:s"}, {"code", "a"}, {"reverse", "true"}});
  }
  return 0;
}
