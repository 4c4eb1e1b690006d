// A value set made ready to be asked about single codes: whole systems are not listed, filters are sets of bits, lists are
// hashed.
#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "fhir/terminology.h"
#include "terminology/concept_bits.h"
#include "terminology/system.h"
#include "terminology/value_set.h"

namespace witmed::terminology {

class Library;

class CompiledSet {
 public:
  // Never throws for what the value set says: what cannot be understood or is not here makes codes unknown.
  static std::shared_ptr<const CompiledSet> compile(const Library& library, std::shared_ptr<const ValueSet> set);

  // Is the code in it? Without system: a code of any of its systems.
  fhir::Known contains(std::string_view system, std::string_view version, std::string_view code) const;
  // The system that a code without system belongs to, where only one of them has it; else nullptr.
  const System* system_of(std::string_view code) const;
  // The display that the value set itself gives the code; empty when it gives none.
  std::string_view display_of(std::string_view system, std::string_view code) const;
  const ValueSet& value_set() const { return *set_; }

 private:
  struct Part {
    std::string system, version;
    SystemPtr source;  // nullptr: not here
    enum class How : uint8_t { all, bits, list, imports, unknown } how = How::all;
    std::shared_ptr<const ConceptBits> bits;
    std::unordered_map<std::string_view, const ConceptReference*> codes;  // views into the ValueSet
    std::vector<std::shared_ptr<const CompiledSet>> imports;  // all of them have to contain it
    bool import_missing = false;
    fhir::Known own(std::string_view code, bool drop_inactive) const;
    fhir::Known contains(std::string_view system, std::string_view version, std::string_view code, bool drop_inactive) const;
  };
  class Compiler;

  std::shared_ptr<const ValueSet> set_;
  std::vector<Part> include_, exclude_;
  std::unordered_multimap<std::string_view, const Listed*> listed_;  // by code, of an expansion without compose
  bool drop_inactive_ = false;
  uint32_t paths_ = 1;  // ways through it and what it imports, which one question may take
};

}  // namespace witmed::terminology
