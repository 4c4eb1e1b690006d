// An import through a running server: what import_into does, by batch and transaction Bundles over HTTP.
#pragma once
#include <string>
#include <vector>

#include "record/import/importer.h"

namespace witmed::record {

// `base`: "http://127.0.0.1:8080/fhir" ("/fhir" may be left out). Throws Failure when the server cannot be reached.
ImportReport import_remote(const std::string& base, const std::vector<std::string>& files, const ImportSettings& settings);

}  // namespace witmed::record
