// A QuestionnaireResponse against the Questionnaire that it names (http://hl7.org/fhir/R4/questionnaireresponse.html#link).
#pragma once
#include "fhir/validate/run.h"

namespace witmed::fhir {

// Of a QuestionnaireResponse. What is complete (completed, amended) must have the answers that are required; on a write, drafts and what
// was entered in error are not judged at all: they can always be stored.
void check_questionnaire_response(Run& run, const Standing& standing);

}  // namespace witmed::fhir
