// A value against a profile.
#pragma once
#include "fhir/validate/profile/profile.h"
#include "fhir/validate/run.h"

namespace witmed::fhir {

// What the profile says beyond R4: R4's own rules are base_walk's.
void check_profile(Run& run, Node node, TypeId type, const Profile& profile, const Standing& standing);
// The same as a question.
bool conforms(Run& run, Node node, TypeId type, const Profile& profile, const Standing& standing);

// Those in meta.profile, and for the document's root those that were asked for. A profile that is not known is a warning.
void check_stated_profiles(Run& run, const Standing& standing, TypeId type);

}  // namespace witmed::fhir
