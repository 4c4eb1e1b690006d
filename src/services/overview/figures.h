// The tally as a FHIR Parameters resource.
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "services/overview/tally.h"

namespace witmed::services {

struct FiguresMoment {
  int64_t now = 0;        // microseconds since 1970: when it was counted
  uint64_t sequence = 0;  // of the last change that is counted
  int zone_minutes = 0;
};
std::string figures_text(const Tally& tally, const std::vector<std::pair<fhir::TypeId, uint64_t>>& counts,
                         const FiguresMoment& at);
// Before there are any: how far the first count is.
std::string preparing_text(int64_t now, unsigned percent);

}  // namespace witmed::services
