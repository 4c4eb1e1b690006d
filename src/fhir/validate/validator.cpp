#include "fhir/validate/validator.h"

#include "fhir/validate/base_walk.h"
#include "fhir/validate/validate.h"

namespace witmed::fhir {

std::vector<Issue> validate(const Document& document, const World& world, const ValidateOptions& options, Contained contained) {
  Faults faults(options.limit, options.warnings);
  if (options.structure) check_structure(document.root(), faults);
  if (!document.resource_type() || faults.full()) return faults.take();
  Run run(faults, world, options);
  check_base(document.root(), run);
  const Node inner = contained == Contained::ignored ? document.root()["contained"] : Node();
  if (inner) faults.forget(inner);
  return faults.take();
}

}  // namespace witmed::fhir
