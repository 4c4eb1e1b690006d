// References between entries of a transaction, conditional ones, and absolute ones to this server become plain ones
// (http://hl7.org/fhir/R4/http.html#trules, section "Replacing hyperlinks and full-urls").
#pragma once
#include <functional>
#include <string>
#include <unordered_map>
#include <vector>

#include "fhir/json/document.h"

namespace witmed::record {

// fullUrl ("urn:uuid:…") → "Type/id" of the resource that the entry makes or finds.
using FullUrls = std::unordered_map<std::string, std::string>;
// "Type?query" → "Type/id"; throws Rejection when none or several match.
using FindReference = std::function<std::string(std::string_view conditional)>;

// Edits for `resource`, sorted by place; empty when nothing has to be replaced. `own`: this server's address, "http://host/fhir",
// or empty: "http://host/fhir/Patient/1" and "Patient/1" are the same resident and must be found the same way.
std::vector<fhir::Edit> resolve_references(fhir::Node resource, const FullUrls& full_urls, std::string_view own, const FindReference& find);

}  // namespace witmed::record
