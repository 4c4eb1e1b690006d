// A StructureDefinition and a resource, a zero byte between them: the profile compiles or is refused, and judging ends.
#include <cstdint>
#include <string_view>

#include "fhir/validate/profile/compile.h"
#include "fhir/validate/profile/registry.h"
#include "fhir/validate/validator.h"

using namespace witmed::fhir;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view input{reinterpret_cast<const char*>(data), size};
  const size_t zero = input.find('\0');
  if (zero == input.npos) return 0;
  ProfileRegistry registry;
  ValidateOptions options;
  try {
    registry.put("p", input.substr(0, zero));
    const auto document = std::make_shared<const Document>(Document::parse(input.substr(0, zero)));
    for (const Form form : {Form::differential, Form::snapshot}) {
      try {
        options.against = {compile_profile(document, registry, form)->url};
      } catch (const Rejection&) {
      }
    }
  } catch (const Rejection&) {
  }
  try {
    validate(Document::parse(input.substr(zero + 1)), {nullptr, &registry, nullptr}, options);
  } catch (const Rejection&) {
  }
  return 0;
}
