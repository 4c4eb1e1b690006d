#include "base/id.h"

#include <chrono>
#include <cstdint>
#include <mutex>

#include "base/hash.h"

namespace witmed {
namespace {
__extension__ typedef unsigned __int128 Bits;
}


std::string new_id() {
  static std::mutex mutex;
  static uint64_t last_ms = 0;
  static uint32_t counter = 0;
  uint64_t ms;
  uint32_t low;
  {
    std::lock_guard lock(mutex);
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    ms = static_cast<uint64_t>(std::chrono::duration_cast<std::chrono::milliseconds>(now).count());
    if (ms > last_ms) {
      last_ms = ms;
      random_bytes(&counter, sizeof counter);
      counter &= 0x7fffffff;  // room to count up within the millisecond
    }
    ms = last_ms;  // a clock that steps back must not break the order
    low = counter++;
  }
  static constexpr char digits[] = "0123456789abcdefghijklmnopqrstuv";
  std::string id(16, '0');
  Bits bits = (static_cast<Bits>(ms) << 32) | low;
  for (int i = 15; i >= 0; --i, bits >>= 5) id[static_cast<size_t>(i)] = digits[static_cast<unsigned>(bits & 31)];
  return id;
}

}  // namespace witmed
