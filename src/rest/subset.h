// _summary and _elements (http://hl7.org/fhir/R4/search.html#summary): a resource with only some of its
// elements, marked SUBSETTED. What is mandatory stays.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "fhir/search/query.h"
#include "rest/params.h"

namespace witmed::rest {

struct Subset {
  using Summary = fhir::SearchQuery::Summary;
  Summary summary = Summary::off;
  std::vector<std::string> elements;
  bool whole() const { return (summary == Summary::off || summary == Summary::count) && elements.empty(); }
};

// For reads. Throws Rejection(400) for a _summary that R4 does not know.
Subset read_subset(const Params& params);

// `text` is a stored resource.
std::string apply_subset(const Subset& subset, std::string_view text);

}  // namespace witmed::rest
