// Organization, Location, Practitioner and PractitionerRole of a Place, as FHIR R4 JSON.
#pragma once
#include "generate/place.h"
#include "generate/village.h"

namespace witmed::generate {

void write_place(const Place& place, Sink& sink);

}  // namespace witmed::generate
