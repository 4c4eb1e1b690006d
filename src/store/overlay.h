// Index rows that are committed but not yet folded into the index tables, in memory: what makes a client read its own writes.
// Immutable runs of sorted rows, newest last; small runs are merged as they gather (so a look-up meets few of them).
// A reader takes the overlay and a snapshot of each database and needs:  floor <= folded(index snapshot)  and
// sequence(record snapshot) <= last. Rows newer than its snapshot are skipped by sequence; rows that are folded already
// say again what the tables say.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "store/rows.h"

namespace witmed::store {

struct OverlayPosting {
  Key key;
  Rid rid;
  Sequence sequence;
  bool removed;
};
struct OverlayOrdered {
  OrderedRow row;
  Rid rid;
  Sequence sequence;
  bool removed;
};
struct OverlayIdentity {  // a resource that was created: its id and number
  Key key;                // Keys::identity
  Rid rid;
  Sequence sequence;
  uint16_t type;
  std::string id;
};

struct OverlayRun {
  Sequence first = 0, last = 0;  // versions first..last, all of them
  std::vector<OverlayPosting> postings;      // by key, rid, sequence
  std::vector<OverlayOrdered> ordered;       // by key, value, rid, extra, sequence
  std::vector<OverlayIdentity> identities;   // by key
  void sort();
  size_t rows() const { return postings.size() + ordered.size() + identities.size(); }
};

using Run = std::shared_ptr<const OverlayRun>;

// Both runs as one; a is older than b.
Run merge(const OverlayRun& a, const OverlayRun& b);

struct Overlay {
  Sequence floor = 0;  // everything up to here is in the index tables
  Sequence last = 0;
  Sequence sealed = 0;
  std::vector<Run> runs;

  // This overlay with one more run; merges runs of like size so that at most about 4·log2(rows) remain.
  std::shared_ptr<const Overlay> with(Run run) const;
  // Without what is folded now: runs that end at or below `folded`.
  std::shared_ptr<const Overlay> folded(Sequence folded) const;
  // The same, with what it holds now sealed: a fold reads those runs, so later ones are not merged into them.
  std::shared_ptr<const Overlay> seal() const;
  size_t rows() const;
};

// Rows of one posting key as of `sequence`: number and whether it is taken away, by number, each number once.
struct Change {
  Rid rid;
  bool removed;
};
std::vector<Change> changes(const Overlay& overlay, Key key, Sequence sequence);
// Rows of one ordered key between lo and hi as of `sequence`, by (value, rid, extra), each once.
struct OrderedChange {
  int64_t value;
  Rid rid;
  int64_t extra;
  bool removed;
};
std::vector<OrderedChange> changes(const Overlay& overlay, Key key, int64_t lo, int64_t hi, Sequence sequence);
// The number of a resource created and not yet folded, 0 when there is none.
Rid find(const Overlay& overlay, Key identity, uint16_t type, std::string_view id, Sequence sequence);

// Resources of a type that were created and are not folded yet, by id, beyond `from`.
std::vector<std::pair<std::string, Rid>> ids(const Overlay& overlay, uint16_t type, const std::string* from, bool descending, Sequence sequence);

}  // namespace witmed::store
