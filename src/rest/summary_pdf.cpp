// Patient/[id]/$summary-pdf: a resident's summary to print, from services/documents.
#include "services/documents/summary_pdf.h"

#include "base/clock.h"
#include "fhir/issue.h"
#include "rest/interactions.h"

namespace witmed::rest {

Answer summary_pdf(const Call& call) {
  for (const auto& [name, value] : call.params)
    if (name != "_format" && !call.prefer.lenient)
      throw fhir::Rejection(400, "not-supported", "$summary-pdf does not know the parameter \"" + name + "\"",
                            "$summary-pdf 不支持参数“" + name + "”");
  const int zone = call.api.record.settings().zone_minutes;
  Answer answer = Answer::of(
      200, services::summary_pdf(call.api.record, call.access, call.route.id, {wall_micros(), zone}));
  answer.content_type = "application/pdf";
  answer.formatted = true;
  return answer;
}

}  // namespace witmed::rest
