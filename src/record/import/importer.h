// Reads resources and Bundles into the record: in any order of references, again after an interruption without doubling
// (what is there already in equal form makes no new version), and tells what it refused and why.
#pragma once
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "record/record.h"

namespace witmed::record {

struct ImportProblem {
  std::string file;
  uint64_t line = 0;
  std::string entry;  // "Bundle.entry[3]" or empty
  std::vector<fhir::Issue> issues;
};

struct ImportReport {
  uint64_t read = 0, created = 0, updated = 0, unchanged = 0, refused = 0;
};

struct ImportSettings {
  unsigned threads = 2;
  std::function<void(const ImportProblem&)> problem;  // told of each refusal, from any thread, one at a time
  std::function<void(uint64_t bytes)> progress;       // bytes of the files read so far
  std::function<void(double)> indexing;               // 0..1, while the index of a first load is built
};

// What a document asks for: a resource becomes an update by its id; the entries of a Bundle likewise, references between them
// resolved. A resource without an id gets one made from its content, so that reading it again finds it. Throws Rejection.
struct Intake {
  std::vector<Operation> operations;
  bool together = false;  // all or nothing
};
Intake read_document(const std::string& text);

// Files or folders (all *.ndjson, *.json, *.gz, *.bz2 in them, by name), or "-".
std::vector<std::string> import_files(const std::vector<std::string>& paths);

// Into a store of this process. An empty one is loaded in bulk.
ImportReport import_into(Record& record, const std::vector<std::string>& files, const ImportSettings& settings);

}  // namespace witmed::record
