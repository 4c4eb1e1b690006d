#include "generate/file_sink.h"

#include "base/error.h"
#include "generate/line_sink.h"

namespace witmed::generate {

struct FileSink::File {
  std::string type;
  std::FILE* handle;
  ~File() {
    if (handle != nullptr) std::fclose(handle);
  }
};

FileSink::FileSink(std::filesystem::path folder) : folder_(std::move(folder)) {
  std::error_code error;
  std::filesystem::create_directories(folder_, error);
  if (error) throw Failure("cannot create " + folder_.string() + ": " + error.message());
  for (const auto& entry : std::filesystem::directory_iterator(folder_, error)) {
    if (entry.path().extension() == ".ndjson")
      throw Failure(folder_.string() + " already holds .ndjson files");
  }
  if (error) throw Failure("cannot read " + folder_.string() + ": " + error.message());
}

FileSink::~FileSink() = default;

FileSink::File& FileSink::file_of(std::string_view type) {
  if (last_ != nullptr && last_->type == type) return *last_;
  for (auto& file : files_) {
    if (file->type == type) return *(last_ = file.get());
  }
  return open(type, std::string(type) + ".ndjson");
}

FileSink::File& FileSink::open(std::string_view type, const std::string& name) {
  auto path = folder_ / name;
  std::FILE* handle = std::fopen(path.c_str(), "wb");
  if (handle == nullptr) throw Failure("cannot write " + path.string());
  std::setvbuf(handle, nullptr, _IOFBF, 1 << 18);
  files_.push_back(std::unique_ptr<File>(new File{std::string(type), handle}));
  return *(last_ = files_.back().get());
}

void FileSink::resource(std::string_view type, std::string_view json) {
  File& file = file_of(type);
  bool whole = std::fwrite(json.data(), 1, json.size(), file.handle) == json.size() &&
               std::fputc('\n', file.handle) != EOF;
  if (!whole) throw Failure("cannot write " + file.type + ".ndjson in " + folder_.string());
  bytes_ += json.size() + 1;
}

void FileSink::truth(const Truth& row) {
  if (truth_ == nullptr) {
    truth_ = &open("truth", "truth.csv");
    last_ = nullptr;
    std::fwrite(kTruthHead.data(), 1, kTruthHead.size(), truth_->handle);
  }
  std::string line = truth_line(row);
  if (std::fwrite(line.data(), 1, line.size(), truth_->handle) != line.size())
    throw Failure("cannot write truth.csv in " + folder_.string());
}

void FileSink::close() {
  bool whole = true;
  for (auto& file : files_) {
    whole &= std::fclose(file->handle) == 0;
    file->handle = nullptr;
  }
  files_.clear();
  last_ = nullptr;
  truth_ = nullptr;
  if (!whole) throw Failure("cannot finish writing to " + folder_.string());
}

}  // namespace witmed::generate
