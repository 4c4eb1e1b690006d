// One profile's tree beside a value. slicing.cpp has what concerns slices, values are checked in clause_walk.cpp.
#pragma once
#include <optional>

#include "fhir/validate/profile/place.h"
#include "fhir/validate/profile/profile.h"
#include "fhir/validate/profile/values.h"

namespace witmed::fhir {

class ClauseWalk {
 public:
  ClauseWalk(Run& run, const Profile& profile, const Standing& standing) : run_(run), profile_(profile), standing_(standing) {}

  // The value, and all within it.
  void value(const Clause& part, const Occurrence& at);

 private:
  void children(const Clause& part, const Occurrence& at);
  // The occurrences of one element, or of a slice, within their owner.
  void counted(const Clause& part, const std::vector<Occurrence>& found, const Occurrence& owner);
  bool type(const Clause& part, const Occurrence& at);  // false: of a type that is not allowed
  void profiles(const Clause& part, const TypeRef& ref, const Occurrence& at);
  void targets(const Clause& part, const TypeRef& ref, const Occurrence& at);
  void equals(const Clause& part, const Occurrence& at);
  void bounds(const Clause& part, const Occurrence& at);

  void sliced(const Clause& part, const std::vector<Occurrence>& found, const Occurrence& owner);
  bool in_slice(const Slicing& slicing, const Clause& slice, const Occurrence& at);
  std::optional<bool> discriminated(const Discriminator& by, const Clause& slice, const Occurrence& at);  // nothing: the slice does not say
  bool target_types(const Clause& slice, const Discriminator& by, const std::vector<Occurrence>& values);
  bool quietly(const Clause& part, const Occurrence& at);

  void fault(Node at, const char* code, const char* rule, std::string en, std::string zh);

  Run& run_;
  const Profile& profile_;
  const Standing& standing_;
};

// "Observation.component:systolic"
std::string name_of(const Clause& part);

}  // namespace witmed::fhir
