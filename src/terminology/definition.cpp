#include "fhir/json/member.h"
#include "terminology/definition.h"

namespace witmed::terminology {

fhir::Node extension_value(fhir::Node element, std::string_view url) {
  if (!element || element.kind() != fhir::Kind::object) return {};
  const fhir::Node list = element["extension"];
  if (!list || list.kind() != fhir::Kind::array) return {};
  for (fhir::Node each : list) {
    if (text_of(each, "url") != url) continue;
    for (fhir::Node member : each)
      if (member.key().starts_with("value")) return member;
  }
  return {};
}

std::string extension_text(fhir::Node element, std::string_view url) {
  const fhir::Node value = extension_value(element, url);
  return value ? value.string() : std::string();
}

Definition Definition::of(fhir::Node resource) {
  Definition out;
  out.id = text_of(resource, "id");
  out.url = text_of(resource, "url");
  out.version = text_of(resource, "version");
  out.name = text_of(resource, "name");
  out.title = text_of(resource, "title");
  out.status = text_of(resource, "status");
  out.language = text_of(resource, "language");
  out.standards_status = extension_text(resource, kStandardsStatus);
  out.experimental = text_of(resource, "experimental") == "true";
  return out;
}

}  // namespace witmed::terminology
