// What one question is answered from: a picture of the store, the search parameters as they stood then, what the asker may see.
#pragma once
#include <memory>
#include <optional>

#include "record/record.h"
#include "store/search/context.h"
#include "store/store.h"

namespace witmed::record {

struct Snapshot {
  Snapshot(store::Store& store, const fhir::ExtractSettings& settings, const AccessContext& asker);

  // Of a removed resource: could it be seen before it was removed?
  bool visible(store::Rid rid) const;
  std::optional<store::Stored> current(store::Rid rid) const;  // nullopt also for what may not be seen
  // What of `node` may be seen, in order of number: removed resources are in no list.
  store::Node within(store::Node node) const;
  store::SearchContext context() const { return {*view, keys, extract, deadline, filter}; }

  const store::Keys& keys;
  fhir::ExtractSettings extract;  // its search parameters do not change any more
  uint64_t generation = 0;        // of those
  std::shared_ptr<const store::Node> filter;
  int64_t deadline = 0;
  std::unique_ptr<store::View> view;
};

}  // namespace witmed::record
