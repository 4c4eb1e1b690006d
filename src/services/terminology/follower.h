// The terminology service over a record and a folder of books: CodeSystems, ValueSets and ConceptMaps that are stored are known as
// soon as they are, books a second after they were loaded.
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
  // `books`: the folder of `witmed terminology load`; it need not be there.
  TerminologyFollower(const record::Record& record, std::string books) : record_(record), folder_(std::move(books)) {}
  // The service as of now: what was committed before the call is in it.
  terminology::Service& current();

 private:
  void load();
  void follow();
  void publish();
  bool books_changed();

  const record::Record& record_;
  terminology::Service service_;
  std::atomic<uint64_t> position_{0};
  std::string folder_;
  std::atomic<bool> loaded_{false};
  std::atomic<int64_t> looked_{0};  // at the folder; steady microseconds
  std::mutex mutex_;
  std::shared_ptr<terminology::Shelf> shelf_;  // the next one; those that are published do not change
  std::shared_ptr<const terminology::Shelf> books_;
  std::string books_state_;  // names, sizes and times of its files
};

}  // namespace witmed::services
