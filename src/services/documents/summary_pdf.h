// A resident's summary on paper: A4, Chinese.
#pragma once
#include <cstdint>
#include <string>

#include "record/record.h"
#include "services/documents/summary.h"

namespace witmed::services {

struct PrintMoment {
  int64_t now = 0;  // microseconds since 1970
  int zone_minutes = 0;
};
std::string summary_pdf(const Summary& summary, const PrintMoment& moment);

// The same from the record itself. Throws Rejection: 404, 410.
std::string summary_pdf(const record::Record& record, const record::AccessContext& access,
                        std::string_view patient_id, const PrintMoment& moment);

}  // namespace witmed::services
