// What every definition of terminology says of itself: CodeSystem, ValueSet, ConceptMap alike.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "fhir/json/document.h"
#include "fhir/json/member.h"
#include "fhir/json/value.h"

namespace witmed::terminology {

struct Definition {
  std::string id, url, version, name, title, status, language;
  std::string standards_status;  // of the extension structuredefinition-standards-status: draft, deprecated, withdrawn …
  bool experimental = false;

  std::string canonical() const { return version.empty() ? url : url + "|" + version; }  // "url|version"
  static Definition of(fhir::Node resource);
};

// The value[x] of the first extension with this url; nothing when there is none.
fhir::Node extension_value(fhir::Node element, std::string_view url);
std::string extension_text(fhir::Node element, std::string_view url);

inline constexpr std::string_view kStandardsStatus =
    "http://hl7.org/fhir/StructureDefinition/structuredefinition-standards-status";

}  // namespace witmed::terminology
