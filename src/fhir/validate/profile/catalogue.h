// What the packed profiles are of, for whoever chooses one.
#pragma once
#include <string>
#include <vector>

#include "fhir/definitions/definitions.h"

namespace witmed::fhir {

struct ProfileName {
  std::string url, title;
  TypeId type = 0;
};

// Those of resources, by url; extensions and profiles of data types are not among them. Read once.
const std::vector<ProfileName>& packed_profiles();

}  // namespace witmed::fhir
