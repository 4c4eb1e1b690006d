// A record in a folder of its own that goes away at the end.
#pragma once
#include <stdlib.h>

#include <filesystem>
#include <future>
#include <memory>
#include <string>

#include "record/impl.h"
#include "record/record.h"
#include "store/sqlite/sqlite_store.h"

namespace witmed::record {

class TestRecord {
 public:
  explicit TestRecord(fhir::ExtractSettings extract = {}) : extract_(std::move(extract)) {
    std::string name = (std::filesystem::temp_directory_path() / "witmed-test-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
    open();
  }
  ~TestRecord() {
    close();
    std::filesystem::remove_all(folder_);
  }
  TestRecord(const TestRecord&) = delete;

  void open() {
    store::SqliteSettings settings;
    settings.folder = folder_;
    settings.extract = extract_;
    settings.fold_rows = fold_rows;
    settings.overlay_rows = overlay_rows;
    store_ = store::open_sqlite(settings);
    record_ = std::make_unique<Record>(store_, extract_);
  }
  void close() {
    record_.reset();
    store_.reset();
  }
  void reopen() {
    close();
    open();
  }

  Record& operator*() { return *record_; }
  Record* operator->() { return record_.get(); }
  store::Store& store() { return *store_; }
  const std::string& folder() const { return folder_; }
  uint32_t fold_rows = 200'000, overlay_rows = 3'000'000;

  Record::Outcome commit(std::vector<Operation> operations, bool together = true) {
    std::promise<Record::Outcome> promise;
    auto done = [&](Record::Outcome outcome) { promise.set_value(std::move(outcome)); };
    try {
      if (together) record_->commit(AccessContext::open(), std::move(operations), done);
      else record_->batch(AccessContext::open(), std::move(operations), done);
    } catch (const fhir::Rejection& r) {
      return {{}, r, nullptr};
    }
    return promise.get_future().get();
  }

  // As it stands, without validation: for search cases that say only what they are about.
  void add(const std::string& json) {
    const auto document = fhir::Document::parse(json);
    store::Commit c;
    c.based_on = store_->sequence();
    c.generation = store_->custom_params()->load()->generation;
    c.writes.push_back(prepare_new(record_->impl(), document.resource_type(), document.root()["id"].string(), document));
    std::promise<store::Commit::Status> promise;
    c.done = [&](auto status, auto, auto) { promise.set_value(status); };
    store_->submit(std::move(c));
    if (promise.get_future().get() != store::Commit::Status::done) throw std::runtime_error("not stored: " + json);
  }

 private:
  fhir::ExtractSettings extract_;
  std::string folder_;
  std::shared_ptr<store::Store> store_;
  std::unique_ptr<Record> record_;
};

inline fhir::TypeId type_id(std::string_view name) { return fhir::Definitions::r4().type_id(name); }

inline Operation put(std::string type, std::string id, std::string members, std::optional<uint64_t> if_match = {}) {
  Operation op;
  op.verb = Operation::Verb::update;
  op.type = type_id(type);
  op.id = id;
  op.body = R"({"resourceType":")" + type + R"(","id":")" + id + "\"" + (members.empty() ? "" : ",") + members + "}";
  op.if_match = if_match;
  return op;
}

inline Operation post(std::string type, std::string members, std::optional<std::string> if_none_exist = {}) {
  Operation op;
  op.type = type_id(type);
  op.body = R"({"resourceType":")" + type + "\"" + (members.empty() ? "" : ",") + members + "}";
  op.condition = std::move(if_none_exist);
  return op;
}

inline Operation del(std::string type, std::string id) {
  Operation op;
  op.verb = Operation::Verb::remove;
  op.type = type_id(type);
  op.id = id;
  return op;
}

}  // namespace witmed::record
