// What the parts of the record share: prepare.cpp makes commits, read.cpp and search.cpp answer, everything.cpp gathers.
#pragma once
#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

#include "fhir/validate/profile/registry.h"
#include "record/record.h"
#include "record/snapshot.h"
#include "store/keys.h"
#include "store/search/search.h"
#include "store/store.h"

namespace witmed::record {

Version to_version(const store::Stored& stored);

// Runs what must not block the writer's thread: changes that met a conflict and are prepared again.
class Retries {
 public:
  Retries();
  ~Retries();
  void run(std::function<void()> task);

 private:
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::function<void()>> tasks_;
  bool stop_ = false;
  std::thread thread_;
};

class Indexer;

struct Record::Impl {
  Impl();
  ~Impl();
  Snapshot snapshot(const AccessContext& asker) const { return {*store, settings, asker}; }
  std::shared_ptr<store::Store> store;
  fhir::ExtractSettings settings;
  CheckSettings checks;
  fhir::ProfileRegistry profiles;
  TerminologySource terminology = [] { return nullptr; };
  std::atomic<uint64_t> last_terminology{0};
  std::unique_ptr<Indexer> indexer;  // of the record's own search parameters
  Retries retries;  // last: its thread ends before the rest goes
};

// A commit made ready on one snapshot, and what its operations will be told.
struct Prepared {
  store::Commit commit;
  std::vector<OperationResult> results;   // one an operation
  std::vector<int> written;               // operation → index in commit.writes, -1 when nothing is written
  std::vector<std::shared_ptr<std::string>> tails;  // text of each write, to answer without reading back
  std::vector<size_t> deferred;           // operations of a round that have to wait for the next one
};

// Throws Rejection: the request as a whole is refused.
Prepared prepare(Record::Impl& impl, const AccessContext& asker, const std::vector<Operation>& operations);
// Operations that do not depend on each other, in one commit; each may be refused for itself.
Prepared prepare_round(Record::Impl& impl, const AccessContext& asker, const std::vector<Operation>& operations);
// A resource that is known to be new, of valid structure, without references to resolve: for the first load.
store::Write prepare_new(const Record::Impl& impl, fhir::TypeId type, const std::string& id, const fhir::Document& document);

// What the same commit writes: by reference, and by canonical url ("url", "url|version").
struct WrittenWith {
  std::function<fhir::Node(std::string_view reference)> find;
  std::function<fhir::Node(fhir::TypeId type, std::string_view canonical)> definition;
};
// Throws Rejection(422) when the resource is not what CheckSettings ask for.
void check_write(const Record::Impl& impl, const Snapshot& snapshot, const fhir::Document& document, const WrittenWith& written);
// What the store holds of StructureDefinitions, and that it may hold terminology: at the start and after a first load.
void load_definitions(Record::Impl& impl);
// CodeSystem, ValueSet, ConceptMap.
bool tells_meaning(fhir::TypeId type);

// Matches of a conditional operation, at most two: more is a 412 anyway. `guards` gets the keys that a new match would touch.
std::vector<store::Stored> conditional_matches(const Snapshot& snapshot, fhir::TypeId type, std::string_view query, bool lenient,
                                               std::vector<store::Key>& guards);

// Index rows of a resource as the store keeps it.
store::ResourceRows rows_of(const store::Keys& keys, const fhir::ExtractSettings& settings, fhir::TypeId type, std::string_view id,
                            const fhir::Document& document);

// Decodes "a=b&c=d".
std::vector<std::pair<std::string, std::string>> decode_query(std::string_view query);

}  // namespace witmed::record
