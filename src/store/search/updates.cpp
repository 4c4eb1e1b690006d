#include "store/search/updates.h"

#include <algorithm>

namespace witmed::store {
namespace {

using fhir::Prefix;

// [low, high) of the moments that may meet a condition, microseconds since 1970.
struct Stretch {
  int64_t low = INT64_MIN, high = INT64_MAX;
};

Stretch stretch_of(const fhir::Condition& condition) {
  Stretch all{INT64_MAX, INT64_MIN};
  for (const auto& v : condition.any) {
    Stretch one;
    switch (v.prefix) {
      case Prefix::eq:
      case Prefix::ap: one = {v.low, v.high}; break;
      case Prefix::ge:
        one.low = v.low;
        break;
      case Prefix::gt:
      case Prefix::sa: one.low = v.high; break;
      case Prefix::le: one.high = v.high; break;
      case Prefix::lt:
      case Prefix::eb: one.high = v.low; break;
      case Prefix::ne: break;
    }
    all.low = std::min(all.low, one.low);
    all.high = std::max(all.high, one.high);
  }
  return all;
}

// The first change at or after a moment; one past the last when there is none.
Sequence first_at(View& view, int64_t time) {
  Sequence low = 1, high = view.sequence() + 1;
  while (low < high) {
    const Sequence middle = low + (high - low) / 2;
    const auto entry = view.feed(middle - 1, 1, false);
    if (entry.empty()) return high;
    const auto stored = view.version(entry.front().rid, entry.front().version);
    if (stored && stored->time >= time) high = middle;
    else low = middle + 1;
  }
  return low;
}

}  // namespace

std::optional<std::vector<Rid>> updated_between(View& view, const std::vector<const fhir::Condition*>& conditions,
                                                const std::vector<TypeId>& types, size_t limit) {
  Stretch stretch;
  for (const auto* c : conditions) {
    const auto one = stretch_of(*c);
    stretch.low = std::max(stretch.low, one.low);
    stretch.high = std::min(stretch.high, one.high);
  }
  std::vector<Rid> found;
  if (stretch.low >= stretch.high) return found;
  const Sequence first = stretch.low == INT64_MIN ? 1 : first_at(view, stretch.low);
  const Sequence last = stretch.high == INT64_MAX ? view.sequence() + 1 : first_at(view, stretch.high);
  if (last - first > static_cast<Sequence>(limit)) return std::nullopt;
  for (const auto& entry : view.feed(first - 1, static_cast<uint32_t>(std::max<Sequence>(last - first, 0)), false)) {
    const auto stored = view.current(entry.rid, View::Body::without);
    if (stored && stored->sequence == entry.sequence && std::find(types.begin(), types.end(), stored->type) != types.end())
      found.push_back(entry.rid);
  }
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace witmed::store
