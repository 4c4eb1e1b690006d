#include "base/clock.h"

#include <ctime>

namespace witmed {
namespace {

int64_t read_clock(clockid_t id) {
  timespec now{};
  clock_gettime(id, &now);
  return static_cast<int64_t>(now.tv_sec) * 1'000'000 + now.tv_nsec / 1000;
}

}  // namespace

int64_t steady_micros() { return read_clock(CLOCK_MONOTONIC); }
int64_t wall_micros() { return read_clock(CLOCK_REALTIME); }

}  // namespace witmed
