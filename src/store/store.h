// One interface for storage, with a transaction, a snapshot and cursors; an engine stands behind it (sqlite/, later postgres/).
// The store knows resources as bytes with a number, and index rows as keys; what the keys mean stands in keys.h,
// how a search becomes keys in plan.h.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/hash.h"
#include "fhir/search/custom.h"
#include "store/rows.h"

namespace witmed::store {

using fhir::TypeId;

// put_new: an update that found nothing and created. 0 was free in the method column and in the two bits of the feed; a store
// that was written before has such creations as `create`.
enum class Method : uint8_t { put_new = 0, create = 1, update = 2, remove = 3 };
constexpr bool creates(Method method) { return method == Method::put_new || method == Method::create; }

// One stored version. The stored form is  head + tail, where
//   head = {"resourceType":"T","id":"I","meta":{"versionId":"V","lastUpdated":"L"
//   tail = the rest of meta (",…" or nothing), "}", then the other members as they came ("," …), "}"
// Only the tail is kept in the body column: the head follows from the other columns. A removed version has no tail.
struct Stored {
  Rid rid = 0;
  TypeId type = 0;
  std::string id;
  int64_t version = 0;
  Sequence sequence = 0;
  int64_t time = 0;  // microseconds since 1970
  Method method = Method::create;
  std::shared_ptr<const std::string> text;  // stored form; null when removed
};

// head of the stored form.
std::string stored_head(TypeId type, std::string_view id, int64_t version, int64_t time);
// The whole of it; of a removed version: head and the closing braces.
std::string stored_form(Method method, TypeId type, std::string_view id, int64_t version, int64_t time, std::string_view tail);
// SM3(0x00, salt, stored form), after RFC 6962 section 2.1.
Digest ledger_leaf(std::string_view salt, std::string_view stored_form);

struct Write {
  Method method = Method::create;
  Rid rid = 0;          // 0 = a new resource: the writer gives it the next number
  TypeId type = 0;
  std::string id;
  int64_t version = 1;  // of the new version
  std::string tail;     // empty when removed
  // Made from the rest by Store::submit and Bulk::pack: the tail as it is kept, and its leaf of the ledger (salt, digest).
  std::string packed, leaf;
  RowDelta rows;
  uint64_t shape = 0;                // set of parts that are present, see keys.h
  std::vector<uint64_t> shape_parts; // identities, sorted; needed when the shape is new
};

// A change: all of it or nothing. It was prepared on the snapshot of `based_on`; if any of the guarded keys was touched by
// a later commit, the writer refuses and the caller prepares again on a newer snapshot.
struct Commit {
  Sequence based_on = 0;
  uint64_t generation = 0;   // of the custom search parameters that made its rows; refused like the rest when they changed
  std::vector<Key> guards;   // sorted or not; every Write guards its own identity implicitly through touch
  std::vector<Write> writes;
  struct Written { Rid rid; Sequence sequence; int64_t time; };
  enum class Status : uint8_t { done, conflict, busy, failed };
  // From the writer's thread, after the change is durable. `written` in the order of writes.
  std::function<void(Status, std::vector<Written>, std::exception_ptr)> done;
};

// Numbers in ascending order, with sudden jumps ahead. Valid while its View lives.
class Cursor {
 public:
  static constexpr Rid kEnd = INT64_MAX;
  virtual ~Cursor() = default;
  virtual Rid at() const = 0;          // kEnd past the last
  virtual void seek(Rid target) = 0;   // to the first number >= target; never moves back
  void next() { if (at() != kEnd) seek(at() + 1); }
};

// A consistent picture of the store at one commit. Belongs to one thread.
class View {
 public:
  virtual ~View() = default;
  virtual Sequence sequence() const = 0;
  virtual std::optional<Rid> find(TypeId type, std::string_view id) = 0;
  enum class Body : uint8_t { with, without };
  virtual std::optional<Stored> current(Rid rid, Body body = Body::with) = 0;
  virtual std::optional<Stored> version(Rid rid, int64_t version) = 0;
  struct FeedEntry { Sequence sequence; Rid rid; int64_t version; Method method; bool last_of_commit; };
  // At most `limit` entries after (ascending) or before (descending) `from`.
  virtual std::vector<FeedEntry> feed(Sequence from, uint32_t limit, bool descending) = 0;
  // Versions of one resource, newest first, below `before`.
  virtual std::vector<FeedEntry> versions(Rid rid, int64_t before, uint32_t limit) = 0;

  virtual std::unique_ptr<Cursor> postings(Key key) = 0;
  virtual bool contains(Key key, Rid rid) = 0;
  // Rows of an ordered key with lo <= value <= hi, by (value, rid), until `visit` returns false.
  using Visit = std::function<bool(int64_t value, Rid rid, int64_t extra)>;
  virtual void ordered(Key key, int64_t lo, int64_t hi, bool descending, const Visit& visit) = 0;
  // Resources of a type by id, in the order of bytes, after (ascending) or before (descending) `from` (nullptr = from the end
  // it begins at), until `visit` returns false.
  using VisitId = std::function<bool(const std::string& id, Rid rid)>;
  virtual void ids(TypeId type, const std::string* from, bool descending, const VisitId& visit) = 0;
  // Current resources of a type, roughly (it may be some commits newer): for the choice of a way.
  virtual int64_t roughly(TypeId type) const = 0;
  // Shapes of a type: (shape key, identities of the parts that are present).
  struct Shape { Key key; const std::vector<uint64_t>* parts; };
  virtual std::vector<Shape> shapes(TypeId type) = 0;
};

struct Statistics {
  Sequence sequence = 0;
  uint64_t resources = 0;        // current ones, removed not counted
  uint64_t unfolded = 0;         // versions whose index rows are not in the index tables yet
  uint64_t record_bytes = 0, index_bytes = 0;
  uint64_t groups = 0, commits = 0, conflicts = 0;
  uint64_t fsync_us_max = 0;
  uint64_t queue = 0;
};

// Index rows of a resource that change without a new version of it: a search parameter came or went. Left out when the current
// version is not the one of `sequence` any more.
struct Adjustment {
  Rid rid = 0;
  Sequence sequence = 0;
  RowDelta rows;
};
// A search parameter of the record's own that may have rows in the index.
struct CustomRows {
  uint64_t identity = 0;
  enum class State : uint8_t { partial, complete, leaving } state = State::partial;
};

// What verify() read again: bodies against their ledger leaves, the feed without gaps, versions in order, the index against rows
// made anew from every body.
struct VerifyReport {
  Sequence sequence = 0;    // of the last commit
  uint64_t versions = 0;    // whose body was compared with its leaf
  uint64_t index_rows = 0;  // compared one by one
  uint64_t problems = 0;
  std::string head;         // SM3 chained over all leaves, hex: stores with equal heads hold the same history
};
struct VerifyTold {
  std::function<void(const std::string&)> problem;  // one sentence each: what, and where
  std::function<void(double)> progress;             // 0..1
};

class Keys;

// A first load into an empty store: resources are appended in large transactions, and the index is built once at the end.
// Interrupted, it leaves a store whose index is rebuilt when it is opened next.
class Bulk {
 public:
  virtual ~Bulk() = default;
  virtual void pack(Write& write) = 0;              // the part of add() that any thread may do before it
  virtual void add(std::vector<Write> writes) = 0;  // creates only; ids must not repeat. One thread
  virtual void finish(const std::function<void(double)>& progress) = 0;
};

class Store {
 public:
  virtual ~Store() = default;
  virtual std::unique_ptr<View> view() = 0;
  // The current version by id, through a cache of hot texts; the same answer as view()->find + current.
  virtual std::optional<Stored> read(TypeId type, std::string_view id) = 0;
  // Queues a change. `done` is called exactly once; busy when the queue is full.
  virtual void submit(Commit commit) = 0;
  virtual Sequence sequence() const = 0;      // of the last durable commit
  virtual std::vector<std::pair<TypeId, int64_t>> counts() const = 0;
  virtual Statistics statistics() const = 0;
  virtual const Keys& keys() const = 0;
  // Nothing when the store holds something already. Until it is finished the store answers nothing else.
  virtual std::unique_ptr<Bulk> bulk() = 0;
  // Reads everything again (verify.h). Nobody may write meanwhile.
  virtual VerifyReport verify(const VerifyTold& told) = 0;
  // The record's own search parameters, as rows are made by them; filled by whoever stands above the store.
  virtual std::shared_ptr<fhir::CustomParams> custom_params() const = 0;
  // Which of them had rows in the index when the store was opened.
  virtual std::vector<CustomRows> custom_rows() const = 0;
  // Into the index tables, behind everything committed before; returns when it is done. `state`: kept for the next opening.
  virtual void adjust(std::vector<Adjustment> adjustments, const std::vector<CustomRows>* state) = 0;
  virtual void fold_all() = 0;                // returns when the index holds everything that was committed before the call
};

}  // namespace witmed::store
