// Names and types that the rules of validation speak of, looked up once.
#pragma once
#include "fhir/definitions/definitions.h"

namespace witmed::fhir {

struct Names {
  const Definitions& r4 = Definitions::r4();
  NameId resource_type = r4.name("resourceType"), contained = r4.name("contained"), extension = r4.name("extension"),
         modifier_extension = r4.name("modifierExtension"), id = r4.name("id"), meta = r4.name("meta"), profile = r4.name("profile"),
         version_id = r4.name("versionId"), last_updated = r4.name("lastUpdated"), security = r4.name("security"),
         reference = r4.name("reference"), type = r4.name("type"), url = r4.name("url"), system = r4.name("system"),
         version = r4.name("version"), code = r4.name("code"), display = r4.name("display"), coding = r4.name("coding"),
         text = r4.name("text"), value = r4.name("value"), entry = r4.name("entry"), full_url = r4.name("fullUrl"),
         resource = r4.name("resource"), link = r4.name("link"), relation = r4.name("relation"), search = r4.name("search"),
         mode = r4.name("mode"), data = r4.name("data"), size = r4.name("size"), hash = r4.name("hash"),
         identifier = r4.name("identifier"), unit = r4.name("unit"), start = r4.name("start"), end = r4.name("end");
  TypeId reference_type = r4.type_id("Reference"), extension_type = r4.type_id("Extension"), element = r4.type_id("Element"),
         coding_type = r4.type_id("Coding"), codeable = r4.type_id("CodeableConcept"), code_type = r4.type_id("code"),
         quantity = r4.type_id("Quantity"), attachment = r4.type_id("Attachment"), bundle = r4.type_id("Bundle"),
         observation = r4.type_id("Observation"), composition = r4.type_id("Composition"), message_header = r4.type_id("MessageHeader"), canonical = r4.type_id("canonical"),
         uri = r4.type_id("uri"), xhtml = r4.type_id("xhtml"), element_definition = r4.type_id("ElementDefinition"), url_type = r4.type_id("url"), string = r4.type_id("string"), markdown = r4.type_id("markdown"),
         domain_resource = r4.type_id("DomainResource"), resource_base = r4.type_id("Resource"), period = r4.type_id("Period"),
         structure_definition = r4.type_id("StructureDefinition"), parameters = r4.type_id("Parameters"),
         operation_outcome = r4.type_id("OperationOutcome"), questionnaire_response = r4.type_id("QuestionnaireResponse");

  static const Names& get() {
    static const Names instance;
    return instance;
  }
};

}  // namespace witmed::fhir
