// Answers a search on one snapshot: plans it, picks how to walk, compares where keys do not decide, pages.
//
// Pages are cut by (sort values, number) and pinned to the commit of the first page: later pages leave out what changed since,
// so what did not change appears exactly once, and what changed at most once.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "fhir/search/query.h"
#include "store/keys.h"
#include "store/search/node.h"

namespace witmed::store {

struct SearchOptions {
  uint32_t limit = 50;              // matches in this page; 0 = only the total
  bool total = false;               // count all matches
  bool estimate = false;            // or say roughly how many there are, when counting would read many of them
  int64_t deadline = 0;             // steady microseconds, 0 = none; past it Rejection(503, too-costly)
  fhir::ExtractSettings extract;
  std::shared_ptr<const Node> filter;  // what the caller may see (from the access policy); null = all
};

struct SearchResult {
  std::vector<Stored> matches;
  std::optional<uint64_t> total;
  std::string next;                 // opaque cursor, empty on the last page
  Sequence pinned = 0;
  std::string strategy;             // how it was walked, for the slow-query log
};

SearchResult search(View& view, const Keys& keys, const fhir::SearchQuery& query, const SearchOptions& options);

}  // namespace witmed::store
