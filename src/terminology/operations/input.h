// What an operation is given: a Parameters resource, or names and values of an address. Both look the same from here.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "fhir/json/value.h"

namespace witmed::terminology {

class Input {
 public:
  struct Entry {
    std::string_view name;
    std::string_view text;                // of a primitive
    const fhir::Value* value = nullptr;   // of anything else: a Coding, a CodeableConcept, parts, a resource
  };
  Input() = default;
  // Refers to `parameters`, which must outlive it. Throws Rejection(400): more than kMaxParameters.
  explicit Input(const fhir::Value& parameters);

  void add(std::string_view name, std::string_view text);  // both must outlive it
  void add_value(std::string_view name, const fhir::Value& value);
  void add(const Input& other);  // behind: what is there already goes first

  bool has(std::string_view name) const { return find(name) != nullptr; }
  std::string_view text(std::string_view name) const;          // trimmed; empty when absent
  std::string_view text(std::string_view name, std::string_view other) const;  // by either name
  const fhir::Value& value(std::string_view name) const;       // nothing when absent or a primitive
  bool flag(std::string_view name, bool otherwise = false) const;
  const std::vector<Entry>& entries() const { return entries_; }

 private:
  const Entry* find(std::string_view name) const;
  std::vector<Entry> entries_;
};

}  // namespace witmed::terminology
