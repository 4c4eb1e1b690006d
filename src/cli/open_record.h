// A store of this process for the verbs that work on a stopped one: opened as `serve` would, settings from the environment too.
#pragma once
#include <memory>
#include <string>

#include "record/record.h"
#include "store/store.h"

namespace witmed::cli {

struct OpenedRecord {
  std::shared_ptr<store::Store> store;
  std::unique_ptr<record::Record> record;
};
OpenedRecord open_record(const std::string& folder);

}  // namespace witmed::cli
