// Items that are told apart as distinct(), union and `in` tell them: what is not known to be equal is
// different.
#pragma once
#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

#include "fhir/fhirpath/item.h"

namespace witmed::fhir {

class Machine;

class ItemSet {
 public:
  explicit ItemSet(Machine& machine) : machine_(machine) {}
  ItemSet(Machine& machine, const Items& items);

  bool contains(const Item& item) const;
  // False when an equal one is there already.
  bool add(const Item& item);

 private:
  bool among(const std::vector<uint32_t>& places, const Item& item) const;
  void index(uint32_t place);

  Machine& machine_;
  Items items_;
  // From kLinear items on: by a number that equal items share. Those without one (dates, quantities: equal in
  // many spellings) are compared with all.
  std::unordered_map<uint64_t, std::vector<uint32_t>> places_;
  std::vector<uint32_t> others_;
};

}  // namespace witmed::fhir
