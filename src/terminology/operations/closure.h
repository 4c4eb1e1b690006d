// Closure tables (http://hl7.org/fhir/R4/terminology-service.html#closure): which of the codes that a client has met so far lie
// under which. Kept in memory: after a restart a client begins anew, as the standard lets it. Thread-safe.
#pragma once
#include <list>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "terminology/library.h"
#include "terminology/operations/input.h"

namespace witmed::terminology {

class ClosureTables {
 public:
  // The operation: a ConceptMap of what is new, or of all since a version. Throws Refusal.
  fhir::Value answer(const Library& library, const Input& input, int64_t deadline);

 private:
  struct Relation {
    std::string_view code, ancestor;  // in the table's codes
    uint32_t since;                   // version of the table that it came with
  };
  struct OfSystem {
    std::list<std::string> codes;  // in their order
    std::vector<Relation> relations;
  };
  // How much there was of everything, to go back to.
  struct Mark {
    uint32_t version;
    size_t codes, relations;
    std::map<std::string, std::pair<size_t, size_t>, std::less<>> sizes;
  };
  struct Table {
    std::string name;
    uint32_t version = 0;
    size_t codes = 0, relations = 0;
    std::map<std::string, OfSystem, std::less<>> systems;
    void add(const Library& library, const std::string& system, const std::string& code, int64_t deadline);
    fhir::Value since(uint32_t version) const;
    Mark mark() const;
    void back_to(const Mark& mark);
  };
  Table& table(std::string_view name);

  std::mutex mutex_;
  std::list<Table> tables_;  // the latest used first
};

}  // namespace witmed::terminology
