// The functions of FHIRPath (http://hl7.org/fhirpath/N1/#functions) and FHIR's own.
#pragma once
#include <string_view>

#include "fhir/fhirpath/ast.h"

namespace witmed::fhir {

class Machine;
struct Scope;

struct Function {
  using Body = void (*)(Machine& machine, const Ast& call, const Items& input, const Scope& scope,
                        Items& out);
  std::string_view name;
  uint8_t min_args;
  uint8_t max_args;
  Body body;
  bool takes_type = false;  // the argument is the name of a type
};

// nullptr when there is none of that name.
const Function* find_function(std::string_view name);

}  // namespace witmed::fhir
