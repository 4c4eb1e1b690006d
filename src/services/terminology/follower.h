// The terminology service over a record: CodeSystems, ValueSets and ConceptMaps that are stored are known as soon as they are.
#pragma once
#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "record/record.h"
#include "terminology/service.h"

namespace witmed::services {

class TerminologyFollower {
 public:
  explicit TerminologyFollower(const record::Record& record) : record_(record) {}
  // The service as of now: what was committed before the call is in it.
  terminology::Service& current();

 private:
  void load();
  void follow();
  void publish();

  const record::Record& record_;
  terminology::Service service_;
  std::atomic<uint64_t> position_{0};
  std::atomic<bool> loaded_{false};
  std::mutex mutex_;
  std::shared_ptr<terminology::Shelf> shelf_;  // the next one; those that are published do not change
};

}  // namespace witmed::services
