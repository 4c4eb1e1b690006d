// The record as the configuration describes it; for `serve` and for the verbs that work on a stopped store.
#pragma once
#include <memory>

#include "base/config.h"
#include "record/record.h"
#include "store/sqlite/sqlite_store.h"

namespace witmed::server {

store::SqliteSettings store_settings(const Config& config);
fhir::ExtractSettings extract_settings(const Config& config);
record::CheckSettings check_settings(const Config& config);

}  // namespace witmed::server
