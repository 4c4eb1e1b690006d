// What a validation may ask of the world outside the document, and how strict it is.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "fhir/json/document.h"
#include "fhir/terminology.h"

namespace witmed::fhir {

class Profiles;  // profile/profiles.h

// The targets of references that are not in the document. What is handed out lives as long as the resolver; nothing when it is not
// here or may not be seen.
class Resolver {
 public:
  virtual ~Resolver() = default;
  virtual Node find(std::string_view reference) = 0;
  // By "url" (then its newest version) or "url|version".
  virtual Node definition(TypeId /*type*/, std::string_view /*canonical*/) { return {}; }
};

// What is absent is not known, and what is not known is no error.
struct World {
  const Terminology* terminology = nullptr;
  const Profiles* profiles = nullptr;
  Resolver* resolver = nullptr;
};

struct ValidateOptions {
  size_t limit = 100;         // issues at most
  bool structure = true;      // false: structure has been checked already, and is right
  bool warnings = true;       // false: only what makes the resource invalid
  bool profiles = true;       // meta.profile is judged, and resources by the profiles of references
  bool references = false;    // what a reference names must be there (asks the resolver)
  bool publishing = true;     // what is valid but refused where quality is asked for: extensions that nobody has defined, displays
                              // that are not the code's, markup in plain strings. False: warnings
  std::vector<std::string> against;  // profiles beside those that the resource names
};

}  // namespace witmed::fhir
