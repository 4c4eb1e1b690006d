// Markup in plain strings: shown as a page by a careless program, it acts (http://hl7.org/fhir/R4/security.html#narrative).
#pragma once
#include "fhir/validate/run.h"

namespace witmed::fhir {

void check_markup(Node string, Run& run);
// Has it a tag of HTML: "<b>", "</a>", "<script …>"? "<5 mmol/L" has none.
bool has_tag(std::string_view text);

}  // namespace witmed::fhir
