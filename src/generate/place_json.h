// Organization, Location, Practitioner and PractitionerRole of a Place, as FHIR R4 JSON.
#pragma once
#include "generate/county.h"
#include "generate/place.h"

namespace witmed::generate {

void write_place(const Place& place, Sink& sink);

}  // namespace witmed::generate
