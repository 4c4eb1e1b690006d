// References as text (http://hl7.org/fhir/R4/references.html#literal): what type and id they name.
#pragma once
#include <string_view>

#include "fhir/definitions/definitions.h"

namespace witmed::fhir {

struct ReferenceParts {
  TypeId type = 0;  // 0: not of the form [base/]Type/id[/_history/version]
  std::string_view id;
  std::string_view version;
  std::string_view base;  // "http://host/fhir" of an absolute one, without the slash; empty for "Patient/1"
};

ReferenceParts split_reference(std::string_view text);

// [A-Za-z0-9-.]{1,64}
bool is_id(std::string_view text);

}  // namespace witmed::fhir
