// Resources as lines of one stream, for a program that reads on the other side of a pipe.
#pragma once
#include <cstdio>
#include <string>

#include "generate/county.h"

namespace witmed::generate {

class LineSink : public Sink {
 public:
  // Writes to `out`, which stays the caller's; the truth goes to a file of that name, nowhere where it is
  // empty. Throws Failure when that cannot be written.
  LineSink(std::FILE* out, const std::string& truth);
  ~LineSink() override;
  LineSink(const LineSink&) = delete;
  LineSink& operator=(const LineSink&) = delete;
  // Throw Failure when the other side has gone or the disk is full.
  void resource(std::string_view type, std::string_view json) override;
  void truth(const Truth& row) override;
  void close();  // writes what is buffered; call it at the end

 private:
  std::FILE* out_;
  std::FILE* truth_ = nullptr;
};

// A line of truth.csv with its line end, and the first line of the file.
std::string truth_line(const Truth& row);
inline constexpr std::string_view kTruthHead = "patient,person,field,fault,truth\n";

}  // namespace witmed::generate
