// The overview of the region: figures counted once, then kept by following the change feed, also over a
// restart (tally_file.h). Nobody looks, nothing is counted: a thread follows only when somebody asks, and an
// answer says as of when it is (数据截至).
#pragma once
#include <cstdint>
#include <memory>
#include <string>

#include "record/record.h"

namespace witmed::services {

struct OverviewSettings {
  std::string file;                  // what was counted is kept there; empty: in memory alone
  int zone_minutes = 480;            // of the region: months and ages are counted in it
  int64_t fresh_micros = 5'000'000;  // younger figures are given again without looking for changes
  int64_t wait_micros = 300'000;     // an answer waits this long for newer ones …
  int64_t first_micros = 1'500'000;  // … and this long for the first
  int64_t save_micros =
      300'000'000;  // after counting, the file is written no more often than this, and at the end
};

class Overview {
 public:
  Overview(record::Record& record, OverviewSettings settings);
  ~Overview();
  // A FHIR Parameters resource (docs/api.md). While the first count runs it has `preparing` (percent) and no
  // figures.
  std::shared_ptr<const std::string> text();
  uint64_t resources_read() const;  // since the start, to count and to follow

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace witmed::services
