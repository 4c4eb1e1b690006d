// The terminology service: the library of the moment, and the FHIR operations on it. Thread-safe.
#pragma once
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "terminology/library.h"
#include "terminology/operations/closure.h"
#include "terminology/operations/input.h"

namespace witmed::terminology {

enum class Operation : uint8_t {
  lookup, subsumes, find_matches, validate_in_system, validate_in_set, batch_validate, expand, translate, closure
};

struct Question {
  Operation operation;
  Input input;
  const fhir::Value* resource = nullptr;  // a body that is no Parameters
  std::string id;                         // of the instance that is asked, in its type
  std::string accept_language;
  int64_t deadline = 0;                   // steady-clock microseconds, 0 = none
};

struct Reply {
  int status = 200;
  fhir::Value body;
};

class Service {
 public:
  Service();
  // A Terminology to judge with; what it hands out lives as long as it does.
  std::shared_ptr<const Library> library() const { return std::atomic_load(&library_); }
  // Takes these shelves in, above R4's own. One thread at a time.
  void set_shelves(Library::Shelves shelves);

  // Throws Rejection.
  Reply answer(const Question& question);

 private:
  using Resources = std::vector<std::shared_ptr<const std::string>>;
  std::shared_ptr<const Library> library_for(const Question& question, struct Supplied& supplied);
  Reply run(const Question& question);
  Reply batch(const Question& question);
  Resources remembered(std::string_view cache_id, const Resources& supplied);

  std::shared_ptr<const Library> library_;
  // Resources that clients sent once and refer to later (cache-id), the latest used first.
  struct Remembered {
    std::string id;
    Resources resources;
    size_t bytes = 0;
  };
  std::mutex mutex_;
  std::list<Remembered> remembered_;
  ClosureTables closures_;
};

}  // namespace witmed::terminology
