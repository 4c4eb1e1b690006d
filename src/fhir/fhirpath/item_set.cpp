#include "fhir/fhirpath/item_set.h"

#include <algorithm>
#include <functional>

#include "fhir/fhirpath/machine.h"
#include "fhir/fhirpath/operators.h"

namespace witmed::fhir {
namespace {

constexpr size_t kLinear = 8;  // fewer are compared one by one: most collections

uint64_t hash(std::string_view text) { return std::hash<std::string_view>()(text); }

// Of an object: names of its members, and their values where those are text. The order makes no difference.
uint64_t object_hash(Node node) {
  uint64_t sum = 1;
  std::string scratch;
  for (Node child : node) {
    uint64_t value = child.kind() == Kind::string ? hash(child.view(scratch)) : uint64_t(child.kind());
    sum += (hash(child.key()) ^ (value * 0x9e3779b97f4a7c15)) * 0xff51afd7ed558ccd;
  }
  return sum;
}

// Nothing for what has none.
std::optional<uint64_t> equality_hash(Machine& machine, const Item& item) {
  auto value = machine.system(item);
  if (!value) {
    bool object = item.node && item.node.kind() == Kind::object;
    return object ? object_hash(item.node) : uint64_t(2);
  }
  switch (value->kind) {
    case Item::Kind::boolean: return value->truth ? 3 : 4;
    case Item::Kind::integer:
    case Item::Kind::decimal: return hash(value->number.trimmed().text());
    case Item::Kind::string: machine.tick_text(value->text, 512); return hash(value->text) + 1;
    case Item::Kind::type_info: return hash(value->unit);
    default: return std::nullopt;
  }
}

}  // namespace

ItemSet::ItemSet(Machine& machine, const Items& items) : machine_(machine) {
  for (const Item& item : items) add(item);
}

bool ItemSet::among(const std::vector<uint32_t>& places, const Item& item) const {
  machine_.tick(places.size());
  return std::any_of(places.begin(), places.end(),
                     [&](uint32_t place) { return same(machine_, items_[place], item); });
}

bool ItemSet::contains(const Item& item) const {
  const auto equal_one = [&](const Item& each) { return same(machine_, each, item); };
  std::optional<uint64_t> hash;
  if (items_.size() >= kLinear) hash = equality_hash(machine_, item);
  if (!hash) {
    machine_.tick(items_.size());
    return std::any_of(items_.begin(), items_.end(), equal_one);
  }
  if (among(others_, item)) return true;
  auto found = places_.find(*hash);
  return found != places_.end() && among(found->second, item);
}

void ItemSet::index(uint32_t place) {
  auto hash = equality_hash(machine_, items_[place]);
  (hash ? places_[*hash] : others_).push_back(place);
}

bool ItemSet::add(const Item& item) {
  if (contains(item)) return false;
  items_.push_back(item);
  if (items_.size() == kLinear)
    for (uint32_t place = 0; place < kLinear; ++place) index(place);
  else if (items_.size() > kLinear)
    index(uint32_t(items_.size() - 1));
  return true;
}

}  // namespace witmed::fhir
