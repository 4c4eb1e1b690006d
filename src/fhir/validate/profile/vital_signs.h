// "If an Observation has one of these codes, it SHALL conform to the profile" (http://hl7.org/fhir/R4/observation-vitalsigns.html).
#pragma once
#include <string>
#include <vector>

#include "fhir/json/document.h"

namespace witmed::fhir {

// Of an Observation: canonical urls of the profiles that its code asks for.
std::vector<std::string> vital_sign_profiles(Node observation);

}  // namespace witmed::fhir
