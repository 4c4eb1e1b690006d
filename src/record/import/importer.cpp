#include "record/import/importer.h"

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <mutex>
#include <thread>
#include <unordered_set>
#include <utility>

#include "base/bounded_queue.h"
#include "base/limits.h"
#include "fhir/validate/validate.h"
#include "record/impl.h"
#include "record/import/source.h"
#include "record/indexer.h"

namespace witmed::record {
namespace {

using fhir::Rejection;

constexpr size_t kBatch = 256;      // resources handed on together
constexpr size_t kInFlight = 3000;  // resources that wait for the writer: fewer than its queue takes, so that it never says busy

struct Line {
  const std::string* file;
  Source::Item item;
};
using Batch = std::vector<Line>;

class Import {
 public:
  Import(Record& record, const ImportSettings& settings) : record_(record), settings_(settings), context_(AccessContext::open()) {}

  ImportReport run(const std::vector<std::string>& files) {
    if (auto bulk = record_.impl().store->bulk()) first_load(files, *bulk);
    else through_commits(files);
    retry_refused();
    return report_;
  }

 private:
  // ---- reading --------------------------------------------------------------------------------------------------

  void read_files(const std::vector<std::string>& files, BoundedQueue<Batch>& out) {
    uint64_t before = 0;
    for (const auto& file : files) {
      Source source(file);
      Batch batch;
      while (auto item = source.next()) {
        ++report_.read;
        const bool large = item->text.size() > (64 << 10);
        batch.push_back({&file, std::move(*item)});
        if (batch.size() == kBatch || large) {
          out.push(std::exchange(batch, {}));
          if (settings_.progress) settings_.progress(before + source.bytes_read());
        }
      }
      if (!batch.empty()) out.push(std::move(batch));
      before += source.bytes_read();
    }
    out.close();
  }

  template <class F>
  void in_threads(const std::vector<std::string>& files, F&& work) {
    BoundedQueue<Batch> batches(16);
    std::exception_ptr failure;
    std::thread reader([&] {
      try {
        read_files(files, batches);
      } catch (...) {
        failure = std::current_exception();
        batches.close();
      }
    });
    std::vector<std::thread> workers;
    for (unsigned i = 0; i < std::max(1u, settings_.threads); ++i)
      workers.emplace_back([&] {
        while (auto batch = batches.pop()) work(std::move(*batch));
      });
    reader.join();
    for (auto& w : workers) w.join();
    if (failure) std::rethrow_exception(failure);
  }

  void refuse(const std::string& file, uint64_t line, std::string entry, std::vector<fhir::Issue> issues) {
    std::lock_guard lock(mutex_);
    ++report_.refused;
    if (settings_.problem) settings_.problem({file, line, std::move(entry), std::move(issues)});
  }

  // ---- an empty store -------------------------------------------------------------------------------------------

  void first_load(const std::vector<std::string>& files, store::Bulk& bulk) {
    BoundedQueue<std::vector<store::Write>> writes(8);
    std::exception_ptr failure;
    std::thread appender([&] {
      try {
        while (auto some = writes.pop()) append(bulk, std::move(*some));
      } catch (...) {
        failure = std::current_exception();
        while (writes.pop()) {
        }
      }
    });
    in_threads(files, [&](Batch batch) {
      std::vector<store::Write> some;
      for (auto& line : batch)
        if (auto w = new_resource(line)) {
          bulk.pack(*w);
          some.push_back(std::move(*w));
        }
      writes.push(std::move(some));
    });
    writes.close();
    appender.join();
    if (failure) std::rethrow_exception(failure);
    bulk.finish(settings_.indexing);
    record_.impl().indexer->load();
    load_definitions(record_.impl());
  }

  // A plain resource with an id and nothing to resolve; anything else waits until there is an index.
  std::optional<store::Write> new_resource(Line& line) {
    if (line.item.too_long) {
      refuse_long(line);
      return std::nullopt;
    }
    try {
      const auto document = fhir::Document::parse(line.item.text);
      const auto type = document.resource_type();
      const auto id = document.root()["id"];
      const bool resolves = line.item.text.find("\"urn:uuid:") != std::string::npos || line.item.text.find("?") != std::string::npos;
      if (type == 0 || !id || document.root()["resourceType"].string() == "Bundle" || resolves) {
        later(std::move(line));
        return std::nullopt;
      }
      if (auto issues = fhir::validate_structure(document); has_errors(issues)) {
        refuse(*line.file, line.item.line, {}, std::move(issues));
        return std::nullopt;
      }
      return prepare_new(record_.impl(), type, id.string(), document);
    } catch (const Rejection& r) {
      refuse(*line.file, line.item.line, {}, r.issues);
    }
    return std::nullopt;
  }

  void append(store::Bulk& bulk, std::vector<store::Write> some) {
    std::erase_if(some, [&](const store::Write& w) {
      if (seen_.insert(record_.impl().store->keys().identity(w.type, w.id)).second) return false;
      static const std::string twice = "(twice)";
      later({&twice, {store::stored_head(w.type, w.id, 1, 0) + w.tail, 0, false}});  // a second version: an ordinary update
      return true;
    });
    report_.created += some.size();
    bulk.add(std::move(some));
  }

  void later(Line line) {
    std::lock_guard lock(mutex_);
    later_.push_back(std::move(line));
  }

  // ---- through ordinary commits ---------------------------------------------------------------------------------

  void through_commits(const std::vector<std::string>& files) {
    in_threads(files, [&](Batch batch) { commit_lines(std::move(batch)); });
    wait_for_all();
  }

  void refuse_long(const Line& line) {
    refuse(*line.file, line.item.line, {},
           {{fhir::Severity::error, "too-long", "The document is longer than this server takes", "文档超过长度上限", {}, 0, 0}});
  }

  void commit_lines(Batch batch) {
    std::vector<Operation> single;
    std::vector<Line> lines;
    for (auto& line : batch) {
      if (line.item.too_long) {
        refuse_long(line);
        continue;
      }
      try {
        auto intake = read_document(line.item.text);
        if (intake.operations.size() == 1 && !intake.together) {
          single.push_back(std::move(intake.operations.front()));
          lines.push_back(std::move(line));
        } else {
          bundle(std::move(intake), std::move(line));
        }
      } catch (const Rejection& r) {
        refuse(*line.file, line.item.line, {}, r.issues);
      }
    }
    if (single.empty()) return;
    begin(single.size());
    auto kept = std::make_shared<std::vector<Line>>(std::move(lines));
    submit(std::move(single), false, [this, kept](const OperationResult& result, size_t i) { count(result, (*kept)[i], {}); },
           [this, kept](const Rejection& r) {
             for (const auto& line : *kept) refuse(*line.file, line.item.line, {}, r.issues);
           });
  }

  void bundle(Intake intake, Line line) {
    begin(intake.operations.size());
    auto kept = std::make_shared<Line>(std::move(line));
    submit(std::move(intake.operations), intake.together,
           [this, kept](const OperationResult& result, size_t i) { count(result, *kept, "Bundle.entry[" + std::to_string(i) + "]"); },
           [this, kept](const Rejection& r) {
             if (r.status == 412 && !last_try_) return later(std::move(*kept));  // refers to what may come later
             refuse(*kept->file, kept->item.line, {}, r.issues);
           });
  }

  template <class Each, class Refused>
  void submit(std::vector<Operation> operations, bool together, Each each, Refused refused) {
    const size_t weight = operations.size();
    const auto done = [this, each, refused, weight](Record::Outcome outcome) {
      if (outcome.rejection) {
        refused(*outcome.rejection);
      } else if (outcome.failure != nullptr) {
        refused(Rejection(500, "exception", "The store failed: see the log", "存储出错，请看日志"));
      } else {
        for (size_t i = 0; i < outcome.results.size(); ++i) each(outcome.results[i], i);
      }
      end(weight);
    };
    try {
      if (together) record_.commit(context_, std::move(operations), done);
      else record_.batch(context_, std::move(operations), done);
    } catch (const Rejection& r) {
      refused(r);
      end(weight);
    }
  }

  void count(const OperationResult& result, const Line& line, std::string entry) {
    if (result.refused) return refuse(*line.file, line.item.line, std::move(entry), *result.refused);
    std::lock_guard lock(mutex_);
    ++(!result.changed ? report_.unchanged : result.status == 201 ? report_.created : report_.updated);
  }

  // Bundles that were refused for a reference that finds nothing are tried again while that helps.
  void retry_refused() {
    for (size_t before = SIZE_MAX; !later_.empty();) {
      last_try_ = later_.size() >= before;
      before = later_.size();
      for (auto& line : std::exchange(later_, {})) {
        Batch one;
        one.push_back(std::move(line));
        commit_lines(std::move(one));
      }
      wait_for_all();
      if (last_try_) return;
    }
  }

  static bool has_errors(const std::vector<fhir::Issue>& issues) {
    return std::any_of(issues.begin(), issues.end(), [](const auto& i) { return i.severity >= fhir::Severity::error; });
  }

  void begin(size_t resources) {
    std::unique_lock lock(flight_mutex_);
    landed_.wait(lock, [&] { return in_flight_ == 0 || in_flight_ + resources <= kInFlight; });
    in_flight_ += resources;
  }
  void end(size_t resources) {
    std::lock_guard lock(flight_mutex_);
    in_flight_ -= resources;
    landed_.notify_all();
  }
  void wait_for_all() {
    std::unique_lock lock(flight_mutex_);
    landed_.wait(lock, [&] { return in_flight_ == 0; });
  }

  Record& record_;
  const ImportSettings& settings_;
  AccessContext context_;
  std::mutex mutex_;  // report_, later_
  ImportReport report_;
  std::vector<Line> later_;
  std::unordered_set<store::Key> seen_;
  bool last_try_ = false;
  std::mutex flight_mutex_;
  std::condition_variable landed_;
  size_t in_flight_ = 0;  // resources
};

}  // namespace

std::vector<std::string> import_files(const std::vector<std::string>& paths) {
  std::vector<std::string> files;
  for (const auto& path : paths) {
    if (path == "-" || !std::filesystem::is_directory(path)) {
      files.push_back(path);
      continue;
    }
    std::vector<std::string> inside;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(path)) {
      const std::string name = entry.path().filename();
      const auto has = [&](const char* part) { return name.find(part) != std::string::npos; };
      if (entry.is_regular_file() && (has(".ndjson") || has(".json"))) inside.push_back(entry.path());
    }
    std::sort(inside.begin(), inside.end());
    files.insert(files.end(), inside.begin(), inside.end());
  }
  return files;
}

ImportReport import_into(Record& record, const std::vector<std::string>& files, const ImportSettings& settings) {
  return Import(record, settings).run(files);
}

}  // namespace witmed::record
