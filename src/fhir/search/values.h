// What each FHIR data type contributes to each search type (http://hl7.org/fhir/R4/search.html#ptypes).
#pragma once
#include "fhir/search/extract.h"

namespace witmed::fhir {

// Where the values of one part of one resource go.
struct ValueSink {
  const ExtractSettings& settings;
  Node resource;  // for contained references
  Extraction& out;
  PartId part = 0;
  uint16_t ordinal = 0;
};

using Emitter = void (*)(ValueSink& sink, Node value);

// How values of a type are read for a search type; nullptr when that type has nothing to say to it. `name`: of the element.
Emitter emitter(SearchType search, TypeId type, NameId name = 0);

// A number without the noise of conversion between units: 12 significant digits.
double settled(double value);

}  // namespace witmed::fhir
