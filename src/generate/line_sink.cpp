#include "generate/line_sink.h"

#include "base/error.h"

namespace witmed::generate {
namespace {

bool put(std::FILE* file, std::string_view text) {
  return std::fwrite(text.data(), 1, text.size(), file) == text.size();
}

}  // namespace

std::string truth_line(const Truth& row) {
  std::string line;
  for (std::string_view part : {row.patient, row.person, row.field, row.fault, row.value}) {
    if (!line.empty()) line += ',';
    line += part;
  }
  return line += '\n';
}

LineSink::LineSink(std::FILE* out, const std::string& truth) : out_(out) {
  std::setvbuf(out_, nullptr, _IOFBF, 1 << 18);
  if (truth.empty()) return;
  truth_ = std::fopen(truth.c_str(), "wb");
  if (truth_ == nullptr || !put(truth_, kTruthHead)) throw Failure("cannot write " + truth);
}

LineSink::~LineSink() {
  if (truth_ != nullptr) std::fclose(truth_);
}

void LineSink::resource(std::string_view, std::string_view json) {
  if (!put(out_, json) || std::fputc('\n', out_) == EOF) throw Failure("nobody reads the residents any more");
}

void LineSink::truth(const Truth& row) {
  if (truth_ != nullptr && !put(truth_, truth_line(row))) throw Failure("cannot write the truth: disk full?");
}

void LineSink::close() {
  bool whole = std::fflush(out_) == 0;
  if (truth_ != nullptr) whole &= std::fclose(truth_) == 0;
  truth_ = nullptr;
  if (!whole) throw Failure("cannot finish writing the residents");
}

}  // namespace witmed::generate
