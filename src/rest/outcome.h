// OperationOutcome (http://hl7.org/fhir/R4/operationoutcome.html) for every error.
#pragma once
#include <span>
#include <string>
#include <string_view>

#include "fhir/issue.h"
#include "rest/negotiate.h"

namespace witmed::rest {

// details.text is in the client's language; beside Chinese the English stands in diagnostics.
std::string outcome_text(std::span<const fhir::Issue> issues, Language language);
// A failure of ours: says only the id under which it is in the log.
std::string failure_text(std::string_view request_id, Language language);

}  // namespace witmed::rest
