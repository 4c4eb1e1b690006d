// From a StructureDefinition to a Profile (http://hl7.org/fhir/R4/elementdefinition.html#interpretation).
#pragma once
#include "fhir/validate/profile/profile.h"

namespace witmed::fhir {

// The differential over the base's tree; the snapshot where there is no differential or the base is not known. Throws Rejection(422) with
// the places in `definition`: a path that leads nowhere, a base that is not known, a constraint that is no FHIRPath, more than kElements.
std::shared_ptr<const Profile> compile_profile(std::shared_ptr<const Document> definition, const Profiles& known);

// Which of the two is read; `automatic` as above. For the tests that compare both.
enum class Form : uint8_t { automatic, differential, snapshot };
std::shared_ptr<const Profile> compile_profile(std::shared_ptr<const Document> definition, const Profiles& known, Form form);

}  // namespace witmed::fhir
