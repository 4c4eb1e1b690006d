// Keeps the record's own SearchParameters: takes up what is written, makes and removes their index rows while writes go on.
#pragma once
#include <atomic>
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <thread>

#include "fhir/search/custom.h"
#include "record/impl.h"

namespace witmed::record {

class Indexer {
 public:
  explicit Indexer(Record::Impl& impl);
  ~Indexer();
  // Takes up what the store holds: at the start, and after a first load. Nobody may write meanwhile.
  void load();
  // A SearchParameter was written; called before its writer is answered, so that whoever wrote it can use it at once.
  void written(const Version& version);
  SearchParameterStatus status(const std::string& id, const Version& version) const;
  uint64_t left() const;  // resources that still have to be looked at

 private:
  using State = fhir::CustomParams::State;
  void loop();
  std::optional<State> next_task() const;
  void index(const fhir::CustomParam& param);
  void drop(const fhir::CustomParam& param);
  void pass(const fhir::CustomParam& param, bool remove);
  void settle(const fhir::CustomParam& param, store::Sequence from, bool remove);
  store::RowSet rows(const fhir::CustomParam& param, const store::Stored& stored) const;
  void await_writer();
  void change(const std::function<void(std::vector<State>&)>& change);
  void keep_states();

  Record::Impl& impl_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::map<std::string, std::vector<const fhir::CustomParam*>> of_;  // by id of the SearchParameter
  std::map<const fhir::CustomParam*, std::pair<uint64_t, uint64_t>> progress_;  // done, all
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

}  // namespace witmed::record
