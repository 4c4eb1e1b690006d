// THE ONLY DOOR to what is known: commit, query, change feed, each with an AccessContext.
// A change is one commit of one or more resources: parse → validate → authorise → rules → append durably → answer →
// fold into indexes → publish. Everything above (rest/, care/, edge/) speaks to the store through this class only.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "fhir/search/query.h"
#include "fhir/validate/world.h"

namespace witmed::store {
class Store;
struct Node;
}

namespace witmed::record {

// Who asks. No read or search without one, even while the policy still says "all".
class AccessContext {
 public:
  static AccessContext open();  // everything, for a server without authentication (loopback only) and for our own tools
  // What may be seen, as a tree over index keys (store/keys.h). What it leaves out is not read, found, counted, sorted by, chained
  // through, included, exported or told by the feed: it is as if it were not there.
  static AccessContext limited(store::Node filter);
  std::shared_ptr<const store::Node> filter;  // null: everything
  std::string request_id;       // stands in the log beside whatever goes wrong
  int64_t deadline = 0;         // steady-clock microseconds; 0 = none. Past it a query stops with Rejection(503)
 private:
  AccessContext() = default;
};

// One version of a resource as stored. `text` is the whole resource, minified, with meta.versionId and meta.lastUpdated.
struct Version {
  fhir::TypeId type = 0;
  std::string id;
  uint64_t version = 0;         // meta.versionId, 1, 2, 3 …
  uint64_t sequence = 0;        // place in the change feed
  int64_t time = 0;             // meta.lastUpdated, microseconds since 1970 UTC
  enum class Method : uint8_t { put_new = 0, create = 1, update = 2, remove = 3 } method = Method::create;  // as store::Method
  std::shared_ptr<const std::string> text;  // empty when removed
  bool removed() const { return method == Method::remove; }
  bool created() const { return method == Method::put_new || method == Method::create; }  // by this version
};

// What a client wants done; FHIR's verbs. Conditional forms carry the query text as written.
struct Operation {
  enum class Verb : uint8_t { create, update, remove } verb = Verb::create;
  fhir::TypeId type = 0;
  std::string id;                                // update, remove by id; empty for conditional ones. create: the new id when
                                                 // the caller has made one with new_id(); else empty
  std::string body;                              // JSON as sent (create, update)
  std::optional<std::string> condition;          // If-None-Exist (create), or the search of a conditional update / delete
  std::optional<uint64_t> if_match;              // version that must be current (412 otherwise)
  std::string full_url;                          // transaction: "urn:uuid:…" that other entries may refer to
  std::string base;                              // absolute references under this address are ours and become relative
  bool lenient = false;                          // Prefer: handling=lenient for the condition
  bool exclusive = false;                        // create with a condition: 409 when there is one already
};

struct OperationResult {
  int status = 200;            // 200, 201, 204; a refused one is a Rejection
  Version version;             // as it is now; for a delete of nothing: text empty, version 0
  bool changed = true;         // false: equal to what was stored, or If-None-Exist found one
  std::optional<std::vector<fhir::Issue>> refused;  // batch only: why this entry failed (status says how)
};

struct Page {
  struct Match { Version version; enum class Mode : uint8_t { match, include, outcome } mode = Mode::match; };
  std::vector<Match> matches;
  std::optional<uint64_t> total;     // as asked for; exact
  std::string next;                  // cursor of the next page; empty = last
  uint64_t commit = 0;               // the commit the page is pinned to
  std::string plan;                  // how it was found, for the log of slow requests
};

// Of a SearchParameter resource: is it searched with?
struct SearchParameterStatus {
  std::string state;         // "ready", "indexing" (searched, slowly, until it is ready) or "not-indexed"
  std::string reason;        // why not
  uint64_t done = 0, total = 0;  // resources looked at so far, and of how many
};

struct HistoryQuery {
  fhir::TypeId type = 0;             // 0 = whole system
  std::string id;                    // with type: one resource
  std::optional<int64_t> since;      // _since, microseconds
  std::optional<int64_t> at;         // _at
  uint32_t count = 50;
  std::string cursor;
};

struct EverythingQuery {
  std::string patient;                       // id
  std::vector<fhir::TypeId> types;           // empty = all
  std::optional<int64_t> start, end, since;  // time of care; since: written then or later
  uint32_t count = 50;
  std::string cursor;
};

// What a change is checked for before it is stored. Structure always is.
struct CheckSettings {
  enum class Level : uint8_t { structure, base, profiles } level = Level::structure;  // base: R4's rules; profiles: meta.profile too
  bool references = false;  // what is referred to must be here
};

using TerminologySource = std::function<std::shared_ptr<const fhir::Terminology>()>;

class Record {
 public:
  explicit Record(std::shared_ptr<store::Store> store, fhir::ExtractSettings settings, CheckSettings checks = {});
  ~Record();

  // Reads run on the calling thread and never wait for the writer. nullopt: never existed, or not for this asker. A removed
  // resource is returned with removed() true (REST says 410) to whoever could see its last version. Versions and history are shown
  // to whoever may see the resource as it is now.
  std::optional<Version> read(const AccessContext&, fhir::TypeId type, std::string_view id) const;
  std::optional<Version> vread(const AccessContext&, fhir::TypeId type, std::string_view id, uint64_t version) const;
  Page search(const AccessContext&, const fhir::SearchQuery&) const;
  // Observation/$lastn: of what the query finds, the latest `max` of each kind (a coding in common), latest kind first.
  Page lastn(const AccessContext&, fhir::SearchQuery query, uint32_t max) const;
  // Residents as people ask for them: name, pinyin, whole numbers or last digits (fhir/search/lookup.h). At most `count`; the
  // total is exact up to limits::kLookupTotal.
  Page lookup(const AccessContext&, std::string_view text, uint32_t count) const;
  Page history(const AccessContext&, const HistoryQuery&) const;
  // Patient/$everything: the patient, its compartment, and what those refer to.
  Page everything(const AccessContext&, const EverythingQuery&) const;

  // Writes answer through the callback, from the writer's thread, after the change is on disk; or throw Rejection at once.
  // `done` gets either results (one an operation, in the order given) or the reason for refusal. It must not block.
  struct Outcome {
    std::vector<OperationResult> results;
    std::optional<fhir::Rejection> rejection;  // the whole was refused: nothing was changed
    std::exception_ptr failure;                // ours
  };
  using Done = std::function<void(Outcome)>;
  // One interaction, or a transaction: all or nothing, references between entries and conditional references resolved. Conditions
  // find only what the asker may see; to change what he may not see is a 403.
  void commit(const AccessContext&, std::vector<Operation> operations, Done done);
  // A batch: each for itself.
  void batch(const AccessContext&, std::vector<Operation> operations, Done done);

  // What changed after `position`, in commit order; a subscriber keeps its own position. Looks at no more than `limit` changes;
  // those of other types are passed over without reading them (no types: all). Passage::position: behind the last looked at.
  struct Change { uint64_t sequence; Version version; bool last_of_commit; };  // last of those told of its commit
  struct Passage { std::vector<Change> changes; uint64_t position = 0; };
  Passage changes(const AccessContext&, uint64_t position, uint32_t limit, std::span<const fhir::TypeId> types = {}) const;
  uint64_t last_sequence() const;

  // Every current resource of the types, in the order given, by number, until `visit` returns false. As of one commit, whose
  // sequence is the answer: changes() goes on from there.
  uint64_t each(const AccessContext&, std::span<const fhir::TypeId> types, const std::function<bool(const Version&)>& visit) const;

  // Current resources by type: for the overview and /metrics.
  std::vector<std::pair<fhir::TypeId, uint64_t>> counts(const AccessContext&) const;

  // Everything that can be said against a resource, in the order of its places; errors, warnings and hints (fhir/validate/validator.h).
  std::vector<fhir::Issue> validate(const AccessContext&, const fhir::Document& document, const fhir::ValidateOptions& options) const;
  const fhir::Profiles& profiles() const;  // published ones, the project's, and the StructureDefinitions of this record
  // What codes mean, as of the moment it is asked. Before anything is written.
  void use(TerminologySource terminology);
  // A commit with this sequence or an earlier one was the last that wrote a CodeSystem, ValueSet or ConceptMap.
  uint64_t last_terminology() const;

  const fhir::ExtractSettings& settings() const;
  // nullopt: there is no such SearchParameter.
  std::optional<SearchParameterStatus> search_parameter_status(const AccessContext&, const std::string& id) const;
  uint64_t indexing_left() const;  // resources still to be looked at for new search parameters

  struct Impl;  // impl.h
  Impl& impl() { return *impl_; }  // for the other files of record/

 private:
  std::unique_ptr<Impl> impl_;
};

}  // namespace witmed::record
