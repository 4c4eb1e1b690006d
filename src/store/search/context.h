// What all parts of one search share: the snapshot, how values are read, what the caller may see, and when to stop.
#pragma once
#include <memory>

#include "fhir/search/extract.h"
#include "store/keys.h"
#include "store/search/node.h"

namespace witmed::store {

struct SearchContext {
  View& view;
  const Keys& keys;
  fhir::ExtractSettings extract;
  int64_t deadline = 0;        // steady microseconds, 0 = none
  std::shared_ptr<const Node> filter;  // what the caller may see (from the access policy), also through chains; null = all

  // Throws Rejection(503, too-costly) past the deadline.
  void check_deadline() const;
  bool visible(Rid rid) const { return !filter || contains(view, *filter, rid); }
};

}  // namespace witmed::store
