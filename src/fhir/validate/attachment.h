// Attachment.size and .hash against the data they describe (http://hl7.org/fhir/R4/datatypes.html#Attachment).
#pragma once
#include "fhir/validate/faults.h"

namespace witmed::fhir {

void check_attachment(Node attachment, Faults& faults);

}  // namespace witmed::fhir
