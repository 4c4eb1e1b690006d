#include "rest/interactions.h"

#include <vector>

#include "fhir/issue.h"

namespace witmed::rest {
namespace {

using fhir::Rejection;
using services::Level;

constexpr std::string_view kLastn = "http://hl7.org/fhir/OperationDefinition/Observation-lastn";
constexpr std::string_view kValidate = "http://hl7.org/fhir/OperationDefinition/Resource-validate";
constexpr std::string_view kEverything = "http://hl7.org/fhir/OperationDefinition/Patient-everything";

// HEAD is GET without the body and needs no line.
constexpr Interaction kTable[] = {
    {Shape::instance, "GET", "read", "", read, nullptr, Place::here, false},
    {Shape::instance, "PUT", "update", "", nullptr, update, Place::here, false},
    {Shape::instance, "DELETE", "delete", "", nullptr, remove, Place::here, false},
    {Shape::type, "POST", "create", "", nullptr, create, Place::here, false},
    {Shape::type, "GET", "search-type", "", search, nullptr, Place::here_if_brief, false},
    {Shape::type, "PUT", "update-conditional", "", nullptr, update, Place::here, false},
    {Shape::type, "DELETE", "delete-conditional", "", nullptr, remove, Place::here, false},
    {Shape::type_search, "POST", "search-type", "", search, nullptr, Place::here_if_brief, true},
    {Shape::version, "GET", "vread", "", version_read, nullptr, Place::here, false},
    {Shape::instance_history, "GET", "history-instance", "", history, nullptr, Place::pool, false},
    {Shape::type_history, "GET", "history-type", "", history, nullptr, Place::pool, false},
    {Shape::system_history, "GET", "history-system", "", history, nullptr, Place::pool, false},
    {Shape::system, "GET", "search-system", "", search, nullptr, Place::here_if_brief, false},
    {Shape::system, "POST", "bundle", "", nullptr, bundle, Place::pool, false},
    {Shape::system_search, "POST", "search-system", "", search, nullptr, Place::here_if_brief, true},
    {Shape::compartment, "GET", "search-compartment", "", search, nullptr, Place::here_if_brief, false},
    {Shape::compartment_search, "POST", "search-compartment", "", search, nullptr, Place::here_if_brief, true},
    {Shape::metadata, "GET", "capabilities", "", metadata, nullptr, Place::pool, false},
    {Shape::operation, "GET", "versions", "$versions", versions, nullptr, Place::here, false, "", Level::system,
     "http://hl7.org/fhir/OperationDefinition/CapabilityStatement-versions"},
    {Shape::operation, "POST", "closure", "$closure", terminology, nullptr, Place::pool, true, "", Level::system,
     "http://hl7.org/fhir/OperationDefinition/ConceptMap-closure", {}, true},
    {Shape::operation, "GET", "everything", "$everything", everything, nullptr, Place::pool, false, "Patient",
     Level::instance, kEverything},
    {Shape::operation, "POST", "everything", "$everything", everything, nullptr, Place::pool, true, "Patient",
     Level::instance, kEverything},
    {Shape::operation, "GET", "search-parameter-status", "$status", search_parameter_status, nullptr, Place::pool, false,
     "SearchParameter", Level::instance, "urn:witmed:OperationDefinition/search-parameter-status"},
    {Shape::operation, "GET", "lastn", "$lastn", lastn, nullptr, Place::pool, false, "Observation", Level::type, kLastn},
    {Shape::operation, "POST", "lastn", "$lastn", lastn, nullptr, Place::pool, true, "Observation", Level::type, kLastn},
    {Shape::operation, "POST", "validate", "$validate", nullptr, validate, Place::pool, false, "", Level::system, kValidate},
    {Shape::operation, "POST", "validate", "$validate", nullptr, validate, Place::pool, false, "", Level::type, kValidate},
    {Shape::operation, "POST", "validate", "$validate", nullptr, validate, Place::pool, false, "", Level::instance, kValidate},
    {Shape::operation, "GET", "validate", "$validate", nullptr, validate, Place::pool, false, "", Level::instance, kValidate},
    {Shape::operation, "GET", "overview", "$overview", overview, nullptr, Place::pool, false, "", Level::system,
     "urn:witmed:OperationDefinition/overview"},
    {Shape::operation, "GET", "summary-pdf", "$summary-pdf", summary_pdf, nullptr, Place::pool, false, "Patient",
     Level::instance, "urn:witmed:OperationDefinition/Patient-summary-pdf", "application/pdf"},
};

// Terminology: of the type and of an instance, by GET and POST.
struct TypeOperation {
  std::string_view type, operation, name, definition;
  bool of_instance;
};
constexpr TypeOperation kTerminology[] = {
    {"CodeSystem", "$lookup", "lookup", "http://hl7.org/fhir/OperationDefinition/CodeSystem-lookup", true},
    {"CodeSystem", "$validate-code", "validate-code-system", "http://hl7.org/fhir/OperationDefinition/CodeSystem-validate-code", true},
    {"CodeSystem", "$subsumes", "subsumes", "http://hl7.org/fhir/OperationDefinition/CodeSystem-subsumes", true},
    {"CodeSystem", "$find-matches", "find-matches", "http://hl7.org/fhir/OperationDefinition/CodeSystem-find-matches", true},
    {"CodeSystem", "$batch-validate-code", "batch-validate-code", "urn:witmed:OperationDefinition/batch-validate-code", false},
    {"ValueSet", "$expand", "expand", "http://hl7.org/fhir/OperationDefinition/ValueSet-expand", true},
    {"ValueSet", "$validate-code", "validate-code", "http://hl7.org/fhir/OperationDefinition/ValueSet-validate-code", true},
    {"ValueSet", "$batch-validate-code", "batch-validate-code", "urn:witmed:OperationDefinition/batch-validate-code", false},
    {"ConceptMap", "$translate", "translate", "http://hl7.org/fhir/OperationDefinition/ConceptMap-translate", true},
};

void add_terminology(std::vector<Interaction>& rows) {
  for (const TypeOperation& each : kTerminology)
    for (const Level level : {Level::type, Level::instance})
      for (const std::string_view method : {"GET", "POST"}) {
        if (level == Level::instance && !each.of_instance) continue;
        rows.push_back({Shape::operation, method, each.name, each.operation, terminology, nullptr, Place::here_if_brief, method == "POST",
                        each.type, level, each.definition, {}, method == "POST"});
      }
}

Level level_of(const Route& route) {
  return route.type == 0 ? Level::system : route.id.empty() ? Level::type : Level::instance;
}

bool stands_at(std::string_view type, Level level, const Route& route) {
  return level == level_of(route) &&
         (type.empty() || (route.type != 0 && fhir::Definitions::r4().type(route.type).name == type));
}

// The rows above, and one for each operation that a service offers.
std::vector<Interaction> all_rows() {
  std::vector<Interaction> rows(std::begin(kTable), std::end(kTable));
  add_terminology(rows);
  for (const services::Operation& each : services::operations())
    rows.push_back({Shape::operation, "POST", each.code.substr(1), each.code, nullptr, operate, Place::pool, false,
                    each.type, each.level, each.definition});
  return rows;
}

bool answers(const Interaction& row, const Route& route) {
  if (row.shape != route.shape) return false;
  return row.shape != Shape::operation ||
         (row.operation == route.operation && stands_at(row.type, row.level, route));
}

}  // namespace

std::span<const Interaction> interactions() {
  static const std::vector<Interaction> rows = all_rows();
  return rows;
}

const services::Operation* find_service(const Route& route) {
  for (const services::Operation& each : services::operations())
    if (each.code == route.operation && stands_at(each.type, each.level, route)) return &each;
  return nullptr;
}

const Interaction& find_interaction(const Route& route, std::string_view method, std::string& allow) {
  if (method == "HEAD") method = "GET";
  for (const Interaction& interaction : interactions()) {
    if (!answers(interaction, route)) continue;
    if (interaction.method == method) return interaction;
    if (!allow.empty()) allow += ", ";
    allow += interaction.method;
    if (interaction.method == "GET") allow += ", HEAD";
  }
  if (route.shape == Shape::operation && allow.empty())
    throw Rejection(501, "not-supported", "this operation is not provided here", "本服务器没有提供该操作");
  if (method == "PATCH")
    throw Rejection(501, "not-supported",
                    "PATCH is not provided here; read the resource, change it, and PUT it with If-Match",
                    "本服务器没有提供 PATCH；请先读取资源，修改后带 If-Match 以 PUT 提交");
  throw Rejection(405, "not-supported", "this address takes " + allow, "该地址只接受 " + allow);
}

}  // namespace witmed::rest
