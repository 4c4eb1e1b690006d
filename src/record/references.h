// References between entries of a transaction, and conditional references, become plain ones
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

// Edits for `resource`, sorted by place; empty when nothing has to be replaced.
std::vector<fhir::Edit> resolve_references(fhir::Node resource, const FullUrls& full_urls, const FindReference& find);

}  // namespace witmed::record
