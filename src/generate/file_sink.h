// A folder of NDJSON files, one for each resource type: Patient.ndjson, Observation.ndjson, …; beside them
// truth.csv, which an import does not read.
#pragma once
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "generate/county.h"

namespace witmed::generate {

class FileSink : public Sink {
 public:
  // Creates the folder where it is missing; throws Failure when it cannot, or when it already holds .ndjson
  // files.
  explicit FileSink(std::filesystem::path folder);
  ~FileSink() override;
  void resource(std::string_view type, std::string_view json) override;
  // A line of truth.csv: patient,person,field,fault,truth; the last three empty where the Patient is named.
  void truth(const Truth& row) override;
  // Writes what is buffered; throws Failure when the disk did not take all of it. Call it at the end.
  void close();
  uint64_t bytes() const { return bytes_; }  // of resources

 private:
  struct File;
  File& file_of(std::string_view type);
  File& open(std::string_view type, const std::string& name);

  std::filesystem::path folder_;
  std::vector<std::unique_ptr<File>> files_;  // about twenty; searched from the last used
  File* last_ = nullptr;
  File* truth_ = nullptr;
  uint64_t bytes_ = 0;
};

}  // namespace witmed::generate
