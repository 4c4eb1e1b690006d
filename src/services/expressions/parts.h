// Values of an expression as parts of a Parameters resource, in the shape of FHIRPath Lab's server API: under
// the name of their type, with their place in the resource.
#pragma once
#include <string>
#include <string_view>

#include "fhir/fhirpath/fhirpath.h"
#include "fhir/json/value.h"

namespace witmed::services::expressions {

// Where a part holds what value[x] cannot; and in a request, a resource hidden from the client's own parser.
constexpr std::string_view kJsonValue = "http://fhir.forms-lab.com/StructureDefinition/json-value";

// What an expression is evaluated on.
struct Subject {
  fhir::Node resource;
  fhir::TypeId type = 0;
};

// "Patient.name[0]": where it stands in the resource that was sent; empty for what stands elsewhere.
std::string place(const Subject& subject, const fhir::PathValue& value);
// "string" as the Lab calls it, for a computed value and for one of the resource alike.
std::string part_name(const fhir::PathValue& value);
void add_place(fhir::Value& part, std::string_view place);  // as an extension; nothing when there is none
fhir::Value part_of(const Subject& subject, const fhir::PathValue& value);
fhir::Value named(std::string_view name, std::string_view text);

}  // namespace witmed::services::expressions
