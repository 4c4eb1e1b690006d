// Clocks. Durations are measured on the steady clock; instants that are stored or shown come from the wall
// clock.
#pragma once
#include <cstdint>

namespace witmed {

int64_t steady_micros();  // since an arbitrary moment; never goes back
int64_t wall_micros();    // microseconds since 1970 UTC

// Measures from its construction.
class Stopwatch {
 public:
  Stopwatch() : begin_(steady_micros()) {}
  int64_t micros() const { return steady_micros() - begin_; }
  double seconds() const { return static_cast<double>(micros()) / 1e6; }

 private:
  int64_t begin_;
};

}  // namespace witmed
