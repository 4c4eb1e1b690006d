// Any text as a FHIRPath expression, over a small resource: it compiles or is refused, and ends within its
// steps.
#include <cstdint>

#include "fhir/fhirpath/fhirpath.h"

using namespace witmed::fhir;

namespace {

const char* kResource =
    R"({"resourceType":"Patient","id":"p1","active":true,"name":[{"use":"official","family":"张","given":["伟"]},
{"given":["Wei"]}],"birthDate":"1990-03-07","_birthDate":{"id":"b"},"multipleBirthInteger":2,"managingOrganization":{"reference":"Organization/1"},
"contact":[{"name":{"text":"x"}}],"extension":[{"url":"u","valueQuantity":{"value":1.50,"system":"http://unitsofmeasure.org","code":"mg"}}]})";

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const Document document = Document::parse(kResource);
  try {
    TypeId type = document.resource_type();
    Expression compiled = Expression::compile({reinterpret_cast<const char*>(data), size}, type);
    compiled.result_type();
    compiled.tree_json();
    EvalContext context;
    context.resource = document.root();
    context.step_limit = 20'000;
    compiled.evaluate(document.root(), type, context);
  } catch (const PathError&) {
  }
  try {
    Expression::compile({reinterpret_cast<const char*>(data), size}, document.resource_type(), Mode::strict);
  } catch (const PathError&) {
  }
  return 0;
}
